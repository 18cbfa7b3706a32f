"""The past of a repository: what is known, what more would take, and what left the branch."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from dashboard.backfill_progress import lasting
from dashboard.forms.past import EVERY_WORDS, PastForm
from dashboard.paging import Pager, page_number
from dashboard.queries.access import Frame, frame_of
from dashboard.queries.known_past import known_past
from dashboard.queries.scans import has_past
from dashboard.views.errors import LEADS_ONLY, refused
from scanner import bootstrap
from scanner.application.past_costs import Cost
from scanner.domain.errors import UserError
from scanner.domain.timeline import Choice

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Offer:
    """A choice with what it would take, or why that cannot be told."""

    choice: Choice
    words: str
    cost: Cost | None = None
    problem: UserError | None = None

    @property
    def lasting(self) -> str:
        """About how long it would go on."""
        return lasting(self.cost.seconds) if self.cost else ""

    @property
    def megabytes(self) -> str:
        """What is to be parsed; "" where that is not known or nothing."""
        unparsed = self.cost.unparsed if self.cost else None
        return f"{max(unparsed / MEGABYTE, 0.1):,.1f}" if unparsed else ""


@require_safe
def show(request: HttpRequest, team: str, slug: str) -> HttpResponse:
    """The page; with a choice in its address, what that would take."""
    frame = frame_of(request.user, team, slug)
    past = known_past(frame.id, page_number(request))
    may_ask = frame.may_change and has_past(frame.id)
    form = PastForm(request.GET)
    context = {
        "frame": frame,
        "tab": "scans",
        "crumb": "Past",
        "past": past,
        "form": form if may_ask else None,
        "offer": _offer(frame, form) if may_ask and form.is_valid() else None,
        "pager": Pager(request.GET, past.left.number, past.left.pages),
    }
    return render(request, "past.html", context)


@require_POST
def backfill_now(request: HttpRequest, team: str, slug: str) -> HttpResponse:
    """Ask for the past to be read; whoever asks while that waits is shown the waiting one."""
    frame = frame_of(request.user, team, slug)
    if not frame.may_change:
        return refused(request, LEADS_ONLY)
    form = PastForm(request.POST)
    if form.is_bound and not form.is_valid():
        messages.error(request, "Nothing was read: the choice of points is not valid.")
        return redirect("past", team, slug)
    try:
        choice = form.choice() if form.is_bound else Choice()
        asked = bootstrap.backfills().request(frame.id, choice)
    except UserError as error:
        messages.error(request, f"{error.message} {error.next_step}")
        return redirect("scans", team, slug)
    return redirect("scan", team, slug, asked.id)


def _offer(frame: Frame, form: PastForm) -> Offer:
    choice = form.choice()
    words = EVERY_WORDS[choice.every]
    try:
        return Offer(choice, words, cost=bootstrap.past_costs().of(frame.id, choice))
    except UserError as error:
        return Offer(choice, words, problem=error)
