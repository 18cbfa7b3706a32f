"""What every chart of a page brings along beside its picture.

A chart is a picture for those who see it, and a title, a sentence, a legend and a table for all.
Where each row of a table is drawn, that table is the chart and its own twin. Small marks inside a
table (a bar, a sparkline) are not charts: their row holds the figure, so they are hidden from
those who listen.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

from django.utils.safestring import SafeString

from dashboard.charts import svg
from dashboard.charts.scale import GRADE_LIMITS, GRADES

Sign = Literal[
    "line", "quiet", "hollow", "gone", "event", "added", "fixed", "bar", "middle",
    "effect", "stop", "then", "rest", "bubble", "cold", "iso", "flow", "breach",
    "g-a", "g-b", "g-c", "g-d", "g-f",
]  # fmt: skip

_SIGN_WIDTH: Final = 26.0
_SIGN_HEIGHT: Final = 12.0
_LEVEL: Final = "M1 6H25"
_PATHS: Final[dict[Sign, str]] = {
    "line": _LEVEL,
    "quiet": _LEVEL,
    "event": "M13 -3V15",
    "gone": "M9 2L17 10M17 2L9 10",
    "middle": "M13 1V11",
    "stop": "M13 0V12",
    "iso": "M2 0C4 9 12 11 25 12",
    "flow": "M1 6H24M19 2L24 6L19 10",
    "breach": "M1 6H24M17 1L24 6L17 11",
}
_DISCS: Final[dict[Sign, float]] = {"hollow": 4.5, "then": 3.5, "bubble": 6.0, "cold": 4.0}


@dataclass(frozen=True, slots=True)
class Key:
    """An entry of a legend: a sign as the chart draws it, and what it means."""

    sign: Sign
    words: str

    @property
    def drawing(self) -> SafeString:
        """The sign, as small as a word; a grade has its letter in it."""
        grade = self.sign if self.sign.startswith("g-") else ""
        return svg.element(
            "svg",
            _mark(self.sign),
            class_=f"sign sign-{self.sign} {grade}".rstrip(),
            width=_SIGN_WIDTH,
            height=_SIGN_HEIGHT,
            aria_hidden="true",
        )


@dataclass(frozen=True, slots=True)
class Link:
    """Words of a cell that lead somewhere; `note` follows them."""

    words: str
    href: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Links:
    """A cell of links, one after the other; `otherwise` stands where there are none."""

    links: tuple[Link, ...]
    otherwise: str = ""


Cell = str | Links


@dataclass(frozen=True, slots=True)
class Twin:
    """The figures of a chart as a table; the first column names the row.

    `note` says what the rows leave out, "" where they are everything that is drawn; `everything`
    leads to what they leave out, and has no links where that is nowhere.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    everything: Links = field(default_factory=lambda: Links(()))


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture with all that goes with it. `description` tells the axes and what is left out.

    `look` is the class of its figure, "" for none.
    """

    title: str
    description: str
    drawing: SafeString
    twin: Twin
    legend: tuple[Key, ...] = ()
    look: str = ""


def grade_keys(what: str = "") -> tuple[Key, ...]:
    """The colours of scores with their letters, best first, for a legend."""
    limits = dict(GRADE_LIMITS)
    words = {letter: f"{limits[letter]} and over" if letter in limits else "below"
             for letter in GRADES}  # fmt: skip
    signs: tuple[Sign, ...] = ("g-a", "g-b", "g-c", "g-d", "g-f")
    return tuple(Key(sign, f"{what} {words[sign[-1].upper()]}".strip()) for sign in signs)


def _mark(sign: Sign) -> SafeString:
    middle = (_SIGN_WIDTH / 2, _SIGN_HEIGHT / 2)
    if sign in _DISCS:
        return svg.element("circle", cx=middle[0], cy=middle[1], r=_DISCS[sign])
    if sign in _PATHS:
        return svg.element("path", d=_PATHS[sign])
    block = svg.element("rect", x=4, y=0, width=18, height=_SIGN_HEIGHT, rx=1)
    if not sign.startswith("g-"):
        return block
    letter = svg.text(svg.number(middle[0]), 9.5, sign[-1].upper(), text_anchor="middle")
    return svg.element("g", block, letter)
