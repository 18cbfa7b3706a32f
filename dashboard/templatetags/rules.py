"""Names of rules and principles, and addresses of lines."""

from __future__ import annotations

from django import template

from dashboard import names
from dashboard.addresses import file_address
from dashboard.queries.access import Frame

register = template.Library()
register.filter("rule_title", names.rule_title)
register.filter("principle_title", names.principle_title)


@register.simple_tag
def line_address(frame: Frame, path: str, line: int = 0) -> str:
    """The page of a file of this repository, at a line when one is given."""
    return file_address(frame.team_slug, frame.slug, path, line)
