"""A sample of every picture that `dashboard.charts` draws, by module and function.

Whoever adds a picture adds a sample here; tests hold all of them to the same contract. Names from
repositories are hostile, so the samples are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

from dashboard.charts import (
    bars,
    brush,
    flow,
    layers,
    lifetimes,
    limits,
    movers,
    multiples,
    scatter,
    scatter_svg,
    sparkline,
    steps,
    survival,
    treemap,
    trend_svg,
)
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


def _layers() -> str:
    bands = [
        layers.Band("domain", "Domain", "3 modules", (layers.Box(HOSTILE, HOSTILE, 2, "/d/"),)),
        layers.Band(
            "infrastructure", "Outside", "", (layers.Box("db", "db", 1, "/i/", broken=True),)
        ),
    ]
    flow_ = [layers.Arrow("infrastructure", "domain", 4)]
    return layers.layers(bands, flow_, [], "Layers and imports")


def _treemap() -> str:
    leaves = (treemap.Leaf(HOSTILE, 900, 91.0, "/a/"), treemap.Leaf("b.py", 100, None, "/b/"))
    return treemap.treemap([treemap.Folder("src/", leaves)], treemap.FLAT, "flat")


def _scatter() -> str:
    spots = [scatter.Spot(HOSTILE, n, n / 9, 80 * n, 90.0 - n, f"/{n}/") for n in range(1, 30)]
    found = scatter.plan(spots)
    if found is None:
        raise RuntimeError("files with heat have a picture")
    return scatter_svg.scatter_svg(found, "Changes and points lost", 90)


def _multiple() -> str:
    values = [(point.at, point.values["typing"]) for point in points()]
    return multiples.small_svg(multiples.small(values, line()), line(), "Typing over time")


def _lives() -> list[survival.Step]:
    return survival.survival([survival.Life(0, 30, is_over=True), survival.Life(0, 90, False)])


def _weeks() -> list[flow.Week]:
    monday = date(2026, 1, 5)
    return [flow.Week(monday + timedelta(weeks=n), n % 5, n % 3) for n in range(30)]


def _days(first: date, last: date) -> str:
    return f"?from={first}&to={last}"


PICTURES: Final[Mapping[str, Callable[[], str]]] = {
    "bars.bar": lambda: bars.bar(3, 10),
    "bars.distribution": lambda: bars.distribution({"A": 3, "F": 1}),
    "bars.meter": lambda: bars.meter(81.2),
    "brush.brush": lambda: brush.brush(points(), line(), _days),
    "flow.flow_svg": lambda: flow.flow_svg(_weeks(), "Added and fixed by week"),
    "layers.layers": _layers,
    "lifetimes.head": lifetimes.head,
    "lifetimes.row": lambda: lifetimes.row(lifetimes.spread([(3, 2), (400, 1)])),
    "limits.limit_bar": lambda: limits.limit_bar(14, 10),
    "limits.share_bar": lambda: limits.share_bar(3, 4),
    "movers.head": lambda: movers.head(movers.axis([61, 83])),
    "movers.row": lambda: movers.row(61, 83, movers.axis([61, 83])),
    "multiples.small_svg": _multiple,
    "scatter_svg.scatter_svg": _scatter,
    "sparkline.sparkline": lambda: sparkline.sparkline([(0, 70), (1, 91)]),
    "steps.steps": lambda: steps.steps([62.0, 91.0, 75.0], 100, "Score", is_score=True),
    "survival.survival_svg": lambda: survival.survival_svg(_lives(), 100, "How long they live"),
    "treemap.treemap": _treemap,
    "trend_svg.trend_svg": _trend,
}
