"""Small trends side by side: one for each principle, all with the same axes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.safestring import SafeString

from dashboard.charts import svg
from dashboard.charts.scale import GRADE_LIMITS
from dashboard.charts.timeline import Timeline
from dashboard.charts.trend import height_of
from dashboard.charts.trend_svg import paths

HEIGHT: Final = 96.0
LOW: Final = 0.0
HIGH: Final = 100.0

Value = tuple[datetime, float | None]


@dataclass(frozen=True, slots=True)
class Small:
    """One principle: its line in runs (a gap where it did not apply), from 0 to 100."""

    runs: tuple[tuple[tuple[float, float], ...], ...]
    first: float | None
    last: float | None


def small(values: Sequence[Value], timeline: Timeline) -> Small:
    """Place a series on the shared axes."""
    runs: list[list[tuple[float, float]]] = [[]]
    for at, value in values:
        if value is not None:
            runs[-1].append((timeline.x(at), height_of(value, LOW, HIGH) * HEIGHT / _FULL))
        elif runs[-1]:
            runs.append([])
    known = [value for _, value in values if value is not None]
    return Small(
        tuple(tuple(run) for run in runs if run),
        known[0] if known else None,
        values[-1][1] if values else None,
    )


_FULL: Final = height_of(LOW, LOW, HIGH)


def small_svg(one: Small, timeline: Timeline, label: str) -> SafeString:
    """The picture; its figures stand beside its title."""
    return svg.element(
        "svg",
        *_axes(timeline),
        paths(one.runs, HEIGHT, "over"),
        *_end(one),
        class_="plot small",
        height=HEIGHT + 18,
        role="img",
        aria_label=label,
    )


def _axes(timeline: Timeline) -> Iterator[SafeString]:
    for limit in (LOW, *(float(limit) for _, limit in GRADE_LIMITS), HIGH):
        y = (HIGH - limit) * HEIGHT / (HIGH - LOW)
        named = limit in (LOW, HIGH)
        yield svg.across(y, "axis" if limit == LOW else "grid")
        if named:
            yield svg.text("0", y + 4, str(int(limit)), dx=-6, text_anchor="end")
    marks = [mark for mark in timeline.marks() if 6 <= mark.x <= 94]
    for mark in marks[:: -(-len(marks) // 4) or 1]:
        yield svg.text(svg.share(mark.x), HEIGHT + 14, mark.label, text_anchor="middle")


def _end(one: Small) -> Iterator[SafeString]:
    if one.runs and one.last is not None:
        x, y = one.runs[-1][-1]
        yield svg.element("circle", class_="dotx", cx=svg.share(x), cy=y, r=3.5)
