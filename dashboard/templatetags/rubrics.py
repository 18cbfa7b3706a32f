"""Changes of rubrics in words."""

from __future__ import annotations

from collections.abc import Iterable

from django import template

from dashboard.rubric_words import ChangedValue, changed_values
from scanner.domain.rubric_values import Difference

register = template.Library()


@register.filter
def in_words(found: Iterable[Difference]) -> tuple[ChangedValue, ...]:
    """The changes of one version against the one before; what neither sets is inherited."""
    return changed_values(found, nothing="as inherited")
