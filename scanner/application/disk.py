"""Keeps each machine's data directory inside its budget, and tells what is kept where."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from scanner.application.stores import Clock
from scanner.domain.budget import KeptFolder, Part, evictions, excess

SWEPT: Final = timedelta(days=1)  # between two looks for what belongs to no repository
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ThisMachine:
    """The machine that works, as others are to know it."""

    key: str  # of its data directory, made once
    name: str
    folder: str
    engine: str
    budget: int  # bytes of mirrors and caches
    free: int  # bytes on the disk


class DiskStore(Protocol):
    """What is known of machines and of what they keep."""

    def seen(self, machine: ThisMachine, now: datetime) -> int:
        """Note that it is there; its id."""
        ...

    def measured(
        self, machine_id: int, repository_id: int, mirror: int, cache: int, now: datetime
    ) -> None:
        """Note what it keeps of a repository it has just used; nothing for one that is gone."""
        ...

    def kept(self, machine_id: int) -> Sequence[KeptFolder]:
        """What it keeps."""
        ...

    def dropped(self, machine_id: int, repository_id: int, part: Part, now: datetime) -> None:
        """Note that a part went."""
        ...

    def registered(self, repositories: Collection[int]) -> Collection[int]:
        """Those of these repositories that are registered."""
        ...

    def sweep_due(self, machine_id: int, now: datetime, after: timedelta) -> bool:
        """Whether the last sweep is so long ago; if so, it is noted as done now."""
        ...


class KeptFiles(Protocol):
    """The files of this machine."""

    def machine(self) -> ThisMachine:
        """This machine. Raises UserError."""
        ...

    def sizes(self, repository_id: int) -> tuple[int, int]:
        """The bytes of mirror and cache."""
        ...

    def drop(self, repository_id: int, part: Part) -> bool:
        """Remove one part; False while somebody uses the repository."""
        ...

    def old(self) -> Collection[int]:
        """The repositories of which something has been kept for a day or longer."""
        ...

    def forget(self, repository_id: int) -> None:
        """Remove all of a repository."""
        ...


class DiskBudget:
    """The use case after each piece of work."""

    def __init__(self, store: DiskStore, files: KeptFiles, clock: Clock) -> None:
        self._store = store
        self._files = files
        self._clock = clock

    def settle(self, repository_id: int) -> None:
        """Note what a repository takes after it was used, and make room where that is too much.

        Raises UserError and OSError where the data directory cannot be used.
        """
        now, machine = self._clock(), self._files.machine()
        machine_id = self._store.seen(machine, now)
        mirror, cache = self._files.sizes(repository_id)
        self._store.measured(machine_id, repository_id, mirror, cache, now)
        self._make_room(machine_id, machine.budget, repository_id)
        if self._store.sweep_due(machine_id, now, SWEPT):
            self._sweep()

    def _make_room(self, machine_id: int, budget: int, spared: int) -> None:
        """The repository that was just used stays, for its next scan would bring it again."""
        now, kept = self._clock(), self._store.kept(machine_id)
        left = excess(sum(each.mirror_bytes + each.cache_bytes for each in kept), budget)
        if left <= 0:
            return
        for eviction in evictions([each for each in kept if each.repository_id != spared], now):
            if left <= 0:
                return
            if self._files.drop(eviction.repository_id, eviction.part):
                self._store.dropped(machine_id, eviction.repository_id, eviction.part, now)
                left -= eviction.bytes
                logger.info("%s of repository %d dropped", eviction.part, eviction.repository_id)
        if left > 0:
            logger.warning("mirrors and caches are beyond the budget, and in use: %d bytes", left)

    def _sweep(self) -> None:
        """Repositories may be removed on another machine than the one that keeps their mirror."""
        found = self._files.old()
        for repository_id in set(found) - set(self._store.registered(found)):
            logger.info("what was kept of repository %d, now gone, is removed", repository_id)
            self._files.forget(repository_id)
