"""Pages for what did not work: each says what happened and what to do next."""

from __future__ import annotations

from typing import Final

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from scanner.domain.errors import UserError

LEADS_ONLY: Final = UserError(
    "access.leads-only",
    "Only leads and owners of the team may do this.",
    "Ask an owner of the team to make you a lead.",
)
OWNERS_ONLY: Final = UserError(
    "access.owners-only",
    "Only owners of the team may do this.",
    "Ask an owner of the team.",
)

ADMINISTRATORS_ONLY: Final = UserError(
    "access.administrators-only",
    "Only administrators may do this.",
    "Ask an administrator of this installation, or change the rubric of a repository you own.",
)


def refused(request: HttpRequest, refusal: UserError) -> HttpResponse:
    """The plain refusal for a member whose role is too small."""
    return render(request, "403.html", {"refusal": refusal}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for a fault. It needs neither the database nor the manifest of static files."""
    number = structlog.contextvars.get_contextvars().get("request_id", "")
    context = {"request_id": number, "static_url": settings.STATIC_URL}
    return render(None, "500.html", context, status=500)
