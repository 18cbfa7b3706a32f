"""A value by one change after another: a line of steps, each change as wide as any other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from dashboard.charts import svg
from dashboard.charts.scale import GRADE_LIMITS

_END = 3.5  # pixels of the dot at the end


@dataclass(frozen=True, slots=True)
class Range:
    """The axis of values, from bottom to top."""

    low: float
    high: float

    def y(self, value: float, height: float) -> float:
        """Pixels from the top."""
        return (self.high - value) * height / (self.high - self.low)


def range_of(values: Sequence[float], *, is_score: bool) -> Range:
    """Tens around scores, inside 0 to 100; from zero for what is counted."""
    if not is_score:
        return Range(0, max(*values, 1))
    low = max(0, min(values) // 10 * 10)
    high = min(100, max(values) // 10 * 10 + 10)
    low = min(low, max(0, high - 20))
    return Range(low, max(high, low + 20))


def corners(values: Sequence[float], axis: Range, height: float) -> list[tuple[float, float]]:
    """The line: each value holds until the next change. x from 0 to STRETCH."""
    wide = svg.STRETCH / len(values)
    line: list[tuple[float, float]] = []
    for number, value in enumerate(values):
        y = axis.y(value, height)
        line += [(number * wide, y), ((number + 1) * wide, y)]
    return line


def steps(values: Sequence[float], height: float, label: str, *, is_score: bool) -> SafeString:
    """The line with its axis. At least one value."""
    axis = range_of(values, is_score=is_score)
    line = corners(values, axis, height)
    return svg.element(
        "svg",
        *_rules(axis, height, is_score=is_score),
        svg.stretched(height, svg.element("path", d=svg.path(line))),
        svg.element("circle", cx="100%", cy=line[-1][1], r=_END),
        class_="plot steps",
        height=height + 4,
        role="img",
        aria_label=label,
    )


def _rules(axis: Range, height: float, *, is_score: bool) -> list[SafeString]:
    limits = {limit: f"{letter} {limit}" for letter, limit in GRADE_LIMITS}
    marks = {axis.low: f"{axis.low:g}", axis.high: f"{axis.high:,.0f}"}
    if is_score:
        marks |= {at: name for at, name in limits.items() if axis.low <= at <= axis.high}
    rules = []
    for at, name in marks.items():
        y = axis.y(at, height)
        rules += [svg.across(y), svg.text("0", y + 4, name, dx=-8, text_anchor="end")]
    return rules
