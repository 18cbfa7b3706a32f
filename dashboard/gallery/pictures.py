"""A sample of every picture that `dashboard.charts` draws, by module and function.

Whoever adds a picture adds a sample here; tests hold all of them to the same contract. Names from
repositories are hostile, so the samples are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final

from dashboard.charts import (
    bars,
    flow,
    layers,
    lifetimes,
    limits,
    movers,
    scatter,
    scatter_svg,
    sparkline,
    steps,
    survival,
    treemap,
)
from dashboard.gallery.lines import HOSTILE, LINES


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


def _lives() -> list[survival.Step]:
    return survival.survival([survival.Life(0, 30, is_over=True), survival.Life(0, 90, False)])


def _weeks() -> list[flow.Week]:
    monday = date(2026, 1, 5)
    return [flow.Week(monday + timedelta(weeks=n), n % 5, n % 3) for n in range(30)]


PICTURES: Final[Mapping[str, Callable[[], str]]] = {
    "bars.bar": lambda: bars.bar(3, 10),
    "bars.distribution": lambda: bars.distribution({"A": 3, "F": 1}),
    "bars.meter": lambda: bars.meter(81.2),
    "flow.flow_svg": lambda: flow.flow_svg(_weeks(), "Added and fixed by week"),
    "layers.layers": _layers,
    "lifetimes.head": lifetimes.head,
    "lifetimes.row": lambda: lifetimes.row(lifetimes.spread([(3, 2), (400, 1)])),
    "limits.limit_bar": lambda: limits.limit_bar(14, 10),
    "limits.share_bar": lambda: limits.share_bar(3, 4),
    "movers.head": lambda: movers.head(movers.axis([61, 83])),
    "movers.row": lambda: movers.row(61, 83, movers.axis([61, 83])),
    "scatter_svg.scatter_svg": _scatter,
    "sparkline.sparkline": lambda: sparkline.sparkline([(0, 70), (1, 91)]),
    "steps.steps": lambda: steps.steps([62.0, 91.0, 75.0], 100, "Score", is_score=True),
    "survival.survival_svg": lambda: survival.survival_svg(_lives(), 100, "How long they live"),
    "treemap.treemap": _treemap,
    **LINES,
}
