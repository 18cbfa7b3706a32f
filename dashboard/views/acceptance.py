"""Accept findings with a reason, and take that back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from dashboard.forms.acceptance import AcceptanceForm, fingerprints
from dashboard.queries import acceptances as queries
from dashboard.queries.access import Frame, frame_of, repository_of
from dashboard.queries.access import frame as frame_from
from dashboard.queries.fixes import gain_together
from dashboard.views.errors import LEADS_ONLY, refused
from scanner import bootstrap
from scanner.application.accepting import GONE, MOST_AT_ONCE, Accepted, NewAcceptance
from scanner.domain.errors import UserError


@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, team: str, slug: str) -> HttpResponse:
    """The chosen findings (`?f=` fingerprints) with a form for the reason and the end."""
    repository = repository_of(request.user, team, slug)
    frame = frame_from(repository)
    if not frame.may_change:
        return refused(request, LEADS_ONLY)
    given = request.POST if request.method == "POST" else request.GET
    chosen = fingerprints(given)[: MOST_AT_ONCE + 1]
    form = AcceptanceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            accepted = bootstrap.accepting().accept(_wanted(request, frame, chosen, form))
        except UserError as error:
            form.explain(error)
        else:
            return _judged_anew(request, frame, accepted, "accepted")
    rows = queries.chosen(frame.id, chosen)
    context = {
        "frame": frame,
        "tab": "findings",
        "crumb": "Accept",
        "form": form,
        "rows": rows,
        "points": gain_together(repository, chosen),
        "gone": GONE,
    }
    return render(request, "accept.html", context, status=422 if form.errors else 200)


@require_POST
def withdraw(request: HttpRequest, team: str, slug: str) -> HttpResponse:
    """Let findings cost again."""
    frame = frame_of(request.user, team, slug)
    if not frame.may_change:
        return refused(request, LEADS_ONLY)
    try:
        withdrawn = bootstrap.accepting().withdraw(frame.id, fingerprints(request.POST))
    except UserError as error:
        messages.error(request, str(error))
        return redirect(_list_of(frame, "accepted"))
    return _judged_anew(request, frame, withdrawn, "no longer accepted")


def _wanted(
    request: HttpRequest, frame: Frame, chosen: list[str], form: AcceptanceForm
) -> NewAcceptance:
    return NewAcceptance(
        repository_id=frame.id,
        fingerprints=chosen,
        reason=form.cleaned_data["reason"],
        expires_at=form.expires_at(timezone.now()),
        user_id=int(request.user.pk or 0),
    )


def _judged_anew(request: HttpRequest, frame: Frame, accepted: Accepted, what: str) -> HttpResponse:
    """To the scan that judges it."""
    findings = "1 finding is" if accepted.count == 1 else f"{accepted.count:,} findings are"
    messages.success(request, f"{findings} {what}. This scan judges the score anew.")
    return redirect("scan", frame.team_slug, frame.slug, accepted.scan.id)


def _list_of(frame: Frame, state: str) -> str:
    return f"{reverse('findings', args=[frame.team_slug, frame.slug])}?state={state}"
