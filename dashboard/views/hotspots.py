"""The hotspots of a repository: a picture and a list, in a window of days."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dashboard import hotspots as words
from dashboard.queries.hotspots import hotspots_page
from scanner.domain.churn import USUAL, WINDOWS, Window


@require_safe
def show(request: HttpRequest, team: str, slug: str) -> HttpResponse:
    """The page of hotspots."""
    days = _window(request.GET.get("days", ""))
    page = hotspots_page(request.user, team, slug, days)
    found = words.hotspots(page.frame, page.files, days)
    counted = words.is_counted(page.files)
    context = {
        "frame": page.frame,
        "tab": "files",
        "crumb": "Hotspots",
        "page": page,
        "hotspots": found,
        "counted": counted,
        "sentence": words.sentence(found, counted, days),
        "days": days,
        "windows": WINDOWS,
    }
    return render(request, "hotspots.html", context)


def _window(asked: str) -> Window:
    """The window that was asked for; the usual one for anything else."""
    return next((days for days in WINDOWS if str(days) == asked), USUAL)
