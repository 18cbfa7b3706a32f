"""Elements of SVG as escaped markup, without inline style.

Charts have no viewBox of their own: x is a share of the width in percent and y is in pixels, so
text never scales. Paths sit in an inner svg that is stretched to the width, 1000 units wide.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape
from itertools import pairwise
from typing import Final

from django.utils.safestring import SafeString

STRETCH: Final = 1000
"""Units of the inner svg across the whole width."""

Value = str | float | None


def number(value: float) -> str:
    """A coordinate, with at most two decimals."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def share(value: float) -> str:
    """A horizontal place in percent of the width."""
    return f"{number(value)}%"


def path(points: Iterable[tuple[float, float]]) -> str:
    """The data of a line through points."""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)


def steps(points: Sequence[tuple[float, float]], places: int = 0) -> str:
    """The data of a line as steps from point to point, rounded; a third of the length of `path`.

    Rounding does not add up: each step leads to the rounded place of its point. Points that lie on
    the straight line between their neighbours are left out.
    """
    grid = 10**places
    at = [(round(x * grid), round(y * grid)) for x, y in points]
    kept = at[:1]
    for place, after in zip(at[1:], [*at[2:], None], strict=True):
        if after is None or not _in_line(kept[-1], place, after):
            kept.append(place)
    moves = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(kept)]
    written = "".join(f" {number(x / grid)} {number(y / grid)}" for x, y in moves)
    start = f"M{number(kept[0][0] / grid)} {number(kept[0][1] / grid)}"
    return f"{start}l{written[1:].replace(' -', '-')}" if written else start


def _in_line(before: tuple[int, int], place: tuple[int, int], after: tuple[int, int]) -> bool:
    """Whether a place lies on the way between its neighbours."""
    across, down = place[0] - before[0], place[1] - before[1]
    on, further = after[0] - place[0], after[1] - place[1]
    return across * further == down * on and across * on >= 0 and down * further >= 0


def element(tag: str, *children: str, **attributes: Value) -> SafeString:
    """One element. `class_` reads class, `aria_label` reads aria-label; None leaves one out."""
    pairs = "".join(
        [
            f' {_name(key)}="{_escaped(value)}"'
            for key, value in attributes.items()
            if value is not None
        ]
    )
    return SafeString(f"<{tag}{pairs}>{''.join(map(_escaped, children))}</{tag}>")


def join(children: Sequence[str]) -> SafeString:
    """Children one after the other; plain text is escaped."""
    return SafeString("".join(map(_escaped, children)))


def stretched(height: float, *children: str, **attributes: Value) -> SafeString:
    """An inner svg for paths, stretched to the width of the chart."""
    return element(
        "svg",
        *children,
        viewBox=f"0 0 {STRETCH} {number(height)}",
        width="100%",
        height=height,
        preserveAspectRatio="none",
        **attributes,
    )


def text(x: str, y: float, words: str, **attributes: Value) -> SafeString:
    """A label."""
    return element("text", words, x=x, y=y, **attributes)


def across(y: float, class_: str = "grid") -> SafeString:
    """A line over the whole width."""
    return element("line", class_=class_, x2="100%", y1=y, y2=y)


def upright(x: float, top: float, bottom: float, class_: str = "grid") -> SafeString:
    """A line from top to bottom at a share of the width."""
    return element("line", class_=class_, x1=share(x), x2=share(x), y1=top, y2=bottom)


def _escaped(value: str | float) -> str:
    """A value in markup; what is markup stays. Django's own way takes five times as long."""
    if isinstance(value, SafeString):
        return value
    return escape(value) if isinstance(value, str) else number(value)


@lru_cache
def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")
