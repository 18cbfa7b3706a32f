"""Where a page stands among the others."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.http import HttpRequest
from django.urls import reverse

from dashboard.queries.access import Frame

register = template.Library()


@dataclass(frozen=True, slots=True)
class Tab:
    """One entry of a repository's navigation."""

    label: str
    href: str
    current: bool
    count: int | None = None


TABS = (
    ("overview", "Overview", "repository"),
    ("findings", "Findings", "findings"),
    ("files", "Files", "files"),
    ("scans", "Scans", "scans"),
    ("rubric", "Rubric", "repository-rubric"),
    ("settings", "Settings", "repository-settings"),
)


@register.filter
def on_page(request: HttpRequest, names: str) -> bool:
    """Whether the request is for one of these pages."""
    match = request.resolver_match
    return match is not None and match.url_name in names.split()


@register.simple_tag
def repository_tabs(frame: Frame, current: str) -> list[Tab]:
    """The pages of one repository that this user may open."""
    tabs = []
    for key, label, route in TABS:
        if key != "settings" or frame.may_change:
            href = reverse(route, args=[frame.team_slug, frame.slug])
            count = frame.open_findings if key == "findings" else None
            tabs.append(Tab(label, href, key == current, count))
    return tabs
