"""Samples of pictures over time: a trend, its strip of years, a small trend."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

from dashboard.charts import brush, multiples, trend_svg
from dashboard.charts.events import Event
from dashboard.charts.releases import Release
from dashboard.charts.timeline import Timeline
from dashboard.charts.trend import Layout, Point, Series, layout

START: Final = datetime(2023, 1, 2, tzinfo=UTC)
WEEKS: Final = 120
HOSTILE: Final = '"><script>alert(1)</script>'


def points() -> list[Point]:
    """A score of a hundred and twenty weeks, with a principle that begins late; some partial."""
    return [
        Point(
            START + timedelta(weeks=week),
            60 + week % 9,
            partial=week < 5,
            coverage=0.8 if week < 5 else 1.0,
            values={"typing": None if week < 20 else week / 2},
        )
        for week in range(WEEKS)
    ]


def plan() -> Layout:
    """A trend with all that it can show."""
    series = Series("typing", HOSTILE, "Types", "/typing/")
    gone = [Point(START + timedelta(weeks=50), 40)]
    return layout(points(), [series], gone=gone)


def line() -> Timeline:
    """The time of the sample trend."""
    return plan().timeline


def _trend() -> str:
    at = START + timedelta(weeks=60)
    events = [Event(at, HOSTILE, "/rubric/", HOSTILE, "rubric"), Event(at, "Engine 2")]
    drawn = replace(plan(), releases=(Release(at, "v1"),))
    return trend_svg.trend_svg(drawn, events, "Overall over time")


def _multiple() -> str:
    values = [(point.at, point.values["typing"]) for point in points()]
    return multiples.small_svg(multiples.small(values, line()), line(), "Typing over time")


def _days(first: date, last: date) -> str:
    return f"?from={first}&to={last}"


LINES: Final[Mapping[str, Callable[[], str]]] = {
    "brush.brush": lambda: brush.brush(points(), line(), _days),
    "multiples.small_svg": _multiple,
    "trend_svg.trend_svg": _trend,
}
