"""The figures of a trend: some of them in a table beside it, all of them in one of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from dashboard.charts.contract import Link, Links, Twin
from dashboard.charts.scale import DASH, floored, grade, shown_change, signed
from dashboard.charts.timeline import Timeline
from dashboard.charts.trend import Layout, Point
from dashboard.charts.trend_svg import SHORT
from dashboard.principles import Label
from dashboard.queries.history import Moment
from dashboard.visible import visible

MOST_ROWS: Final = 30
"""Rows of the table beside a chart; of a longer trend it holds the last point of each stretch."""

_STRETCHES: Final[tuple[tuple[str, Callable[[datetime], object]], ...]] = (
    ("day", lambda at: at.date()),
    ("week", lambda at: at.isocalendar()[:2]),
    ("month", lambda at: (at.year, at.month)),
    ("quarter", lambda at: (at.year, (at.month - 1) // 3)),
    ("year", lambda at: at.year),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A point in figures. `values` are in the order of the labels; tags are hostile text."""

    at: datetime
    commit: str
    before: str  # the commit of the point before, "" for the first
    score: float
    change: float | None  # since the point before
    partial: bool
    vanished: bool
    coverage: float
    tags: tuple[str, ...]
    values: tuple[float | None, ...]


def figures(
    moments: Sequence[Moment], points: Sequence[Point], labels: Sequence[Label]
) -> list[Figure]:
    """Each point, oldest first. Both sequences are in the same order."""
    found: list[Figure] = []
    before: Point | None = None
    for moment, point in zip(moments, points, strict=True):
        earlier = None if moment.vanished else before
        change = shown_change(point.score, earlier.score) if earlier else None
        values = tuple(point.values.get(label.key) for label in labels)
        found.append(
            Figure(
                moment.at, moment.commit, earlier.commit if earlier else "", point.score, change,
                point.partial, moment.vanished, point.coverage,
                tuple(visible(tag) for tag in moment.tags), values,
            )
        )  # fmt: skip
        before = before if moment.vanished else point
    return found


def words_of(one: Figure, timeline: Timeline) -> str:
    """A point as it is read out: day, commit, score, change, and what is special about it."""
    is_short = timeline.end - timeline.start < SHORT
    parts = [
        f"{one.at:%-d %B %Y %H:%M}" if is_short else f"{one.at:%-d %B %Y}",
        f"commit {one.commit[:8]}",
        f"{floored(one.score)} {grade(one.score)}",
        f"{signed(one.change)} since the point before" if one.change is not None else "",
        f"only {floored(one.coverage * 100)} % measured" if one.partial else "",
        ", ".join(one.tags),
    ]
    return ", ".join(part for part in parts if part)


def twin(
    moments: Sequence[Moment], drawn: Layout, labels: Sequence[Label], everything: str
) -> Twin:
    """The table beside a chart, newest first; `everything` is where all rows are."""
    rows = figures(moments, drawn.points, labels)
    stretch, kept = _kept(rows)
    head = ("Commit of", drawn.name, "Change", *(label.short for label in labels))
    note = f"The last point of each {stretch}, of {len(rows):,}." if stretch else ""
    return Twin(
        caption=f"{drawn.name} by commit",
        head=head,
        rows=tuple(_row(one) for one in reversed(kept)),
        note=note,
        everything=Links((Link("Every point", f"{everything}#figures"),)),
    )


def _kept(rows: Sequence[Figure]) -> tuple[str, list[Figure]]:
    """All rows of a short trend, else the last one of each stretch of time."""
    if len(rows) <= MOST_ROWS:
        return "", list(rows)
    by_stretch = [
        (name, list({stretch(one.at): one for one in rows}.values()))
        for name, stretch in _STRETCHES
    ]
    fitting = [(name, kept) for name, kept in by_stretch if len(kept) <= MOST_ROWS]
    name, kept = (fitting or by_stretch[-1:])[0]
    return name, kept[-MOST_ROWS:]


def _row(one: Figure) -> tuple[str, ...]:
    partial = ", partial" if one.partial else ""
    change = DASH if one.change is None else signed(one.change)
    values = (DASH if value is None else floored(value) for value in one.values)
    return (f"{one.at:%-d %b %Y}{partial}", floored(one.score), change, *values)
