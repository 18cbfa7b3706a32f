"""What goes first when a machine keeps more than it may.

Everything that is kept can be made again, at the price of time. So what nobody used for a week goes
first, caches (a parse) before mirrors (a fetch); then the rest in the same order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final, Literal, NamedTuple

Part = Literal["cache", "mirror"]
IDLE: Final = timedelta(days=7)
_ROOM: Final = 0.9  # of the budget, so that not every scan has to make room


class KeptFolder(NamedTuple):
    """What one machine keeps of one repository, in bytes."""

    repository_id: int
    mirror_bytes: int
    cache_bytes: int
    used_at: datetime

    def bytes_of(self, part: Part) -> int:
        """The size of one part."""
        return self.cache_bytes if part == "cache" else self.mirror_bytes


class Eviction(NamedTuple):
    """One part of one repository that may go."""

    repository_id: int
    part: Part
    bytes: int


def evictions(kept: Sequence[KeptFolder], now: datetime) -> Iterator[Eviction]:
    """Everything that may go, in the order in which it goes; the one used longest ago first."""
    ordered = sorted(kept, key=lambda folder: (folder.used_at, folder.repository_id))
    idle = [folder for folder in ordered if folder.used_at <= now - IDLE]
    busy = [folder for folder in ordered if folder.used_at > now - IDLE]
    parts: tuple[Part, ...] = ("cache", "mirror")
    for group in (idle, busy):
        for part in parts:
            for folder in group:
                if folder.bytes_of(part):
                    yield Eviction(folder.repository_id, part, folder.bytes_of(part))


def excess(total: int, budget: int) -> int:
    """The bytes that are to go; 0 inside the budget, else down to a bit below it."""
    return total - round(budget * _ROOM) if total > budget else 0
