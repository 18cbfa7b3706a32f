"""Every chart of the product in its states: nothing, one point, many, partial."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from dashboard.ageing import flow_chart, survival_chart
from dashboard.charts.contract import Chart
from dashboard.charts.flow import Week
from dashboard.charts.survival import Life, survival
from dashboard.charts.waterfall import Step, Waterfall, waterfall
from dashboard.gallery.files import hotspots_chart, layers_chart, map_chart, past_lines
from dashboard.gallery.histories import trend_chart, what_if_chart

MANY: Final = 160


@dataclass(frozen=True, slots=True)
class State:
    """A chart in one state; None where there is nothing to draw, and the page says so."""

    name: str
    chart: Chart | None


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A kind of chart in all its states."""

    key: str
    title: str
    states: tuple[State, ...]


def exhibits() -> list[Exhibit]:
    """All of them."""
    told = {
        "trend": ("Trend", _trends()),
        "what-if": ("Two rubrics", _what_ifs()),
        "map": ("Files by folder", _maps()),
        "hotspots": ("Hotspots", _hotspots()),
        "layers": ("Layers", _layers()),
        "past": ("The past of a file", _pasts()),
        "flow": ("Added against fixed", _flows()),
        "survival": ("How long findings live", _survivals()),
    }
    return [Exhibit(key, title, tuple(states)) for key, (title, states) in told.items()]


def waterfalls() -> dict[str, Waterfall]:
    """A table that is a chart, by its state."""
    parts = [("New findings", -2.4), ("Fixed", 9.1), ("Grown or shrunk", -0.4), ("Accepted", 0.3)]
    steps = [Step(words, change, href="#charts", note="3") for words, change in parts]
    rest = [Step("Rubric", -1.2, neutral=True), Step("Amount of code", 0.6, neutral=True)]
    every = [*steps, *rest]
    end = 70.0 + sum(step.change for step in every)
    return {
        "empty": waterfall(("2 Mar", 70.0), ("Now", 70.0), []),
        "one point": waterfall(("2 Mar", 70.0), ("Now", 67.6), steps[:1]),
        "many": waterfall(("2 Mar", 70.0), ("Now", end), every),
    }


def _trends() -> Iterator[State]:
    yield State("empty", trend_chart(0))
    yield State("one point", trend_chart(1))
    yield State("two points", trend_chart(2))
    yield State("many", trend_chart(MANY, gone=2))
    yield State("partial", trend_chart(40, partial=12))


def _what_ifs() -> Iterator[State]:
    yield State("one point", what_if_chart(1))
    yield State("many", what_if_chart(MANY))


def _maps() -> Iterator[State]:
    yield State("empty", map_chart(0))
    yield State("one point", map_chart(1))
    yield State("many", map_chart(MANY))
    yield State("partial", map_chart(24, partial=True))


def _hotspots() -> Iterator[State]:
    yield State("empty", hotspots_chart(0))
    yield State("one point", hotspots_chart(1))
    yield State("many", hotspots_chart(MANY))


def _layers() -> Iterator[State]:
    yield State("empty", layers_chart(0))
    yield State("one point", layers_chart(1))
    yield State("many", layers_chart(30, breaches=9))


def _pasts() -> Iterator[State]:
    for name, changes, is_partial in (
        ("empty", 0, False), ("one point", 1, False), ("many", 40, False), ("partial", 12, True)
    ):  # fmt: skip
        lines = past_lines(changes, partial=is_partial)
        if not lines:
            yield State(name, None)
        for line in lines:
            yield State(f"{name}, {line.name.lower()}", line.chart)


def _flows() -> Iterator[State]:
    monday = date(2026, 1, 5)
    yield State("one point", flow_chart([Week(monday, 3, 1)]))
    weeks = [Week(monday + timedelta(weeks=n), n * 7 % 19, n * 5 % 13) for n in range(52)]
    yield State("many", flow_chart(weeks))


def _survivals() -> Iterator[State]:
    yield State("one point", survival_chart(survival([Life(0, 30, is_over=True)])))
    lives = [Life(n % 40, 20 + n * 17 % 900, is_over=n % 3 > 0) for n in range(MANY)]
    yield State("many", survival_chart(survival(lives)))
    lasting = [Life(0, 90 + n, is_over=n % 5 == 0) for n in range(60)]
    yield State("partial", survival_chart(survival(lasting)))
