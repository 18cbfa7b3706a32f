"""The trend of a repository as a page shows it: the chart, its span, its table twin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from django.urls import reverse
from django.utils.safestring import SafeString

from dashboard.charts.releases import Release, fitting
from dashboard.charts.scale import floored, signed
from dashboard.charts.timeline import Timeline
from dashboard.charts.trend import Event, Layout, Point, Series, layout
from dashboard.charts.trend_svg import trend_svg
from dashboard.principles import LABELS, Label
from dashboard.queries.history import Moment
from dashboard.visible import visible

MOST_ROWS: Final = 2_000
"""Rows of the table twin; a longer trend shows every so-many-th point in it."""

YEAR: Final = timedelta(days=365.25)
SPANS: Final[Mapping[str, tuple[str, timedelta]]] = {
    "3": ("3 years", 3 * YEAR),
    "1": ("1 year", YEAR),
    "3m": ("3 months", YEAR / 4),
}
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
    spans: tuple[tuple[str, str], ...]  # key and words of shorter times to choose from
    span: str  # "" is all of it
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Pages:
    """Where a trend leads to in one repository."""

    team: str
    slug: str

    def principle(self, key: str) -> str:
        """The page of a principle."""
        return reverse("principle", args=[self.team, self.slug, key])

    def rubric_change(self, before: str, after: str) -> str:
        """What differs between two rubrics that judged one after the other."""
        return reverse("rubric-change", args=[self.team, self.slug, before, after])


Values = Mapping[int, Mapping[str, float | None]]


def trend(
    moments: Sequence[Moment],
    values: Values,
    pages: Pages,
    span: str = "",
) -> Trend | None:
    """The trend of the overall score and of the principles; None for less than two points."""
    spans = _spans(moments)
    seen = _within(moments, span if span in spans else "")
    if len(seen) < 2:
        return None
    points = [_point(moment, values.get(moment.snapshot, {})) for moment in seen]
    labels = [one for key, one in LABELS.items() if any(key in p.values for p in points)]
    series = [Series(one.key, one.name, one.short, pages.principle(one.key)) for one in labels]
    plan = layout(points, series)
    plan = replace(plan, releases=_releases(seen, plan.timeline))
    return _drawn(plan, _events(seen, pages), labels, spans, span)


def principle_trend(
    moments: Sequence[Moment], values: Values, label: Label, pages: Pages, span: str = ""
) -> Trend | None:
    """The trend of one principle, over the snapshots to which it applied."""
    known = [one for one in moments if values.get(one.snapshot, {}).get(label.key) is not None]
    spans = _spans(known)
    seen = _within(known, span if span in spans else "")
    if len(seen) < 2:
        return None
    points = [
        Point(one.at, values[one.snapshot][label.key] or 0.0, one.partial, one.coverage)
        for one in seen
    ]
    plan = layout(points, (), label.name, label.short)
    plan = replace(plan, releases=_releases(seen, plan.timeline))
    return _drawn(plan, _events(seen, pages, is_overall=False), [], spans, span)


def _drawn(
    plan: Layout, events: Sequence[Event], labels: Sequence[Label], spans: Sequence[str], span: str
) -> Trend:
    points = plan.points
    words = f"{plan.name} from {_day(points[0])} to {_day(points[-1])}"
    every = -(-len(points) // MOST_ROWS)
    return Trend(
        chart=trend_svg(plan, events, f"{words}, {floored(points[-1].score)} at the end"),
        points=len(points),
        low=plan.low,
        high=plan.high,
        labels=tuple(labels),
        rows=tuple(_twin(point, labels) for point in points[::-every]),
        every=every,
        spans=tuple((key, SPANS[key][0]) for key in spans),
        span=span if span in spans else "",
        events=tuple(events),
    )


def _day(point: Point) -> str:
    return f"{point.at:%-d %B %Y}"


def _spans(moments: Sequence[Moment]) -> tuple[str, ...]:
    if len(moments) < 3:
        return ()
    whole = moments[-1].at - moments[0].at
    return tuple(key for key, (_, length) in SPANS.items() if length < whole)


def _within(moments: Sequence[Moment], span: str) -> list[Moment]:
    if not span:
        return list(moments)
    start = moments[-1].at - SPANS[span][1]
    return [moment for moment in moments if moment.at >= start]


def _releases(moments: Sequence[Moment], timeline: Timeline) -> tuple[Release, ...]:
    found = [Release(moment.at, visible(name)) for moment in moments for name in moment.tags]
    return tuple(fitting(found, timeline))


def _point(moment: Moment, values: Mapping[str, float | None]) -> Point:
    return Point(moment.at, moment.score, moment.partial, moment.coverage, values)


def _twin(point: Point, labels: Sequence[Label]) -> TwinRow:
    values = tuple(point.values.get(label.key) for label in labels)
    return TwinRow(point.at, point.score, point.partial, values)


def _events(moments: Sequence[Moment], pages: Pages, *, is_overall: bool = True) -> list[Event]:
    """Where another rubric or another engine judged: no code changed there."""
    events = []
    for before, after in pairwise(moments):
        if before.rubric != after.rubric:
            effect = after.rubric_effects if is_overall else 0.0
            words = f"Rubric {signed(effect)}" if effect else "Another rubric"
            events.append(Event(after.at, words, pages.rubric_change(before.rubric, after.rubric)))
        elif before.engine != after.engine:
            events.append(Event(after.at, f"Engine {after.engine}"))
    return events[-MOST_EVENTS:]
