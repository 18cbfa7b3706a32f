"""An axis of time with round, honest marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

MOST_MARKS: Final = 8

_STEPS: Final = (
    ("minute", 1),
    ("minute", 5),
    ("minute", 15),
    ("hour", 1),
    ("hour", 3),
    ("hour", 6),
    ("day", 1),
    ("day", 2),
    ("day", 7),
    ("month", 1),
    ("month", 3),
    ("month", 6),
    ("month", 12),
    ("month", 24),
)
_LONGEST: Final = ("month", 60)
_NAMING: Final = {3: (1, 7), 6: (1,)}  # months to keep, by the step of months
_SECONDS: Final = {"minute": 60, "hour": 3_600, "day": 86_400, "month": 28 * 86_400}


@dataclass(frozen=True, slots=True)
class Mark:
    """A label of the axis, at a share of the width in percent; a phone drops the minor ones."""

    x: float
    label: str
    minor: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """A span of time laid over the width. One moment alone is in the middle."""

    start: datetime
    end: datetime

    def x(self, moment: datetime) -> float:
        """The place of a moment in percent of the width."""
        if self.end == self.start:
            return 50.0
        return 100 * ((moment - self.start) / (self.end - self.start))

    def marks(self) -> list[Mark]:
        """Minutes, hours, days, months or years: the finest that stays readable."""
        unit, step = next((s for s in _STEPS if self._count(*s) <= MOST_MARKS), _LONGEST)
        moments = self._months(step) if unit == "month" else self._rounds(unit, step)
        kept = _kept(unit, step, moments)
        return [
            Mark(self.x(at), _label(unit, step, at, rank == 0), minor=at not in kept)
            for rank, at in enumerate(moments)
        ]

    def _count(self, unit: str, step: int) -> float:
        return (self.end - self.start).total_seconds() / (_SECONDS[unit] * step)

    def _rounds(self, unit: str, step: int) -> list[datetime]:
        at = self.start.replace(minute=0, second=0, microsecond=0)
        if unit != "minute":
            at = at.replace(hour=0)
        if step == 7:
            at -= timedelta(days=at.weekday())
        stride, moments = timedelta(seconds=_SECONDS[unit] * step), []
        while at <= self.end:
            if at >= self.start:
                moments.append(at)
            at += stride
        return moments

    def _months(self, step: int) -> list[datetime]:
        first = self.start.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        index, moments = first.year * 12 + first.month - 1, []
        while (at := first.replace(year=index // 12, month=index % 12 + 1)) <= self.end:
            if at >= self.start and index % step == 0:
                moments.append(at)
            index += 1
        return moments


def _kept(unit: str, step: int, moments: Sequence[datetime]) -> Sequence[datetime]:
    """The moments that a phone keeps: each second one, but of quarters those that tell the year."""
    if unit == "month" and step in _NAMING:
        naming = [at for at in moments if at.month in _NAMING[step]]
        if len(naming) > 1:
            return naming
    return moments[::2]


def _label(unit: str, step: int, at: datetime, is_first: bool) -> str:
    if unit in {"minute", "hour"}:
        if at.hour == at.minute == 0:
            return f"{at:%-d %b}"
        return f"{at:%-d %b %H:%M}" if is_first else f"{at:%H:%M}"
    if unit == "day":
        return f"{at:%-d %b}"
    if step >= 12:
        return str(at.year)
    return f"{at:%b %Y}" if at.month == 1 or is_first else f"{at:%b}"
