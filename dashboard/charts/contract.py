"""What every chart of a page brings along beside its picture.

A chart is a picture for those who see it, and a title, a sentence, a legend and a table for all.
Small marks inside a table (a bar, a sparkline) are not charts: their row holds the figure, so they
are hidden from those who listen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from django.utils.safestring import SafeString

from dashboard.charts import svg

Sign = Literal["line", "quiet", "hollow", "gone", "event", "added", "fixed", "bar", "middle"]

_SIGN_WIDTH: Final = 26.0
_SIGN_HEIGHT: Final = 12.0
_LEVEL: Final = "M1 6H25"
_PATHS: Final[dict[Sign, str]] = {
    "line": _LEVEL,
    "quiet": _LEVEL,
    "event": "M13 -3V15",
    "gone": "M9 2L17 10M17 2L9 10",
    "middle": "M13 1V11",
}


@dataclass(frozen=True, slots=True)
class Key:
    """An entry of a legend: a sign as the chart draws it, and what it means."""

    sign: Sign
    words: str

    @property
    def drawing(self) -> SafeString:
        """The sign, as small as a word."""
        return svg.element(
            "svg",
            _mark(self.sign),
            class_=f"sign sign-{self.sign}",
            width=_SIGN_WIDTH,
            height=_SIGN_HEIGHT,
            aria_hidden="true",
        )


@dataclass(frozen=True, slots=True)
class Twin:
    """The figures of a chart as a table; the first column names the row.

    `note` says what the rows leave out, "" where they are everything that is drawn.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    everything: str = ""  # the address of all rows, "" where these are all


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture with all that goes with it. `description` tells the axes and what is left out."""

    title: str
    description: str
    drawing: SafeString
    twin: Twin
    legend: tuple[Key, ...] = ()


def _mark(sign: Sign) -> SafeString:
    if sign == "hollow":
        return svg.element("circle", cx=_SIGN_WIDTH / 2, cy=_SIGN_HEIGHT / 2, r=4.5)
    if sign in ("added", "fixed", "bar"):
        return svg.element("rect", x=4, y=1, width=18, height=10, rx=1)
    return svg.element("path", d=_PATHS[sign])
