"""Small lines for tables and cards. All span the same points and the same time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.utils.safestring import SafeString

from dashboard.charts import svg
from dashboard.charts.scale import GRADE_LIMITS

SPAN: Final = 12.0
"""Points from bottom to top, so that slopes compare between rows; more only where needed."""

Moment = tuple[float, float]
"""A place in the window of time, from 0 (its start) to 1 (now), and the score there."""

_INSET: Final = 3.0


def sparkline(
    moments: Sequence[Moment], width: float = 140, height: float = 28, span: float = SPAN
) -> SafeString:
    """A line through the moments, ruled at a grade limit, with a dot where it stands now."""
    low, high = bounds([value for _, value in moments], span)
    points = [
        (_INSET + at * (width - 2 * _INSET), height_of(value, low, high, height))
        for at, value in moments
    ]
    children = [
        svg.element("path", class_="grid", d=f"M0 {svg.number(y)}H{svg.number(width)}")
        for y in _ruled(low, high, height)
    ]
    if len(points) > 1:
        children.append(svg.element("path", d=svg.path(points)))
    if points:
        x, y = points[-1]
        end = f"M{svg.number(x)} {svg.number(y)}h0"
        children.append(svg.element("path", class_="end", d=end))
    return svg.element(
        "svg",
        *children,
        class_="spark wide",
        height=height,
        viewBox=f"0 0 {svg.number(width)} {svg.number(height)}",
        preserveAspectRatio="none",
        aria_hidden="true",
    )


def bounds(values: Sequence[float], span: float) -> tuple[float, float]:
    """Bottom and top of the line: `span` points around its middle, more if it moved more."""
    if not values:
        return 100 - span, 100
    middle, half = (max(values) + min(values)) / 2, max(span, max(values) - min(values)) / 2
    return middle - half, middle + half


def height_of(value: float, low: float, high: float, height: float) -> float:
    """Pixels from the top at which a score stands."""
    return height - _INSET - (value - low) * (height - 2 * _INSET) / (high - low)


def _ruled(low: float, high: float, height: float) -> list[float]:
    """The highest grade limit inside the line's room, if one is."""
    inside = [limit for _, limit in GRADE_LIMITS if low < limit < high]
    return [height_of(limit, low, high, height) for limit in inside[:1]]
