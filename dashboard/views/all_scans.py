"""The scans of all repositories: what failed, what is at work, what ended lately."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from dashboard.paging import Pager, page_number
from dashboard.progress import WAITING_LONG, Progress, progress_of
from dashboard.queries import all_scans as queries
from dashboard.queries.all_scans import PlacedScan, Queue
from dashboard.views.partial import wants_partial


@require_safe
def all_scans(request: HttpRequest) -> HttpResponse:
    """The page; for htmx what may change by itself, all but the list of what ended."""
    now = timezone.now()
    teams = queries.team_choices(request.user)
    team = next((one.slug for one in teams if one.slug == request.GET.get("team")), "")
    state = request.GET.get("state", "")
    going = queries.queue(request.user, team)
    recent = queries.recent(request.user, now, state, page_number(request), team)
    context = {
        "teams": teams,
        "team": team,
        "state": state if state in queries.STATES else "",
        "states": queries.STATES,
        "queue": going,
        "going": _told(going.rows, now),
        "waits_long": _waits_long(going, now),
        "failed": queries.failed(request.user, team),
        "recent": recent,
        "ended": _told(recent.rows, now),
        "pager": Pager(request.GET, recent.number, recent.pages),
    }
    name = "_partials/all_scans.html" if wants_partial(request) else "all_scans.html"
    response = render(request, name, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _told(rows: Iterable[PlacedScan], now: datetime) -> list[tuple[PlacedScan, Progress]]:
    """Each scan with its words."""
    return [(row, progress_of(row.scan, now)) for row in rows]


def _waits_long(found: Queue, now: datetime) -> bool:
    """Whether something waits while nothing is at work: a worker is probably missing."""
    if found.running or found.waiting_since is None:
        return False
    return (now - found.waiting_since).total_seconds() > WAITING_LONG
