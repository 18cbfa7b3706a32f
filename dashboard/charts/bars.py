"""Meters, bars and shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.safestring import SafeString

from dashboard.charts import svg
from dashboard.charts.scale import GRADE_LIMITS, GRADES, grade_class

_LETTER_WIDTH: Final = 7.0  # percent of the width under which a figure does not fit in its part
_GAP: Final = 0.8  # percent between the parts of a distribution


def meter(score: float | None) -> SafeString:
    """A score on its whole axis, notched at the grade limits."""
    value = 0.0 if score is None else min(max(score, 0.0), 100.0)
    return svg.element(
        "svg",
        svg.element("rect", class_="track", width="100%", height=6),
        svg.element("rect", class_="val", width=svg.share(value), height=6),
        *[svg.upright(limit, 0, 6, "tick") for _, limit in GRADE_LIMITS],
        class_=f"meter wide {grade_class(score)}",
        height=6,
        aria_hidden="true",
    )


def bar(value: float, top: float) -> SafeString:
    """A value as a share of the largest of its table, from a common base line."""
    width = 0.0 if top <= 0 else 100 * min(value / top, 1)
    block = svg.element("rect", class_="tag", y=9, width=svg.share(width), height=12, rx=1)
    return svg.element("svg", block, class_="wide", height=30, aria_hidden="true")


@dataclass(frozen=True, slots=True)
class Part:
    """A grade's part of a distribution, in percent of the width."""

    letter: str
    count: int
    x: float
    width: float


def parts(counts: Mapping[str, int]) -> list[Part]:
    """The grades that occur, from A to F, with widths in proportion to their counts."""
    total = sum(counts.values())
    placed, x = [], 0.0
    for letter in GRADES:
        count = counts.get(letter, 0)
        if count:
            placed.append(Part(letter, count, x, 100 * count / total))
            x += 100 * count / total
    return placed


def distribution(counts: Mapping[str, int]) -> SafeString:
    """How many repositories hold each grade."""
    label = ", ".join(f"{counts.get(letter, 0)} with {letter}" for letter in GRADES)
    return svg.element(
        "svg",
        *[_part(part) for part in parts(counts)],
        class_="dist wide",
        height=40,
        role="img",
        aria_label=f"Repositories by grade: {label}",
    )


def _part(part: Part) -> SafeString:
    middle = svg.share(part.x + (part.width - _GAP) / 2)
    width = svg.share(max(part.width - _GAP, 0.5))
    children: list[str] = [
        svg.element("rect", x=svg.share(part.x), y=0, width=width, height=20, rx=2),
        svg.text(middle, 34, part.letter, text_anchor="middle"),
    ]
    if part.width >= _LETTER_WIDTH:
        inner = svg.text(middle, 14, str(part.count), class_="in", text_anchor="middle")
        children.append(inner)
    return svg.element("g", *children, class_=f"g-{part.letter.lower()}")


@dataclass(frozen=True, slots=True)
class Step:
    """One cause of a change, in points. A `neutral` one is neither good nor bad."""

    label: str
    change: float
    neutral: bool = False


@dataclass(frozen=True, slots=True)
class Fall:
    """A row of a waterfall: its label, its chart and its figure; `total` for the two ends."""

    label: str
    chart: SafeString
    value: float
    total: bool = False
    neutral: bool = False


@dataclass(frozen=True, slots=True)
class Waterfall:
    """A table whose middle column is a chart. The axis is cut, so the ends are marks, not bars."""

    axis: SafeString
    rows: tuple[Fall, ...]


def waterfall(start: tuple[str, float], end: tuple[str, float], steps: Sequence[Step]) -> Waterfall:
    """From one score to another by causes; the steps sum to the difference."""
    marks = _marks(start[1], steps)
    low, high = cut_axis([start[1], end[1], *marks])
    rows = [Fall(start[0], _stop(start[1], low, high), start[1], total=True)]
    at = start[1]
    for step, to in zip(steps, marks, strict=True):
        rows.append(
            Fall(step.label, _fall(at, to, step, low, high), step.change, False, step.neutral)
        )
        at = to
    rows.append(Fall(end[0], _stop(end[1], low, high), end[1], total=True))
    return Waterfall(_axis(low, high), tuple(rows))


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
    kind = "rub" if step.neutral else ("up" if step.change > 0 else "down")
    width = svg.share(max(right - left, 0.4))
    return _row(
        low,
        high,
        svg.upright(_place(at, low, high), 0, 15, "join"),
        svg.upright(_place(to, low, high), 15, 30, "join"),
        svg.element("rect", class_=kind, x=svg.share(left), y=8, width=width, height=14, rx=1),
    )
