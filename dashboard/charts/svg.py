"""Elements of SVG as escaped markup, without inline style.

Charts have no viewBox of their own: x is a share of the width in percent and y is in pixels, so
text never scales. Paths sit in an inner svg that is stretched to the width, 1000 units wide.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from django.utils.html import format_html, format_html_join
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


def element(tag: str, *children: str, **attributes: Value) -> SafeString:
    """One element. `class_` reads class, `aria_label` reads aria-label; None leaves one out."""
    pairs = [
        (_name(key), number(value) if isinstance(value, int | float) else value)
        for key, value in attributes.items()
        if value is not None
    ]
    return format_html(
        "<{0}{1}>{2}</{0}>",
        tag,
        format_html_join("", ' {}="{}"', pairs),
        join(children),
    )


def join(children: Sequence[str]) -> SafeString:
    """Children one after the other; plain text is escaped."""
    return format_html_join("", "{}", ((child,) for child in children))


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


def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")
