"""What is kept on disk: machines, mirrors, caches; for administrators of the installation."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dashboard.paging import Pager, page_number
from dashboard.queries.disk import engines_of, kept_page, machine_lines
from dashboard.views.errors import ADMINISTRATORS_ONLY, refused


@require_safe
def disk(request: HttpRequest) -> HttpResponse:
    """Machines with their budgets, then what each keeps of each repository."""
    if not getattr(request.user, "is_superuser", False):
        return refused(request, ADMINISTRATORS_ONLY)
    machines, page = machine_lines(), kept_page(page_number(request))
    engines = engines_of(machines, timezone.now())
    context = {
        "machines": machines,
        "engines": engines if len(engines) > 1 else (),
        "page": page,
        "pager": Pager(request.GET, page.number, page.pages),
    }
    return render(request, "disk.html", context)
