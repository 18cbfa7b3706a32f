"""Keeps what the portfolio says of each repository, as the weeks go on."""

from __future__ import annotations

from datetime import datetime
from typing import Final, Protocol

from scanner.application.stores import Clock

BITE: Final = 200  # repositories in one transaction
MOST_BITES: Final = 25  # at one tick


class EntryStore(Protocol):
    """The entries of the portfolio: what is told of each repository, for a span of time."""

    def renew(self, now: datetime, most: int) -> int:
        """Work out entries that are missing or hold no longer; how many."""
        ...


class PortfolioUpkeep:
    """The use case behind the tick. Pages are right without it, and slower until it came."""

    def __init__(self, store: EntryStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def tick(self) -> int:
        """Renew what the calendar made old; how many entries."""
        renewed = 0
        for _ in range(MOST_BITES):
            bite = self._store.renew(self._clock(), BITE)
            renewed += bite
            if bite < BITE:
                break
        return renewed
