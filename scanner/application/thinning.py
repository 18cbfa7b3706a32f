"""Thins out old points of trends, a few at each tick."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, Protocol

from scanner.application.stores import Clock
from scanner.domain.retention import StoredPoint, dispensable

BITE: Final = 50  # points at one tick
WEEK: Final = timedelta(days=7)
AGAIN: Final = timedelta(days=7)  # after a repository had its turn
logger = logging.getLogger(__name__)


class ThinningStore(Protocol):
    """The points that are stored."""

    def next(self, before: datetime) -> int | None:
        """The repository whose last turn is longest ago and before this time.

        One that is being scanned or backfilled waits.
        """
        ...

    def points(self, repository_id: int, before: datetime) -> Sequence[StoredPoint]:
        """Its points from before a time."""
        ...

    def drop(self, repository_id: int, points: Sequence[StoredPoint]) -> int:
        """Forget these; how many went. Findings that came or went there do so at the next one."""
        ...

    def drop_scans(self, repository_id: int, horizon: datetime, most: int) -> int:
        """Forget scans that ended before the horizon, but for the last of each kind."""
        ...

    def rest(self, repository_id: int, now: datetime) -> None:
        """The turn is over."""
        ...


class Thinning:
    """The use case behind the tick."""

    def __init__(self, store: ThinningStore, clock: Clock, kept: timedelta) -> None:
        self._store = store
        self._clock = clock
        self._kept = kept

    def tick(self) -> int:
        """One bite of one repository; how many points went."""
        now = self._clock()
        repository_id = self._store.next(now - AGAIN)
        if repository_id is None:
            return 0
        horizon = now - self._kept
        points = self._store.points(repository_id, horizon + WEEK)  # the last week is a whole one
        going = dispensable(points, horizon)
        dropped = self._store.drop(repository_id, going[:BITE])
        scans = self._store.drop_scans(repository_id, horizon, BITE)
        if dropped < BITE and scans < BITE:
            self._store.rest(repository_id, now)
        if dropped or scans:
            logger.info("repository %d: %d points, %d scans gone", repository_id, dropped, scans)
        return dropped
