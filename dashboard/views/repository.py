"""A repository: where it stands, what moved it, what to do first."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dashboard.changes import changed
from dashboard.forms.range import RangeForm
from dashboard.outlook import Outlook, outlook
from dashboard.overview import age_groups, cards, heaviest, rubric_change, sentence
from dashboard.principles import LABELS
from dashboard.queries.access import frame, repository_of
from dashboard.queries.repository import Overview, overview
from dashboard.queries.scan_states import scan_state
from dashboard.trend_pages import Pages
from dashboard.trends import subject, trend

DEAREST_RULES: Final = 8
MOST_POINTS: Final = "most"  # fixes in the order of their gain alone
HX_REFRESH: Final = "HX-Refresh"


@require_safe
def show(request: HttpRequest, team: str, slug: str) -> HttpResponse:
    """The overview of one repository."""
    page = overview(request.user, team, slug)
    context: dict[str, object] = {
        "frame": page.frame,
        "tab": "overview",
        "page": page,
        "verdict": page.verdict,
        "snapshot": page.verdict,
        "sentence": sentence(page),
    }
    found = outlook(page)
    if found is not None:
        context |= _story(page, found, RangeForm(request.GET), timezone.now())
        context["by_gain"] = request.GET.get("fix") == MOST_POINTS
    return render(request, "repository.html", context)


@require_safe
def live(request: HttpRequest, team: str, slug: str) -> HttpResponse:
    """How the scan stands; the page is drawn again once it has ended."""
    repository = repository_of(request.user, team, slug)
    state = scan_state(repository)
    context = {"frame": frame(repository), "state": state}
    response = render(request, "_partials/repository_live.html", context)
    if not state.live:
        response[HX_REFRESH] = "true"
    return response


def _story(page: Overview, found: Outlook, form: RangeForm, now: datetime) -> dict[str, object]:
    """The sections below the verdict."""
    ages = age_groups(page.ages, now) if page.ages else []
    pages = Pages(page.frame.team_slug, page.frame.slug)
    return {
        "heaviest": heaviest(page.standings),
        "changed": changed(page),
        "rubric_change": rubric_change(page),
        "plan": found.plan,
        "trend": trend(subject(page.history, page.values), pages, form.window()),
        "form": form,
        "cards": cards(page, now),
        "unbuilt": [label for label in LABELS.values() if not label.built],
        "hotspots": found.hotspots,
        "counted": found.is_counted,
        "map": found.map,
        "files": found.worst,
        "modules": found.modules,
        "rules": [rule for rule in page.rules if rule.points > 0][:DEAREST_RULES],
        "advisory": sum(rule.count for rule in page.rules if rule.points == 0),
        "dearest": max((rule.points for rule in page.rules), default=0.0),
        "ages": ages,
        "most_aged": max((group.count for group in ages), default=0),
    }
