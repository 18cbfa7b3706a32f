"""Ageing: how long findings live, how old the open ones are, what comes and goes each week."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dashboard.ageing import FEWEST_FIXED, story
from dashboard.queries.ageing import ageing_of


@require_safe
def show(request: HttpRequest, team: str, slug: str) -> HttpResponse:
    """The page of one repository."""
    page = ageing_of(request.user, team, slug)
    found = story(page, timezone.now().date())
    context = {
        "frame": page.frame,
        "tab": "overview",
        "crumb": "Ageing",
        "page": page,
        "story": found,
        "needed": FEWEST_FIXED,
        "most": max((group.count for group in found.groups), default=0) if found else 0,
    }
    return render(request, "ageing.html", context)
