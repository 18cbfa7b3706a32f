"""Words for comparisons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django import template

register = template.Library()
_PHASES: Final = {
    "fetch": "Fetching what is missing",
    "facts": "Reading facts",
    "judge": "Judging both points and the commits between them",
}


@register.filter
def compare_phase(phase: str) -> str:
    """What a worker does with a comparison."""
    return _PHASES.get(phase, "Judging both points")


@register.filter
def at(values: Mapping[str, int], key: str) -> int | None:
    """The value under a key; None where there is none."""
    return values.get(key)
