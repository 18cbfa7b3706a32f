"""A measure against its limit: grey up to the limit, red beyond it, a tick where it lies."""

from __future__ import annotations

from functools import lru_cache

from django.utils.safestring import SafeString

from dashboard.charts import svg


@lru_cache(maxsize=4_096)
def limit_bar(value: int, limit: int) -> SafeString:
    """A value on an axis of twice its limit."""
    middle = 50.0
    within = min(value, limit) * middle / limit
    beyond = min(max(value - limit, 0) * middle / limit, middle)
    parts = [
        svg.element("rect", class_="bar-0", width="100%", height=5),
        svg.element("rect", class_="bar-v", width=svg.share(within), height=5),
    ]
    if beyond:
        parts.append(
            svg.element(
                "rect", class_="bar-x", x=svg.share(middle), width=svg.share(beyond), height=5
            )
        )
    at = svg.share(middle)
    parts.append(svg.element("line", class_="lim", x1=at, x2=at, y2=7))
    return svg.element("svg", *parts, height=7, aria_hidden="true")


@lru_cache(maxsize=4_096)
def share_bar(part: int, whole: int) -> SafeString:
    """How much of a whole is there; full for an empty one."""
    width = 100.0 if whole == 0 else 100 * part / whole
    return svg.element(
        "svg",
        svg.element("rect", class_="bar-0", width="100%", height=5),
        svg.element("rect", class_="bar-v", width=svg.share(width), height=5),
        height=7,
        aria_hidden="true",
    )
