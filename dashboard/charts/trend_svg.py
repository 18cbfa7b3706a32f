"""A trend as SVG. Fluid in width, fixed in text; hover reads a date without script."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Final

from django.utils.safestring import SafeString

from dashboard.charts import events as marks
from dashboard.charts import svg
from dashboard.charts.events import Event
from dashboard.charts.scale import floored, grade
from dashboard.charts.thinning import thinned
from dashboard.charts.timeline import Timeline
from dashboard.charts.trend import HEIGHT, Layout, Line, Point

MOST_BANDS: Final = 48
"""Places at which hovering reads a date without script; a script reads all of them."""

ROOM: Final = 1.2  # percent of the width between two hollow dots
TAGS: Final = 15.0  # pixels of the row of release names, under the dates
SHORT: Final = timedelta(days=3)
CROSS: Final = 3.5  # pixels from the middle of a cross to its ends
NBSP: Final = "\N{NO-BREAK SPACE}"

Run = Sequence[tuple[float, float]]


Compare = Callable[[str, str], str]
"""The address of two commits side by side."""


def trend_svg(
    plan: Layout,
    events: Sequence[Event] = (),
    label: str = "Score over time",
    compare: Compare | None = None,
) -> SafeString:
    """The chart. Its figures are also in a table, which the page puts beside it.

    With `compare` a point leads to what moved the score since the point before.
    """
    return svg.element(
        "svg",
        *_axes(plan),
        *[_series(line) for line in plan.lines],
        *_overall(plan),
        *_releases(plan),
        *marks.drawn(events, plan.timeline, HEIGHT),
        *_gone(plan),
        *_partial(plan),
        *_bands(plan, compare),
        class_="plot trend",
        height=HEIGHT + 22 + (TAGS if plan.releases else 0),
        role="group",
        aria_label=label,
    )


def _axes(plan: Layout) -> Iterator[SafeString]:
    for rule in plan.rules:
        yield svg.across(rule.y)
        yield svg.text("0", rule.y + 4, rule.label, dx=-8, text_anchor="end")
    for mark in plan.timeline.marks():
        yield svg.upright(mark.x, 0, HEIGHT)
        anchor = "start" if mark.x < 3 else "end" if mark.x > 97 else "middle"
        minor = "wide-only" if mark.minor else None
        yield svg.text(svg.share(mark.x), HEIGHT + 17, mark.label, class_=minor, text_anchor=anchor)
    yield svg.across(HEIGHT, "axis")


def paths(runs: Sequence[Run], height: float, class_: str | None = None) -> SafeString:
    """Lines in x percent and y pixels, as much of them as can be seen: whole pixels."""
    unit = svg.STRETCH / 100
    places = 1 if class_ else 0  # the main line to a tenth
    lines = [
        svg.element(
            "path", class_=class_, d=svg.steps([(x * unit, y) for x, y in thinned(run)], places)
        )
        for run in runs
        if len(run) > 1
    ]
    return svg.stretched(height, *lines)


def _name(
    end: float, label: float, words: str, class_: str, text_class: str | None = None
) -> SafeString:
    """A name at the right edge, with a lead to the end of its line."""
    lead = f"M3 {svg.number(end)}L14 {svg.number(label)}"
    return svg.element(
        "svg",
        svg.element("path", class_="lead", d=lead),
        svg.text("18", label + 4, words, class_=text_class),
        class_=class_,
        x="100%",
        overflow="visible",
    )


def _series(line: Line) -> SafeString:
    value = floored(line.last, line.series.places)
    return svg.element(
        "a",
        paths(line.runs, HEIGHT),
        _name(line.end, line.label, f"{line.series.name} {value}", "lbl"),
        _name(line.end, line.label, f"{line.series.short} {value}", "lbl-s"),
        class_="s",
        href=line.series.href,
        aria_label=f"{line.series.name} {value}",
    )


def _overall(plan: Layout) -> Iterator[SafeString]:
    yield paths([plan.overall], HEIGHT, "over")
    end = plan.overall[-1][1]
    value = floored(plan.points[-1].score)
    yield _name(end, plan.overall_label, f"{plan.name} {value}", "lbl", "t-ink")
    yield _name(end, plan.overall_label, f"{plan.short} {value}", "lbl-s", "t-ink")


def _releases(plan: Layout) -> Iterator[SafeString]:
    """Names of tags under the dates, where no line runs; on wide screens."""
    for release in plan.releases:
        x = plan.timeline.x(release.at)
        anchor = "start" if x < 3 else "end" if x > 97 else "middle"
        yield svg.element(
            "g",
            svg.upright(x, HEIGHT, HEIGHT + 5, "axis"),
            svg.text(svg.share(x), HEIGHT + 17 + TAGS, release.name, text_anchor=anchor),
            class_="wide-only",
        )


def _gone(plan: Layout) -> Iterator[SafeString]:
    """Crosses where a commit stood that is no longer on the branch; they belong to no line."""
    for x, y in plan.gone:
        near, far = svg.number(-CROSS), svg.number(CROSS)
        cross = f"M{near} {near}L{far} {far}M{far} {near}L{near} {far}"
        yield svg.element(
            "svg",
            svg.element("path", class_="gone", d=cross),
            x=svg.share(x),
            y=y,
            overflow="visible",
        )


def _partial(plan: Layout) -> Iterator[SafeString]:
    """Hollow where too little was measured; a full dot at the end."""
    final, drawn = len(plan.points) - 1, -ROOM
    for rank, (point, (x, y)) in enumerate(zip(plan.points, plan.overall, strict=True)):
        if point.partial and (x - drawn >= ROOM or rank == final):
            drawn = x
            yield svg.element("circle", class_="part", cx=svg.share(x), cy=y, r=4.5)
        elif rank == final:
            yield svg.element("circle", class_="dotx", cx=svg.share(x), cy=y, r=4.5)


def _bands(plan: Layout, compare: Compare | None) -> Iterator[SafeString]:
    """Upright bands that meet halfway between two points; each shows its own figures on hover.

    They lead on by mouse; for keys the same addresses stand in the table of all points.
    """
    step = -(-len(plan.points) // MOST_BANDS)
    earlier = [None, *plan.points[:-1]]
    read = list(zip(plan.points, plan.overall, earlier, strict=True))[::-step][::-1]
    edges = [0.0, *((a[1][0] + b[1][0]) / 2 for a, b in pairwise(read)), 100.0]
    for rank, (point, place, before) in enumerate(read):
        words = words_of(point, plan.timeline)
        href = compare(before.commit, point.commit) if compare and before else ""
        yield _band(words, place, (edges[rank], edges[rank + 1]), href)


def words_of(point: Point, timeline: Timeline) -> str:
    """A point in figures; with its time of day where the whole trend is short."""
    short = timeline.end - timeline.start < SHORT
    day = f"{point.at:%-d %b %H:%M}" if short else f"{point.at:%-d %b %Y}"
    partial = f", {floored(point.coverage * 100)}{NBSP}% measured" if point.partial else ""
    return f"{day}: {floored(point.score)} {grade(point.score)}{partial}"


def _band(
    words: str, place: tuple[float, float], edges: tuple[float, float], href: str
) -> SafeString:
    (x, y), (left, right) = place, edges
    side, offset = ("start", 8) if x < 50 else ("end", -8)
    shown = svg.element(
        "g",
        svg.upright(x, 0, HEIGHT),
        svg.element("circle", class_="dotx", cx=svg.share(x), cy=y, r=4),
        svg.text(svg.share(x), 12, words, dx=offset, text_anchor=side),
    )
    area = svg.element("rect", x=svg.share(left), width=svg.share(right - left), height=HEIGHT)
    if not href:
        return svg.element("g", area, shown, class_="h")
    label = f"{words}, against the point before"
    return svg.element("a", area, shown, class_="h", href=href, tabindex="-1", aria_label=label)
