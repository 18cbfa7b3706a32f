"""A clock and a bell that tests move and read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

NOON: Final = datetime(2025, 5, 1, 12, tzinfo=UTC)


class Hands:
    """A clock that moves when it is told to."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **parts: float) -> datetime:
        """Move by a timedelta of these parts; the time then."""
        self.now += timedelta(**parts)
        return self.now


class Bell:
    """Remembers which scans workers were told of."""

    def __init__(self) -> None:
        self.rung: list[int] = []

    def __call__(self, scan_id: int) -> None:
        self.rung.append(scan_id)
