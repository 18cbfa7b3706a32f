"""Which part of a history is shown: a span up to now, or the days from one to another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlencode

from dashboard.queries.history import Moment

YEAR: Final = timedelta(days=365.25)
SPANS: Final[Mapping[str, tuple[str, timedelta]]] = {
    "3": ("3 years", 3 * YEAR),
    "1": ("1 year", YEAR),
    "3m": ("3 months", YEAR / 4),
}
FEWEST: Final = 3  # points of a history that is worth a choice


@dataclass(frozen=True, slots=True)
class Window:
    """Part of a history. Without a span and days it is all of it; both days belong to it."""

    span: str = ""
    start: date | None = None
    end: date | None = None

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out."""
        return not (self.span or self.start or self.end)

    @property
    def words(self) -> str:
        """The days, in words; "" where none were chosen."""
        parts = [
            f"from {self.start:%-d %B %Y}" if self.start else "",
            f"up to {self.end:%-d %B %Y}" if self.end else "",
        ]
        return " ".join(part for part in parts if part)

    def of(self, moments: Sequence[Moment]) -> list[Moment]:
        """The moments inside, of several in the order of time."""
        if self.start or self.end:
            first, last = self.start or date.min, self.end or date.max
            return [one for one in moments if first <= one.at.date() <= last]
        if not self.span or not moments:
            return list(moments)
        start = moments[-1].at - SPANS[self.span][1]
        return [one for one in moments if one.at >= start]

    def query(self) -> str:
        """It as part of an address; "" for the whole."""
        days = {"from": self.start, "to": self.end}
        given = {name: day.isoformat() for name, day in days.items() if day}
        return urlencode(given or ({"span": self.span} if self.span else {}))


WHOLE: Final = Window()


def spans_of(moments: Sequence[Moment]) -> tuple[str, ...]:
    """The spans that are shorter than a history."""
    if len(moments) < FEWEST:
        return ()
    whole = moments[-1].at - moments[0].at
    return tuple(key for key, (_, length) in SPANS.items() if length < whole)
