"""From one score to another by causes: a table of which each row is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.safestring import SafeString

from dashboard.charts import svg
from dashboard.charts.contract import Key
from dashboard.charts.scale import floored

LEAST: Final = 0.4  # percent of the width: a smaller bar would not be seen


@dataclass(frozen=True, slots=True)
class Step:
    """One cause of a change, in points. A `neutral` one is neither good nor bad.

    `href` leads to what is behind it, `note` tells how much that is.
    """

    label: str
    change: float
    neutral: bool = False
    href: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fall:
    """A row of a waterfall: its label, its chart and its figure; `total` for the two ends."""

    label: str
    chart: SafeString
    value: float
    total: bool = False
    neutral: bool = False
    href: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Waterfall:
    """A table whose middle column is a chart, so it is its own twin.

    The axis is cut, so the ends are marks, not bars. `caption` names it for those who listen.
    """

    caption: str
    description: str
    axis: SafeString
    rows: tuple[Fall, ...]
    legend: tuple[Key, ...]


def waterfall(start: tuple[str, float], end: tuple[str, float], steps: Sequence[Step]) -> Waterfall:
    """From one score to another by causes; the steps sum to the difference."""
    marks = _marks(start[1], steps)
    low, high = cut_axis([start[1], end[1], *marks])
    rows = [Fall(start[0], _stop(start[1], low, high), start[1], total=True)]
    at = start[1]
    for step, to in zip(steps, marks, strict=True):
        chart = _fall(at, to, step, low, high)
        rows.append(Fall(step.label, chart, step.change, False, step.neutral, step.href, step.note))
        at = to
    rows.append(Fall(end[0], _stop(end[1], low, high), end[1], total=True))
    caption = f"From {start[0]}, {floored(start[1])}, to {end[0]}, {floored(end[1])}, in points"
    cut = "The axis of scores runs" if low == 0 else "The axis of scores is cut: it runs"
    description = f"{cut} from {low} to {high}."
    return Waterfall(caption, description, _axis(low, high), tuple(rows), _legend(steps))


def _legend(steps: Sequence[Step]) -> tuple[Key, ...]:
    """Only what is drawn."""
    there = (
        (Key("fixed", "raises the score"), any(_kind(step) == "up" for step in steps)),
        (Key("added", "lowers the score"), any(_kind(step) == "down" for step in steps)),
        (Key("effect", "neither good nor bad"), any(step.neutral for step in steps)),
    )
    return tuple(key for key, is_there in there if is_there)


def _kind(step: Step) -> str:
    """The class of a bar."""
    return "rub" if step.neutral else "up" if step.change > 0 else "down"


def _marks(start: float, steps: Sequence[Step]) -> list[float]:
    marks, at = [], start
    for step in steps:
        at += step.change
        marks.append(at)
    return marks


def cut_axis(values: Sequence[float], least: int = 2) -> tuple[int, int]:
    """Whole scores around the values, at least `least` apart, inside 0 to 100 where they are."""
    low, high = int(min(values) // 1), int(-(-max(values) // 1))
    while high - low < least:
        low, high = (low - 1, high) if high >= 100 else (low, high + 1)
    return low, high


def _place(value: float, low: float, high: float) -> float:
    return (value - low) * 100 / (high - low)


def ticks(low: int, high: int, most: int = 6) -> list[int]:
    """Round values of an axis, at most `most` of them, in steps of 1, 2, 5, 10 or 20."""
    step = next((s for s in (1, 2, 5, 10) if (high - low) / s + 1 <= most), 20)
    return list(range(-(-low // step) * step, high + 1, step))


def _axis(low: int, high: int) -> SafeString:
    labels = [
        svg.text(svg.share(_place(v, low, high)), 11, str(v), text_anchor="middle")
        for v in ticks(low, high)
    ]
    return svg.element("svg", *labels, class_="plot wide", height=13, aria_hidden="true")


def _row(low: int, high: int, *children: str) -> SafeString:
    grid = [svg.upright(_place(v, low, high), 0, 30) for v in ticks(low, high)]
    return svg.element("svg", *grid, *children, class_="wide", height=30, aria_hidden="true")


def _stop(value: float, low: int, high: int) -> SafeString:
    return _row(low, high, svg.upright(_place(value, low, high), 4, 26, "stop"))


def _fall(at: float, to: float, step: Step, low: int, high: int) -> SafeString:
    left, right = sorted((_place(at, low, high), _place(to, low, high)))
    width = max(right - left, LEAST)
    x = min(left, 100 - width)
    return _row(
        low,
        high,
        svg.upright(_place(at, low, high), 0, 15, "join"),
        svg.upright(_place(to, low, high), 15, 30, "join"),
        svg.element(
            "rect", class_=_kind(step), x=svg.share(x), y=8, width=svg.share(width), height=14, rx=1
        ),
    )
