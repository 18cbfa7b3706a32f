"""The findings that this week's commits brought, over all repositories."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dashboard.names import principle_choices
from dashboard.paging import Pager, page_number
from dashboard.principles import LABELS
from dashboard.queries.all_scans import team_choices
from dashboard.queries.new_findings import Wanted, new_findings
from dashboard.queries.portfolio_rows import TeamChoice
from scanner.domain.weeks import week_start
from scanner.rules.catalogue import RULES

MOST_RULES = 8
"""Rules that are told beside the list; the filter has all of them."""


@require_safe
def all_findings(request: HttpRequest) -> HttpResponse:
    """The page."""
    teams = team_choices(request.user)
    wanted = _wanted(request, teams)
    since = week_start(timezone.now())
    found = new_findings(request.user, since, wanted, page_number(request))
    context = {
        "wanted": wanted,
        "since": since,
        "found": found,
        "teams": teams,
        "team": next((one.name for one in teams if one.slug == wanted.team), ""),
        "principles": principle_choices(),
        "rules": found.rules[:MOST_RULES],
        "other_rules": len(found.rules[MOST_RULES:]),
        "pager": Pager(request.GET, found.number, found.pages),
        "is_filtered": wanted != Wanted(),
    }
    return render(request, "all_findings.html", context)


def _wanted(request: HttpRequest, teams: tuple[TeamChoice, ...]) -> Wanted:
    """What the address asks for; what is unknown counts as not given."""
    team, rule, principle = (request.GET.get(name, "") for name in ("team", "rule", "principle"))
    return Wanted(
        team if any(one.slug == team for one in teams) else "",
        rule if rule in RULES else "",
        principle if principle in LABELS else "",
    )
