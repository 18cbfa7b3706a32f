"""Meters, bars and shares."""

from __future__ import annotations

from collections.abc import Mapping
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
