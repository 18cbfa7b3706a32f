"""The scans of a repository, one scan with its live progress, and the button that asks for one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST, require_safe

from dashboard.paging import Pager, page_number
from dashboard.progress import progress_of
from dashboard.queries import scans as queries
from dashboard.queries.access import Frame, frame_of
from dashboard.views.errors import LEADS_ONLY, refused
from dashboard.views.partial import wants_partial
from scanner import bootstrap


@require_safe
def scans(request: HttpRequest, team: str, slug: str) -> HttpResponse:
    """The list, newest first; its table alone for htmx."""
    frame = frame_of(request.user, team, slug)
    page = queries.page_of(frame.id, page_number(request))
    now = timezone.now()
    context = {
        "frame": frame,
        "tab": "scans",
        "page": page,
        "has_past": frame.may_change and queries.has_past(frame.id),
        "rows": [progress_of(scan, now) for scan in page.rows],
        "is_live": any(scan.is_live for scan in page.rows),
        "pager": Pager(request.GET, page.number, page.pages),
    }
    template = "_partials/scans_table.html" if wants_partial(request) else "scans.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
def scan(request: HttpRequest, team: str, slug: str, scan: int) -> HttpResponse:
    """One scan as a page."""
    frame = frame_of(request.user, team, slug)
    return render(request, "scan.html", _scan_context(request, frame, scan))


@require_safe
def scan_progress(request: HttpRequest, team: str, slug: str, scan: int) -> HttpResponse:
    """The part of a scan's page that changes; it asks again while the scan is live."""
    frame = frame_of(request.user, team, slug)
    response = render(request, "_partials/scan_progress.html", _scan_context(request, frame, scan))
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def scan_now(request: HttpRequest, team: str, slug: str) -> HttpResponse:
    """Ask for a scan; whoever asks while one waits is shown that one."""
    frame = frame_of(request.user, team, slug)
    if not frame.may_change:
        return refused(request, LEADS_ONLY)
    asked = bootstrap.scan_requests().request(frame.id)
    if not asked.is_new:
        messages.info(request, "A scan was waiting already; here it is.")
    return redirect("scan", team, slug, asked.id)


@require_POST
def backfill_cancel(request: HttpRequest, team: str, slug: str, scan: int) -> HttpResponse:
    """End a backfill; what it has stored stays."""
    frame = frame_of(request.user, team, slug)
    if not frame.may_change:
        return refused(request, LEADS_ONLY)
    if bootstrap.backfills().cancel(frame.id, scan):
        messages.info(request, "It ends after the stretch it is at; what is stored stays.")
    else:
        messages.info(request, "It was over already.")
    return redirect("scan", team, slug, scan)


def _scan_context(request: HttpRequest, frame: Frame, scan_id: int) -> dict[str, object]:
    found = queries.scan_of(frame.id, scan_id)
    return {
        "frame": frame,
        "tab": "scans",
        "crumb": f"{'Backfill' if found.is_backfill else 'Scan'} {found.id:,}",
        "scan": found,
        "progress": progress_of(found, timezone.now()),
        "standing": queries.standing_score(frame.id),
        "is_operator": request.user.is_staff,
    }
