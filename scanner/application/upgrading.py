"""After an upgrade of engine or parser: judge again what the one before judged, without haste.

Repositories with the newest commits come first. Each is asked for once and engine, a few at a time
and only while no other scan waits; the backfill that follows gives way to scans by itself.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Final, Protocol

from scanner.application.stores import Atomic, ScanQueue, Wake
from scanner.domain.errors import UserError

AT_ONCE: Final = 4  # scans of an upgrade that wait or run
logger = logging.getLogger(__name__)


class UpgradeStore(Protocol):
    """The verdicts of engines of before."""

    def waiting(self) -> int:
        """How many scans wait or run that nobody but an upgrade asked for.

        `AT_ONCE` is reached too where a scan of another kind waits.
        """
        ...

    def behind(self, engine: str, most: int) -> Sequence[int]:
        """Repositories whose latest verdict is another engine's, the newest commits first.

        Those that are being scanned, whose last scan failed, or for which this was asked before,
        are left out.
        """
        ...

    def note(self, scan_id: int, engine: str) -> None:
        """Remember for which engine a scan was asked."""
        ...


class Upgrading:
    """The use case behind the tick."""

    def __init__(
        self, store: UpgradeStore, queue: ScanQueue, engine: Callable[[], str], atomic: Atomic,
        wake: Wake,
    ) -> None:  # fmt: skip
        self._store = store
        self._queue = queue
        self._engine = engine
        self._atomic = atomic
        self._wake = wake

    def tick(self) -> int:
        """Queue a few scans, where there is room; how many."""
        room = AT_ONCE - self._store.waiting()
        if room <= 0:
            return 0
        try:
            engine = self._engine()
        except UserError as error:
            logger.error("no engine to upgrade to: %s", error)
            return 0
        behind = self._store.behind(engine, room)
        for repository_id in behind:
            with self._atomic():
                scan = self._queue.add(repository_id, "engine")
                if scan.is_new:
                    self._store.note(scan.id, engine)
                    self._wake(scan.id)
        if behind:
            logger.info("engine %s judges again: %d repositories", engine, len(behind))
        return len(behind)
