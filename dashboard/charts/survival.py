"""How long findings live: the part of them that is still there, by their age."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.safestring import SafeString

from dashboard.charts import svg

HEIGHT: Final = 200.0
DAYS: Final[tuple[tuple[float, str], ...]] = (
    (1, "1 day"),
    (7, "1 week"),
    (30.4375, "1 month"),
    (91.3125, "3 months"),
    (365.25, "1 year"),
    (1_826.25, "5 years"),
)


@dataclass(frozen=True, slots=True)
class Life:
    """A stretch of the life of alike findings, in days of their age.

    They were watched from the age of `seen` on, which is above 0 for those that were there before
    anyone looked, up to the age of `until`; `is_over` where they were fixed then.
    """

    seen: float
    until: float
    is_over: bool
    count: int = 1


@dataclass(frozen=True, slots=True)
class Step:
    """From this age on, this part of all findings is still there; `watched` just before it."""

    days: float
    share: float
    watched: int


def survival(lives: Sequence[Life]) -> list[Step]:
    """The product-limit estimate (Kaplan and Meier), with late entry.

    Findings that are still there count for as long as they were watched. Those that were old when
    the first scan saw them count from that age on: of their like, the ones fixed earlier were
    never seen, so that they say nothing of younger ages. Two findings of no age at all are watched
    at least for a moment.
    """
    entries, exits, ends = Counter[float](), Counter[float](), Counter[float]()
    for life in lives:
        until = max(life.until, life.seen)
        entries[life.seen] += life.count
        exits[until] += life.count
        ends[until] += life.count * life.is_over
    steps, share, watched = [], 1.0, 0
    for age in sorted({*entries, *exits}):
        watched += entries[age]
        if ends[age]:
            share *= 1 - ends[age] / watched
            steps.append(Step(age, share, watched))
        watched -= exits[age]
    return steps


def median(steps: Sequence[Step]) -> float | None:
    """The age by which half are gone; None while more than half are still there."""
    return next((step.days for step in steps if step.share <= 0.5), None)


def share_at(steps: Sequence[Step], days: float) -> float:
    """The part that outlives this age."""
    return next((step.share for step in reversed(steps) if step.days <= days), 1.0)


def place(days: float, longest: float) -> float:
    """An age on the axis, in percent of its width, in which days have equal room."""
    return 100 * min(days, longest) / longest


def survival_svg(steps: Sequence[Step], longest: float, label: str) -> SafeString:
    """The curve as stairs, from 100 % at birth down; the axis of shares begins at 0."""
    return svg.element(
        "svg",
        *_axes(longest),
        svg.stretched(HEIGHT, svg.element("path", class_="over", d=_stairs(steps, longest))),
        *_half(steps, longest),
        class_="plot survival",
        height=HEIGHT + 22,
        role="img",
        aria_label=label,
    )


def _y(share: float) -> float:
    return HEIGHT * (1 - share)


def _axes(longest: float) -> Iterator[SafeString]:
    for share in (1.0, 0.75, 0.5, 0.25, 0.0):
        yield svg.across(_y(share), "axis" if share == 0 else "grid")
        yield svg.text("0", _y(share) + 4, f"{share:.0%}", dx=-8, text_anchor="end")
    for rank, (days, words) in enumerate(ages(longest)):
        x = place(days, longest)
        anchor = "end" if x > 95 else "middle"
        minor = "wide-only" if rank % 2 else None
        yield svg.upright(x, 0, HEIGHT)
        yield svg.text(svg.share(x), HEIGHT + 17, words, class_=minor, text_anchor=anchor)


def ages(longest: float) -> list[tuple[float, str]]:
    """The marks of the axis: months of a short one, years of a long one."""
    year = DAYS[4][0]
    if longest <= 2 * year:
        month = DAYS[2][0]
        step = 1 if longest <= 6 * month else 3
        return [(n * month, f"{n} months" if n > 1 else "1 month")
                for n in range(step, int(longest / month) + 1, step)]  # fmt: skip
    step = -(-int(longest / year) // 8)
    return [(n * year, f"{n} years" if n > 1 else "1 year")
            for n in range(step, int(longest / year) + 1, step)]  # fmt: skip


def _stairs(steps: Sequence[Step], longest: float) -> str:
    unit = svg.STRETCH / 100
    corners, y = [(0.0, _y(1.0))], _y(1.0)
    for step in steps:
        x = place(step.days, longest) * unit
        corners += [(x, y), (x, _y(step.share))]
        y = _y(step.share)
    return svg.steps([*corners, (float(svg.STRETCH), y)], 1)


def _half(steps: Sequence[Step], longest: float) -> Iterator[SafeString]:
    """Where half are gone."""
    middle = median(steps)
    if middle is not None:
        x = place(middle, longest)
        yield svg.element(
            "line", class_="event", x1=svg.share(x), x2=svg.share(x), y1=_y(0.5), y2=HEIGHT
        )
        yield svg.element("circle", class_="dotx", cx=svg.share(x), cy=_y(0.5), r=4.5)
