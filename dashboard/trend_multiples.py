"""Small trends of all principles, side by side on the same axes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.contract import Chart, Twin
from dashboard.charts.multiples import Small, small, small_svg
from dashboard.charts.scale import DASH, floored, shown_change
from dashboard.charts.timeline import Timeline
from dashboard.principles import Label
from dashboard.trend_pages import Pages
from dashboard.trend_window import Window
from dashboard.trends import FEWEST, Subject


@dataclass(frozen=True, slots=True)
class Multiple:
    """A principle over a range: where it stands, how far it came, its picture."""

    name: str
    href: str
    score: float | None
    change: float | None  # over the range
    chart: Chart


def multiples(
    found: Subject, labels: Sequence[Label], pages: Pages, window: Window
) -> list[Multiple]:
    """The overall score first, then each principle; none for a range of less than two points."""
    seen = window.of(found.moments)
    if len(seen) < FEWEST or seen[0].at == seen[-1].at:
        return []
    timeline = Timeline(seen[0].at, seen[-1].at)
    overall = small([(one.at, one.score) for one in seen], timeline)
    told = [_told("Overall", pages.trend("", window), overall, timeline)]
    for label in labels:
        series = [(one.at, found.values.get(one.snapshot, {}).get(label.key)) for one in seen]
        href = pages.trend(label.key, window)
        told.append(_told(label.name, href, small(series, timeline), timeline))
    return told


def _told(name: str, href: str, one: Small, timeline: Timeline) -> Multiple:
    known = one.first is not None and one.last is not None
    words = f"{name}, {floored(one.last)} at the end" if one.last is not None else name
    change = shown_change(one.last or 0.0, one.first or 0.0) if known else None
    chart = Chart(
        title=words,
        description="The axis of scores runs from 0 to 100, that of time is the same for all.",
        drawing=small_svg(one, timeline, words),
        twin=Twin(f"{name} over the range", ("Point", "Score"), _ends(one)),
    )
    return Multiple(name, href, one.last, change, chart)


def _ends(one: Small) -> tuple[tuple[str, ...], ...]:
    """Every point of the range is in the table of the page."""
    ends = (("First", one.first), ("Last", one.last))
    return tuple((words, DASH if value is None else floored(value)) for words, value in ends)
