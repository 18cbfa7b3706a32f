"""Small trends of all principles, side by side on the same axes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from dashboard.charts.multiples import Small, small, small_svg
from dashboard.charts.scale import floored, shown_change
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
    drawing: SafeString


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
    return Multiple(name, href, one.last, change, small_svg(one, timeline, words))
