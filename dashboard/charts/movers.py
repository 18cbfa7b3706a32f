"""Then and now on one axis: a row of a table each, hollow then and filled now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from dashboard.charts import svg
from dashboard.charts.scale import GRADE_LIMITS, grade_class
from dashboard.charts.trend import score_axis


@dataclass(frozen=True, slots=True)
class Axis:
    """A part of the score axis that all rows share; it is cut, and says so by its labels."""

    low: int
    high: int

    def x(self, score: float) -> float:
        """The place of a score in percent of the width."""
        return 100 * (score - self.low) / (self.high - self.low)

    def limits(self) -> list[int]:
        """The grade limits on the axis, highest first."""
        return [at for _, at in GRADE_LIMITS if self.low <= at <= self.high]


def axis(scores: Sequence[float]) -> Axis:
    """An axis around all the scores of a table."""
    return Axis(*score_axis(scores))


def head(scale: Axis) -> SafeString:
    """The labels of the axis: the grade limits, every second of which a phone leaves out."""
    labels = [
        svg.text(
            svg.share(scale.x(at)),
            11,
            str(at),
            class_="opt" if rank % 2 else None,
            text_anchor=_anchor(scale.x(at)),
        )
        for rank, at in enumerate(reversed(scale.limits()))
    ]
    return svg.element("svg", *labels, class_="plot wide", height=13, aria_hidden="true")


def _anchor(x: float) -> str:
    return "start" if x < 5 else "end" if x > 95 else "middle"


def row(then: float, now: float, scale: Axis) -> SafeString:
    """One repository: a hollow mark then, a filled one now, and the way between."""
    left, right = svg.share(scale.x(then)), svg.share(scale.x(now))
    return svg.element(
        "svg",
        *[svg.upright(scale.x(at), -20, 40) for at in scale.limits()],
        svg.element("line", class_="ln", x1=left, x2=right, y1=9, y2=9),
        svg.element("circle", cx=left, cy=9, r=3.5),
        svg.element("circle", class_=f"to {grade_class(now)}", cx=right, cy=9, r=4.5),
        class_="mv wide",
        height=18,
        aria_hidden="true",
    )
