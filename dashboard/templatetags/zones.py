"""Time zones to choose from."""

from __future__ import annotations

from django import template

from dashboard.schedules import time_zones

register = template.Library()


@register.simple_tag
def zone_list() -> tuple[str, ...]:
    """UTC, then places."""
    return time_zones()
