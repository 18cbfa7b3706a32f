"""Hotspots as SVG: bubbles over curves of the same heat; hover and focus tell the figures."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.safestring import SafeString

from dashboard.charts import svg
from dashboard.charts.scale import grade, grade_class
from dashboard.charts.scatter import HEIGHT, LARGEST, NAMED, Bubble, Name, Plan, Spot

_BELOW = HEIGHT + LARGEST + 12  # pixels, of the figures: bubbles on the axis leave them free
_LONGEST = 44  # letters of a path where its figures are told


def scatter_svg(plan: Plan, label: str, days: int) -> SafeString:
    """The picture. Its figures are also in a table, which the page puts beside it."""
    hottest = {bubble.spot.path for bubble in plan.bubbles[-NAMED:]}
    return svg.element(
        "svg",
        *_axes(plan, days),
        *[_bubble(plan, bubble, bubble.spot.path in hottest) for bubble in plan.bubbles],
        class_="plot scatter",
        height=_BELOW + 20,
        role="group",
        aria_label=label,
    )


def told(spot: Spot) -> str:
    """A spot in words."""
    path = spot.path if len(spot.path) <= _LONGEST else f"…{spot.path[-_LONGEST + 1 :]}"
    times = "1 change" if spot.changes == 1 else f"{spot.changes:,} changes"
    return f"{path}: {times}, {spot.points:.2f} points, {spot.lines:,} lines, {grade(spot.score)}"


def _axes(plan: Plan, days: int) -> Iterator[SafeString]:
    for place, label in plan.up:
        yield svg.across(place, "axis" if place == HEIGHT else "grid")
        yield svg.text("0", place + 4, label, dx=-8, text_anchor="end")
    for place, label in plan.across:
        yield svg.upright(place, 0, HEIGHT)
        yield svg.text(svg.share(place), _BELOW, label, text_anchor="middle")
    curves = [
        svg.element("path", class_="iso", d=svg.path((x * svg.STRETCH / 100, y) for x, y in curve))
        for curve in plan.curves
    ]
    yield svg.stretched(HEIGHT, *curves)
    yield svg.text("0", -10, "points lost")
    yield svg.text("100%", _BELOW + 16, f"changes in {days} days", text_anchor="end")


def _bubble(plan: Plan, bubble: Bubble, is_hot: bool) -> SafeString:
    spot = bubble.spot
    names = [
        _name(name, class_) for class_, several in plan.names.items() for name in several
        if name.bubble is bubble
    ]  # fmt: skip
    return svg.element(
        "a",
        svg.element("circle", cx=svg.share(bubble.x), cy=bubble.y, r=bubble.radius),
        *names,
        svg.text("100%", -10, told(spot), class_="tip", text_anchor="end"),
        class_=grade_class(spot.score) if is_hot else "cold",
        href=spot.href,
        tabindex=None if is_hot else "-1",
    )


def _name(name: Name, class_: str) -> SafeString:
    return svg.text(
        svg.share(name.bubble.x),
        name.y,
        name.bubble.spot.name,
        class_=class_,
        dx=name.offset,
        text_anchor=name.anchor,
        aria_hidden="true",
    )
