"""The map of a repository's files, folder by folder."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dashboard.folder_page import open_folder
from dashboard.principles import LABELS
from dashboard.queries.folders import folders_page


@require_safe
def show(request: HttpRequest, team: str, slug: str) -> HttpResponse:
    """The map of one folder, coloured by the overall score or a principle."""
    asked = request.GET.get("by", "")
    by = asked if asked in LABELS else ""
    page = folders_page(request.user, team, slug, by)
    context = {
        "frame": page.frame,
        "tab": "files",
        "crumb": "Map",
        "page": page,
        "open": open_folder(page.frame, page.files, request.GET.get("folder", ""), by),
        "label": LABELS.get(by),
    }
    return render(request, "folders.html", context)
