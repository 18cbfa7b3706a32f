"""/health: this process answers. /health/ready: the whole instance can do its work.

Both are answered before any other middleware, so that a probe needs no host name, no sign-in and
no https, and leaves a line in the log only when something is wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse

from dashboard.config.broker_probe import broker_answers
from dashboard.queries.pulse import database_answers, is_migrated, last_tick

STALE_TICK_SECONDS = 120  # a tick is due each 20 s
Checks = dict[str, str]


def probes(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """The middleware that answers both addresses."""
    views = {"/health": health, "/health/ready": ready}

    def middleware(request: HttpRequest) -> HttpResponse:
        view = views.get(request.path)
        if view is None:
            return get_response(request)
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        response = view()
        response["Cache-Control"] = "no-store"
        return response

    return middleware


def health() -> HttpResponse:
    """200 while the process answers."""
    return JsonResponse({"status": "up"})


def ready() -> HttpResponse:
    """200 when database, broker, migrations and clockwork are well, else 503 with which is not."""
    checks, age = instance_checks()
    well = all(outcome == "ok" for outcome in checks.values())
    body = {
        "status": "ready" if well else "not ready",
        "checks": checks,
        "tick_age_seconds": age,
    }
    return JsonResponse(body, status=200 if well else 503)


def instance_checks() -> tuple[Checks, int | None]:
    """What is looked at with its outcome, "ok" or a word of trouble; the age of the last tick."""
    broker = "ok" if broker_answers(settings.BROKER_URL) else "unreachable"
    checks = {
        "database": "unreachable",
        "broker": broker,
        "migrations": "unknown",
        "tick": "unknown",
    }
    if not database_answers():
        return checks, None
    checks["database"] = "ok"
    try:
        if not is_migrated():
            return {**checks, "migrations": "missing"}, None
        checks["migrations"] = "ok"
        ticked_at = last_tick()
    except DatabaseError:
        return {**checks, "database": "failing"}, None
    if ticked_at is None:
        return {**checks, "tick": "none yet"}, None
    age = max(0, int((datetime.now(UTC) - ticked_at).total_seconds()))
    return {**checks, "tick": "ok" if age <= STALE_TICK_SECONDS else "late"}, age
