"""What came and what went, week by week, on two sides of one line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.safestring import SafeString

from dashboard.charts import svg

HALF: Final = 84.0  # pixels on each side of the line
_GAP: Final = 0.22  # of the room of a week
_STEPS: Final = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Week:
    """Findings that were added and fixed in the week that begins on this Monday."""

    monday: date
    added: int
    fixed: int


def top_of(weeks: Sequence[Week]) -> int:
    """The end of the axis on either side: 1, 2 or 5 of a power of ten, above every bar."""
    most = max((max(week.added, week.fixed) for week in weeks), default=0)
    power = 1
    while True:
        for step in _STEPS:
            if step * power >= most:
                return step * power
        power *= 10


def height_of(count: int, top: int) -> float:
    """The height of a bar in pixels; an axis from zero, so that lengths compare."""
    return HALF * count / top


def flow_svg(weeks: Sequence[Week], label: str) -> SafeString:
    """Added above the line, fixed below it; both sides have the same scale."""
    top = top_of(weeks)
    return svg.element(
        "svg",
        *_axes(top),
        *[part for rank, week in enumerate(weeks) for part in _week(week, rank, len(weeks), top)],
        svg.across(HALF, "axis"),
        *_months(weeks),
        class_="plot flow",
        height=2 * HALF + 20,
        role="img",
        aria_label=label,
    )


def _axes(top: int) -> Iterator[SafeString]:
    for y, words in ((0.0, f"+{top:,}"), (HALF, "0"), (2 * HALF, f"\N{MINUS SIGN}{top:,}")):
        yield svg.across(y)
        yield svg.text("0", y + 4, words, dx=-8, text_anchor="end")


def _week(week: Week, rank: int, count: int, top: int) -> Iterator[SafeString]:
    room = 100 / count
    for kind, number in (("added", week.added), ("fixed", week.fixed)):
        if number:
            height = height_of(number, top)
            yield svg.element(
                "rect",
                svg.element("title", f"Week of {week.monday:%-d %b %Y}: {number:,} {kind}"),
                class_=kind,
                x=svg.share(rank * room + room * _GAP / 2),
                width=svg.share(room * (1 - _GAP)),
                y=HALF - height if kind == "added" else HALF,
                height=height,
            )


def _months(weeks: Sequence[Week]) -> Iterator[SafeString]:
    """The month at its first week; every third one where there are many."""
    firsts = [
        rank for rank, week in enumerate(weeks) if week.monday.day <= 7 and rank < len(weeks) - 2
    ]
    step = 3 if len(firsts) > 8 else 1
    for place, rank in enumerate(firsts):
        x = 100 * rank / len(weeks)
        minor = "wide-only" if place % step else None
        words = f"{weeks[rank].monday:%b}" if place else f"{weeks[rank].monday:%b %Y}"
        if weeks[rank].monday.month == 1:
            words = f"{weeks[rank].monday:%b %Y}"
        yield svg.text(svg.share(x), 2 * HALF + 17, words, class_=minor)
