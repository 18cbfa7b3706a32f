"""What a finding behind a breaking import or a circle costs."""

from __future__ import annotations

from django import template

from dashboard.queries.layers import Charged, LayersPage

register = template.Library()


@register.simple_tag
def charged(page: LayersPage, rule: str, path: str, line: int) -> Charged | None:
    """The finding of a rule at a line; None where there is none."""
    return page.charged.get((rule, path, line))
