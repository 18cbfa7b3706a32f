"""What happened beside the code on a trend: dashed lines, named where there is room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from django.utils.safestring import SafeString

from dashboard.charts import svg
from dashboard.charts.timeline import Timeline

Kind = Literal["rubric", "gone", "exclusions", "coverage", "engine", "first", "other"]

_WEIGHT: Final[dict[Kind, int]] = {
    "rubric": 6,
    "gone": 5,
    "exclusions": 4,
    "coverage": 3,
    "engine": 2,
    "first": 1,
    "other": 0,
}
LETTER: Final = 0.95  # percent of the width that a letter takes where names are shown at all
GAP: Final = 1.5  # percent of the width between two names


@dataclass(frozen=True, slots=True)
class Event:
    """Something at a moment that explains a step: another rubric, another engine.

    `text` stands at its line, where it fits; `told` is the sentence in the list below the chart.
    `href` is the page that tells more; "" without one.
    """

    at: datetime
    text: str
    href: str = ""
    told: str = ""
    kind: Kind = "other"

    @property
    def sentence(self) -> str:
        """What the list says."""
        return self.told or self.text


@dataclass(frozen=True, slots=True)
class Named:
    """An event at its place in percent of the width; `is_named` where its words have room."""

    event: Event
    x: float
    anchor: str
    is_named: bool


def placed(events: Sequence[Event], timeline: Timeline) -> list[Named]:
    """Events oldest first. Of names that would touch, the weightier and then the newer stays."""
    taken: list[tuple[float, float]] = []
    found = []
    for event in sorted(events, key=lambda one: (_WEIGHT[one.kind], one.at), reverse=True):
        x = timeline.x(event.at)
        anchor = "start" if x < 15 else "end" if x > 85 else "middle"
        left, right = reach(x, anchor, event.text)
        is_free = all(right + GAP <= start or end + GAP <= left for start, end in taken)
        if is_free:
            taken.append((left, right))
        found.append(Named(event, x, anchor, is_free))
    return sorted(found, key=lambda one: one.x)


def reach(x: float, anchor: str, words: str) -> tuple[float, float]:
    """From where to where a name stands, in percent of the width."""
    width = len(words) * LETTER
    left = {"start": x, "end": x - width}.get(anchor, x - width / 2)
    return left, left + width


def drawn(events: Sequence[Event], timeline: Timeline, height: float) -> Iterator[SafeString]:
    """The lines with their names; an event that leads somewhere is a link."""
    for one in placed(events, timeline):
        line = svg.upright(one.x, -4, height, "event")
        parts = [svg.element("title", one.event.sentence), line]
        if one.is_named:
            words = svg.text(
                svg.share(one.x), -10, one.event.text, class_="t wide-only", text_anchor=one.anchor
            )
            parts.append(words)
        href = one.event.href or None
        label = one.event.sentence if href else None
        yield svg.element("a" if href else "g", *parts, class_="ev", href=href, aria_label=label)
