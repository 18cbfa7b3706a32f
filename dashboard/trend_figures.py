"""All figures of a trend: by page for people, with their places for the script that reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.principles import LABELS, Label
from dashboard.queries.history import Moment
from dashboard.trend_twin import Figure, figures, words_of
from dashboard.trend_window import Window
from dashboard.trends import SHOWN_DIGITS, Plan, Subject

PAGE: Final = 100
Reading = tuple[float, float, str, str, str]
"""x in percent, y in pixels, the day, the words, the commit by its first digits."""


@dataclass(frozen=True, slots=True)
class FigurePage:
    """Some points of a trend, newest first; `first` and `last` count from 1."""

    rows: tuple[Figure, ...]
    labels: tuple[Label, ...]
    total: int
    number: int
    pages: int

    @property
    def first(self) -> int:
        """The rank of its first row."""
        return (self.number - 1) * PAGE + 1

    @property
    def last(self) -> int:
        """And of its last."""
        return self.first + len(self.rows) - 1


def page_of(found: Subject, window: Window, number: int) -> FigurePage:
    """The points of a range, those of commits that left the branch in their place among them."""
    rows, labels = _figures(found, window)
    pages = max(1, -(-len(rows) // PAGE))
    number = min(max(number, 1), pages)
    shown = rows[::-1][(number - 1) * PAGE : number * PAGE]
    return FigurePage(tuple(shown), tuple(labels), len(rows), number, pages)


def readings(found: Subject, planned: Plan) -> list[Reading]:
    """Each point that is drawn, oldest first."""
    drawn = planned.layout
    earlier = [one for one in found.moments if one.at < planned.seen[0].at][-1:]
    told = _told(found, [*earlier, *planned.seen], planned.labels)[len(earlier) :]
    return [
        (
            round(x, 3),
            round(y, 1),
            one.at.date().isoformat(),
            words_of(one, drawn.timeline),
            one.commit[:SHOWN_DIGITS],
        )
        for one, (x, y) in zip(told, drawn.overall, strict=True)
    ]


def _figures(found: Subject, window: Window) -> tuple[list[Figure], list[Label]]:
    seen = window.of(sorted([*found.moments, *found.gone], key=lambda one: one.at))
    points = [found.point(one) for one in seen]
    labels = [one for key, one in LABELS.items() if any(key in p.values for p in points)]
    return _told(found, seen, labels), labels


def _told(found: Subject, moments: Sequence[Moment], labels: Sequence[Label]) -> list[Figure]:
    return figures(moments, [found.point(one) for one in moments], labels)
