"""The portfolio: where every repository stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from dashboard.charts.scale import GRADES
from dashboard.forms.repositories import RepositoryForm
from dashboard.paging import Pager, page_number
from dashboard.portfolio_choice import MATRIX, Choice
from dashboard.portfolio_story import story
from dashboard.principles import LABELS
from dashboard.queries.portfolio import detailed, portfolio, rows_of
from dashboard.queries.portfolio_rows import Row
from dashboard.queries.settings import led_teams
from dashboard.views.partial import wants_partial

TABLE: Final = "repositories"
PAGE_SIZE: Final = 100
"""Repositories on a page of a long list; up to twice as many are seen as a whole."""


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The whole page, or its table alone when only the filters changed."""
    choice, now = Choice.read(request.GET), timezone.now()
    page = portfolio(request.user, now, choice.team)
    admitted: Sequence[Row] = [row for row in page.rows if choice.admits(row)]
    chosen = choice.arrange(admitted)
    paginator = Paginator(chosen, PAGE_SIZE, orphans=PAGE_SIZE)
    shown = paginator.get_page(page_number(request))
    rows = _shown(list(shown.object_list), choice, now)
    heads = choice.heads()
    context: dict[str, object] = {
        "choice": choice,
        "rows": rows,
        "chosen": len(chosen),
        "first": shown.start_index(),
        "last": shown.end_index(),
        "pager": Pager(request.GET, shown.number, paginator.num_pages),
        "page": page,
        "heads": heads,
        "principles": [heads[key] for key in LABELS],
        "views": choice.views(),
        "grades": GRADES,
        "live": [row.id for row in rows if row.state.live],
    }
    context["is_partial"] = partial = wants_partial(request) and _target(request) == TABLE
    if not partial:
        context |= story(page, choice.team, now)
        context["form"] = _first_form(request) if page.may_add and not page.rows else None
    template = "_partials/portfolio_table.html" if partial else "portfolio.html"
    response = render(request, template, context)
    patch_vary_headers(response, ("HX-Request", "HX-Target"))
    return response


def _shown(rows: Sequence[Row], choice: Choice, now: datetime) -> Sequence[Row]:
    """The rows of one page with what its view tells of them."""
    return rows if choice.is_matrix else detailed(rows, now)


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The rows whose scans were on their way when the page was last drawn."""
    ids = {int(one) for one in request.GET.getlist("id") if one.isdecimal() and len(one) < 12}
    rows = rows_of(request.user, timezone.now(), ids)
    going = [row.id for row in rows if row.state.live]
    view = MATRIX if request.GET.get("view") == MATRIX else ""
    context = {"rows": rows, "live": going, "finished": len(going) < len(ids), "view": view}
    context["finished"] = context["finished"] or "finished" in request.GET
    return render(request, "_partials/portfolio_live.html", context)


def _first_form(request: HttpRequest) -> RepositoryForm:
    """The form of the page that adds a repository, for the first one."""
    teams = [(team.id, team.name) for team in led_teams(request.user)]
    return RepositoryForm(None, teams, takes_paths=request.user.is_staff)


def _target(request: HttpRequest) -> str:
    """The id of the element that htmx will fill."""
    return request.headers.get("HX-Target", "")
