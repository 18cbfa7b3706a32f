"""The trend of a score: where everything stands, before it is drawn."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from dashboard.charts.labels import dodge
from dashboard.charts.releases import Release
from dashboard.charts.scale import GRADE_LIMITS
from dashboard.charts.timeline import Timeline

HEIGHT: Final = 290.0
LABEL_GAP: Final = 15.0  # pixels between two names at the end of their lines
_ROOM: Final = 2.0  # points between a line and the edge of the axis
_LEAST: Final = 20  # points from the bottom of the axis to its top


@dataclass(frozen=True, slots=True)
class Point:
    """One snapshot: the overall score, and the principles that apply."""

    at: datetime
    score: float
    partial: bool = False
    coverage: float = 1.0
    commit: str = ""
    values: Mapping[str, float | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Series:
    """A line beside the overall one. `href` is the page that its name leads to."""

    key: str
    name: str
    short: str
    href: str
    places: int = 0  # of the value after its name


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line with its label: `A 90` at a grade limit, the bare score elsewhere."""

    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """A series as drawn: runs of points (a gap where it did not apply) and its label's height."""

    series: Series
    runs: tuple[tuple[tuple[float, float], ...], ...]
    last: float  # the score at its end
    end: float  # pixels from the top, of the line's end
    label: float  # and of its name


@dataclass(frozen=True, slots=True)
class Layout:
    """A trend with every place worked out: x in percent of the width, y in pixels."""

    timeline: Timeline
    low: int
    high: int
    rules: tuple[Rule, ...]
    lines: tuple[Line, ...]
    overall: tuple[tuple[float, float], ...]
    overall_label: float
    points: tuple[Point, ...]
    name: str
    short: str
    releases: tuple[Release, ...] = ()
    gone: tuple[tuple[float, float], ...] = ()  # points whose commits left the branch

    def y(self, score: float) -> float:
        """The height of a score."""
        return height_of(score, self.low, self.high)


def height_of(score: float, low: float, high: float) -> float:
    """Pixels from the top at which a score stands on the axis."""
    return (high - score) * HEIGHT / (high - low)


def score_axis(values: Sequence[float]) -> tuple[int, int]:
    """Tens around the values, with room for the line, inside 0 to 100."""
    low = max(0, math.floor((min(values) - _ROOM) / 10) * 10)
    high = min(100, math.ceil((max(values) + _ROOM) / 10) * 10)
    while high - low < _LEAST:
        low, high = (low - 10, high) if high >= 100 else (low, high + 10)
    return low, high


def rules(low: int, high: int) -> tuple[Rule, ...]:
    """A rule at each ten of the axis; those at a grade limit carry its letter."""
    letters = {limit: letter for letter, limit in GRADE_LIMITS}
    step = 10 if high - low <= 60 else 20
    scores = [s for s in range(low, high + 1, 10) if s in letters or s % step == 0 or s == low]
    return tuple(
        Rule(height_of(s, low, high), f"{letters[s]} {s}" if s in letters else str(s))
        for s in sorted(scores, reverse=True)
    )


def layout(
    points: Sequence[Point],
    series: Sequence[Series],
    name: str = "Overall",
    short: str = "All",
    gone: Sequence[Point] = (),
) -> Layout:
    """Place at least one point and the series that have a score at the end.

    `name` is that of the main line; `short` stands on a phone. Points that are `gone` belong to no
    line; those outside the time of the others are left out.
    """
    ordered = sorted(points, key=lambda point: point.at)
    timeline, last = _span(ordered), ordered[-1]
    apart = _during(timeline, gone)
    shown = [one for one in series if last.values.get(one.key) is not None]
    drawn = _scores(ordered, {one.key for one in shown})
    low, high = score_axis([*drawn, *(one.score for one in apart)])
    lasts = [last.values[one.key] or 0.0 for one in shown]
    ends = [height_of(value, low, high) for value in (*lasts, last.score)]
    *labels, overall_label = dodge(ends, LABEL_GAP, 6, HEIGHT - 4)
    runs = [_runs(ordered, one.key, timeline, low, high) for one in shown]
    return Layout(
        timeline=timeline,
        low=low,
        high=high,
        rules=rules(low, high),
        lines=tuple(map(Line, shown, runs, lasts, ends, labels)),
        overall=_places(ordered, timeline, low, high),
        overall_label=overall_label,
        points=tuple(ordered),
        name=name,
        short=short,
        gone=_places(apart, timeline, low, high),
    )


def _during(timeline: Timeline, points: Sequence[Point]) -> list[Point]:
    return [one for one in points if timeline.start <= one.at <= timeline.end]


def _places(
    points: Sequence[Point], timeline: Timeline, low: float, high: float
) -> tuple[tuple[float, float], ...]:
    """Where the overall scores stand."""
    return tuple((timeline.x(one.at), height_of(one.score, low, high)) for one in points)


def _scores(points: Sequence[Point], keys: Collection[str]) -> list[float]:
    """Every score that is drawn."""
    scores = [point.score for point in points]
    for point in points:
        values = (point.values.get(key) for key in keys)
        scores += [value for value in values if value is not None]
    return scores


def _span(points: Sequence[Point]) -> Timeline:
    start, end = points[0].at, points[-1].at
    if start == end:
        return Timeline(start - timedelta(hours=12), end + timedelta(hours=12))
    return Timeline(start, end)


def _runs(
    points: Sequence[Point], key: str, timeline: Timeline, low: float, high: float
) -> tuple[tuple[tuple[float, float], ...], ...]:
    """The parts of a line between gaps."""
    runs: list[list[tuple[float, float]]] = [[]]
    for point in points:
        value = point.values.get(key)
        if value is not None:
            runs[-1].append((timeline.x(point.at), height_of(value, low, high)))
        elif runs[-1]:
            runs.append([])
    return tuple(tuple(run) for run in runs if run)
