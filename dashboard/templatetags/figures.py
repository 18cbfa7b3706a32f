"""Figures on pages: scores, grades, changes, counts and times."""

from __future__ import annotations

from datetime import datetime, timedelta
from html import escape
from typing import Final

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from dashboard import sentences
from dashboard import visible as shown
from dashboard.charts import scale

A_TENTH: Final = 0.095  # what one decimal shows as 0.1
register = template.Library()
NBSP = "\N{NO-BREAK SPACE}"


@register.filter
def score(value: float | None) -> str:
    """A score with one decimal, rounded down; a dash where there is none."""
    return scale.DASH if value is None else scale.floored(value)


@register.filter
def cell(value: float | None) -> str:
    """A score without decimals, rounded down; a dash where there is none."""
    return scale.DASH if value is None else scale.floored(value, 0)


@register.filter
def grade(value: float | None) -> str:
    """The letter of a score; a dash where there is none."""
    return scale.DASH if value is None else scale.grade(value)


@register.filter
def grade_class(value: float | None) -> str:
    """The class that sets the colours of a grade: `g-a` to `g-f`, `g-n` for none."""
    return scale.grade_class(value)


@register.filter
def points(value: float) -> str:
    """Points lost: one decimal, two under a tenth, so that a small loss is never shown as none."""
    if value >= A_TENTH or value == 0:
        return f"{value:,.1f}"
    return f"{value:,.2f}" if value >= 0.005 else f"<{NBSP}0.01"


@register.filter
def cost(value: float) -> str:
    """What one finding takes away, with its minus sign."""
    return f"{scale.MINUS}{value:,.2f}" if value >= 0.005 else f"{scale.MINUS}<{NBSP}0.01"


@register.filter
def gain(value: float) -> str:
    """What a fix brings: +2.1, two decimals under a tenth."""
    return f"+{points(value)}" if value >= 0.005 else points(value)


@register.filter
def thousands(value: int) -> str:
    """A count with separators: 45,720."""
    return f"{value:,}"


@register.filter
def mass(value: float) -> str:
    """A mass or a factor: whole where it is whole, else with at most two decimals."""
    text = f"{value:,.2f}"
    return text.rstrip("0").rstrip(".")


@register.filter
def percent(value: float) -> str:
    """A share from 0 to 1 as a percentage, rounded down: 99.2 %."""
    return f"{scale.floored(value * 100)}{NBSP}%" if value < 1 else f"100{NBSP}%"


@register.filter
def part(value: float) -> str:
    """A share from 0 to 1 in whole percent: 49 %."""
    return f"{value * 100:.0f}{NBSP}%"


@register.filter
def size(amount: int) -> str:
    """Bytes for people: "1.4 MB"; a dash for nothing."""
    return sentences.size(amount).replace(" ", NBSP) if amount else "\N{EN DASH}"


@register.filter
def minutes(value: int) -> str:
    """A length of work: 40 min, 3 h 40 min."""
    hours, rest = divmod(value, 60)
    if not hours:
        return f"{rest}{NBSP}min"
    return f"{hours}{NBSP}h{NBSP}{rest:02d}{NBSP}min" if rest else f"{hours}{NBSP}h"


@register.filter
def work(value: int) -> str:
    """An estimate of work, rounded as estimates are: 40 min, 4 hours, 12 days of eight hours."""
    if value < 60:
        return minutes(value)
    hours = round(value / 60)
    if hours <= 24:
        return f"{hours}{NBSP}hour{'' if hours == 1 else 's'}"
    return f"{round(hours / 8)}{NBSP}working days"


@register.filter
def ago(value: datetime | None) -> str:
    """How long ago: 12 min ago, 3 h ago, 5 days ago; the date after a month."""
    if value is None:
        return "never"
    return elapsed(timezone.now() - value) or f"{value:%-d %b %Y}"


def elapsed(since: timedelta) -> str:
    """Plain words for a span of up to thirty days, and nothing beyond."""
    seconds = int(since.total_seconds())
    if seconds < 60:
        return "just now"
    for unit, size, limit in (("min", 60, 3600), ("h", 3600, 86400)):
        if seconds < limit:
            return f"{seconds // size}{NBSP}{unit} ago"
    days = seconds // 86400
    if days > 30:
        return ""
    return f"{days}{NBSP}day{'s' if days > 1 else ''} ago"


@register.filter
def visible(value: object) -> str:
    """Text from a repository with control and direction marks made visible."""
    return shown.visible(str(value))


@register.filter
def breakable(path: object) -> SafeString:
    """A path from a repository, which may break after its slashes."""
    return SafeString(escape(visible(path)).replace("/", "/<wbr>"))


@register.filter
def tail(path: object) -> str:
    """A path by its file and the folder that holds it."""
    return "/".join(str(path).split("/")[-2:])


@register.filter
def nth(count: int, noun: str) -> str:
    """A count with its noun in the right number: 1 finding, 2 findings."""
    return f"{count:,}{NBSP}{noun if count == 1 else plural(noun)}"


def plural(noun: str) -> str:
    """The plural of a plain English noun."""
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch")) else "s")


@register.simple_tag
def chip(value: float | None, size: str = "", hollow: bool = False) -> SafeString:
    """The letter of a score in its colour; dashed where too little was measured."""
    classes = " ".join(part for part in (size, "hollow" if hollow else "") if part)
    return format_html(
        '<span class="chip {}{}">{}</span>',
        scale.grade_class(value),
        f" {classes}" if classes else "",
        grade(value),
    )


@register.simple_tag
def delta(value: float | None, quiet_below: float = scale.QUIET_BELOW) -> SafeString:
    """A change with its sign, coloured only when it is larger than noise."""
    if value is None:
        return format_html('<span class="delta">{}</span>', scale.DASH)
    kind = "" if abs(value) < quiet_below else (" up" if value > 0 else " down")
    return format_html('<span class="delta{}">{}</span>', kind, scale.signed(value))


@register.filter
def is_told(value: float) -> bool:
    """Whether a change is large enough to be told."""
    return abs(value) >= 0.05


@register.filter
def change(value: float) -> str:
    """A change with its sign: +2.1, two decimals where it is small."""
    return scale.signed(value, 1 if abs(value) >= A_TENTH else 2)


@register.simple_tag
def effect(value: float) -> SafeString:
    """What one cause did to a score: always coloured, two decimals where it is small."""
    kind = "up" if value > 0 else "down"
    places = 1 if abs(value) >= A_TENTH else 2
    return format_html('<span class="delta {}">{}</span>', kind, scale.signed(value, places))
