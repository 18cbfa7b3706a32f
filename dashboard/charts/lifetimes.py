"""Ages of a group beside those of others, on one axis: the middle half as a bar, the median."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.safestring import SafeString

from dashboard.charts import svg
from dashboard.charts.survival import DAYS

ROW: Final = 30
_LONGEST: Final = 7_305.0  # days: twenty years; what is older stands at the edge
_MARGIN: Final = 1.0  # percent


@dataclass(frozen=True, slots=True)
class Spread:
    """The ages of a group in days: a quarter, half and three quarters are younger."""

    quarter: float
    median: float
    three_quarters: float


def spread(ages: Sequence[tuple[float, int]]) -> Spread | None:
    """The spread of ages, each with how many are of it; None for none."""
    ordered = sorted(ages)
    total = sum(count for _, count in ordered)
    if not total:
        return None

    def at(part: float) -> float:
        passed = 0
        for age, count in ordered:
            passed += count
            if passed >= part * total:
                return age
        return ordered[-1][0]

    return Spread(at(0.25), at(0.5), at(0.75))


def place(days: float) -> float:
    """An age on the axis, in percent: equal factors have equal room, from a day on."""
    part = math.log(min(max(days, 1.0), _LONGEST)) / math.log(_LONGEST)
    return _MARGIN + part * (100 - 2 * _MARGIN)


def head() -> SafeString:
    """The labels of the axis, as short as a column is narrow: 1 d, 1 w, 1 m, 1 y, 5 y."""
    named = [each for each in DAYS if not each[1].endswith("months")]
    labels = [
        svg.text(
            svg.share(place(days)),
            11,
            f"{words[0]} {words[2]}",
            class_="opt" if rank % 2 else None,
            text_anchor="middle" if rank else "start",
        )
        for rank, (days, words) in enumerate(named)
    ]
    return svg.element("svg", *labels, class_="plot wide", height=13, aria_hidden="true")


def row(found: Spread | None) -> SafeString:
    """One group: a bar over the middle half of its ages, a mark at the median."""
    parts = [svg.upright(place(days), 0, ROW) for days, _ in DAYS]
    if found is not None:
        left, right = place(found.quarter), place(found.three_quarters)
        width = max(right - left, 0.4)
        x = svg.share(min(left, 100 - width))
        parts.append(
            svg.element("rect", class_="half", x=x, y=10, width=svg.share(width), height=10)
        )
        parts.append(svg.upright(place(found.median), 6, ROW - 6, "stop"))
    return svg.element("svg", *parts, class_="wide spread", height=ROW, aria_hidden="true")
