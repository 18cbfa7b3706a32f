"""Words for scans."""

from __future__ import annotations

from typing import Final

from django import template

from dashboard.progress import TRIGGERS
from dashboard.queries.scans import Failure
from dashboard.sentences import a_grade
from dashboard.visible import visible

register = template.Library()
register.filter("a_grade", a_grade)
NBSP: Final = "\N{NO-BREAK SPACE}"
_STATES: Final = {"done": "done", "now": "running", "todo": "waiting", "fail": "failed"}
_CREDENTIAL_CODES: Final = frozenset(
    f"git.{cause}"
    for cause in (
        "not-found",
        "refused",
        "credential-refused",
        "key-needed",
        "token-needed",
        "host-key-unknown",
        "host-key-changed",
    )
)


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
    """Whether a new token or key, or another look at the host's key, may mend it."""
    return failure.code.startswith("credential.") or failure.code in _CREDENTIAL_CODES


@register.filter
def wants_branch(failure: Failure) -> bool:
    """Whether another branch may mend it."""
    return failure.code in {"git.branch-gone", "git.no-default", "scan.no-module"}


@register.filter
def visible_lines(text: str) -> str:
    """Text of several lines with nothing hidden in it."""
    return "\n".join(visible(line) for line in text.split("\n"))
