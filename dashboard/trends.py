"""The trend of a repository as a page shows it: the chart, its span, its table twin."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from django.utils.safestring import SafeString

from dashboard.charts.scale import floored
from dashboard.charts.trend import Event, Point, Series, layout
from dashboard.charts.trend_svg import trend_svg
from dashboard.principles import LABELS, Label
from dashboard.queries.history import Moment

MOST_ROWS: Final = 40
"""Rows of the table twin; a longer trend shows every so-many-th point in it."""

YEAR: Final = timedelta(days=365.25)
SPANS: Final = ("1", "2", "4")
MOST_EVENTS: Final = 3


@dataclass(frozen=True, slots=True)
class TwinRow:
    """A point of the trend in figures, in the order of the twin's labels."""

    at: datetime
    score: float
    partial: bool
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """A chart of at least two points, and the same figures as a table."""

    chart: SafeString
    points: int
    low: int
    high: int
    labels: tuple[Label, ...]
    rows: tuple[TwinRow, ...]
    every: int  # 1: the table holds all points
    spans: tuple[str, ...]  # years to choose from, where the past is longer
    span: str  # "" is all of it


Values = Mapping[int, Mapping[str, float | None]]


def trend(
    moments: Sequence[Moment],
    values: Values,
    address: Callable[[str], str],
    span: str = "",
    keys: Sequence[str] = tuple(LABELS),
) -> Trend | None:
    """The trend of the overall score and of some principles; None for less than two points."""
    spans = _spans(moments)
    chosen = span if span in spans else ""
    seen = _within(moments, chosen)
    if len(seen) < 2:
        return None
    points = [_point(moment, values.get(moment.snapshot, {}), keys) for moment in seen]
    labels = [LABELS[key] for key in keys if any(p.values.get(key) is not None for p in points)]
    series = [Series(one.key, one.name, one.short, address(one.key)) for one in labels]
    plan = layout(points, series)
    words = f"Score from {_day(seen[0])} to {_day(seen[-1])}, {floored(seen[-1].score)} at the end"
    every = -(-len(points) // MOST_ROWS)
    return Trend(
        chart=trend_svg(plan, _events(seen), words),
        points=len(points),
        low=plan.low,
        high=plan.high,
        labels=tuple(labels),
        rows=tuple(_twin(point, labels) for point in points[::-every]),
        every=every,
        spans=spans,
        span=chosen,
    )


def _day(moment: Moment) -> str:
    return f"{moment.at:%-d %B %Y}"


def _spans(moments: Sequence[Moment]) -> tuple[str, ...]:
    if len(moments) < 3:
        return ()
    whole = moments[-1].at - moments[0].at
    return tuple(years for years in SPANS if int(years) * YEAR < whole)


def _within(moments: Sequence[Moment], span: str) -> list[Moment]:
    if not span:
        return list(moments)
    start = moments[-1].at - int(span) * YEAR
    return [moment for moment in moments if moment.at >= start]


def _point(moment: Moment, values: Mapping[str, float | None], keys: Sequence[str]) -> Point:
    chosen = {key: values.get(key) for key in keys}
    return Point(moment.at, moment.score, moment.partial, moment.coverage, chosen)


def _twin(point: Point, labels: Sequence[Label]) -> TwinRow:
    values = tuple(point.values.get(label.key) for label in labels)
    return TwinRow(point.at, point.score, point.partial, values)


def _events(moments: Sequence[Moment]) -> list[Event]:
    """Where another rubric or another engine judged: no code changed there."""
    events = []
    for before, after in pairwise(moments):
        if before.rubric != after.rubric:
            events.append(Event(after.at, "Another rubric"))
        elif before.engine != after.engine:
            events.append(Event(after.at, f"Engine {after.engine}"))
    return events[-MOST_EVENTS:]
