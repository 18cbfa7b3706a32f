"""Words for scans."""

from __future__ import annotations

from typing import Final

from django import template

from dashboard.progress import TRIGGERS
from dashboard.queries.scans import Failure
from dashboard.visible import visible

register = template.Library()
NBSP: Final = "\N{NO-BREAK SPACE}"
_STATES: Final = {"done": "done", "now": "running", "todo": "waiting", "fail": "failed"}


@register.filter
def duration(seconds: float) -> str:
    """A span of time: 0.4 s, 42 s, 3 min 05 s, 2 h 10 min."""
    if seconds < 10:
        return f"{max(seconds, 0):.1f}{NBSP}s"
    minutes, rest = divmod(int(seconds), 60)
    if not minutes:
        return f"{rest}{NBSP}s"
    hours, left = divmod(minutes, 60)
    if not hours:
        return f"{minutes}{NBSP}min{NBSP}{rest:02d}{NBSP}s"
    return f"{hours}{NBSP}h{NBSP}{left:02d}{NBSP}min"


@register.filter
def trigger(key: str) -> str:
    """Who asked for a scan."""
    return TRIGGERS.get(key, key)


@register.filter
def phase_state(key: str) -> str:
    """The state of a phase, for those who hear the page."""
    return _STATES.get(key, key)


@register.filter
def wants_credential(failure: Failure) -> bool:
    """Whether a new token or key may mend it."""
    return failure.code.startswith("credential.") or failure.code in {
        "git.refused",
        "git.not-found",
    }


@register.filter
def article(grade: str) -> str:
    """A grade with its article: an A, a B, an F."""
    return f"{'an' if grade in 'AF' else 'a'} {grade}"


@register.filter
def visible_lines(text: str) -> str:
    """Text of several lines with nothing hidden in it."""
    return "\n".join(visible(line) for line in text.split("\n"))
