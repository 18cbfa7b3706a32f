"""The whole history under a trend: what of it is shown above, and each year to go to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from django.utils.safestring import SafeString

from dashboard.charts import svg
from dashboard.charts.timeline import Timeline
from dashboard.charts.trend import Point, height_of, score_axis
from dashboard.charts.trend_svg import paths

HEIGHT: Final = 34.0
FEWEST_YEARS: Final = 2
MOST_NAMED: Final = 24
_INSET: Final = 3.0


@dataclass(frozen=True, slots=True)
class Year:
    """A calendar year on the strip, from edge to edge in percent of the width."""

    year: int
    left: float
    right: float

    @property
    def days(self) -> tuple[date, date]:
        """Its first and its last day."""
        return date(self.year, 1, 1), date(self.year, 12, 31)


def years(timeline: Timeline) -> list[Year]:
    """The calendar years that the strip covers; they fill its width without a gap."""
    found = []
    for year in range(timeline.start.year, timeline.end.year + 1):
        left = timeline.x(max(datetime(year, 1, 1, tzinfo=UTC), timeline.start))
        right = timeline.x(min(datetime(year + 1, 1, 1, tzinfo=UTC), timeline.end))
        found.append(Year(year, left, right))
    return found


def brush(
    points: Sequence[Point], shown: Timeline, address: Callable[[date, date], str]
) -> SafeString:
    """The strip; `points` are the whole history, oldest first, `address` leads to some days of it.

    It repeats what links and a form offer too, so that its years are no stops of the keyboard.
    """
    whole = Timeline(points[0].at, points[-1].at)
    low, high = score_axis([point.score for point in points])
    line = [(whole.x(one.at), _y(one.score, low, high)) for one in points]
    left, right = max(whole.x(shown.start), 0.0), min(whole.x(shown.end), 100.0)
    return svg.element(
        "svg",
        _veil(0, left),
        _veil(right, 100),
        paths([line], HEIGHT, "over"),
        svg.element(
            "rect", class_="win", x=svg.share(left), width=svg.share(right - left), height=HEIGHT
        ),
        *_links(years(whole), address),
        class_="plot brush",
        height=HEIGHT + 16,
        role="group",
        aria_label="The whole history, by year",
    )


def _y(score: float, low: float, high: float) -> float:
    part = height_of(score, low, high) / height_of(low, low, high)
    return _INSET + part * (HEIGHT - 2 * _INSET)


def _veil(left: float, right: float) -> SafeString:
    return svg.element(
        "rect", class_="veil", x=svg.share(left), width=svg.share(right - left), height=HEIGHT
    )


def _links(found: Sequence[Year], address: Callable[[date, date], str]) -> list[SafeString]:
    step = -(-len(found) // (MOST_NAMED // 2))
    return [
        svg.element(
            "a",
            svg.element(
                "rect", x=svg.share(one.left), width=svg.share(one.right - one.left), height=HEIGHT
            ),
            svg.text(
                svg.share((one.left + one.right) / 2),
                HEIGHT + 13,
                str(one.year) if rank % step == 0 and one.right - one.left > 3 else "",
                class_="wide-only" if rank // step % 2 else None,
                text_anchor="middle",
            ),
            href=address(*one.days),
            tabindex="-1",
            aria_label=f"The year {one.year}",
        )
        for rank, one in enumerate(found)
    ]
