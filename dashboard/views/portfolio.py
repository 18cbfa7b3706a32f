"""The portfolio: where every repository stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from dashboard.charts.scale import GRADES
from dashboard.forms.repositories import RepositoryForm
from dashboard.paging import Pager, page_number
from dashboard.portfolio_story import story
from dashboard.principles import LABELS
from dashboard.queries.portfolio import Row, detailed, portfolio, rows_of
from dashboard.queries.settings import led_teams
from dashboard.views.partial import wants_partial

TABLE: Final = "repositories"
LONGEST_TEXT: Final = 100
PAGE_SIZE: Final = 200
"""Repositories on one page: a portfolio of this size is seen as a whole."""

_UNKNOWN_LAST: Final = 1_000.0
SORTS: Final[dict[str, Callable[[Row], Any]]] = {
    "score": lambda row: _UNKNOWN_LAST if row.score is None else row.score,
    "name": lambda row: row.name.casefold(),
    "change": lambda row: _UNKNOWN_LAST if row.week is None else row.week,
    "new": lambda row: row.new,
    "fixed": lambda row: row.fixed,
}
HEADS: Final = {"name": "Repository", "score": "Score", "change": "This week"}
DESCENDING: Final = "-"


@dataclass(frozen=True, slots=True)
class Choice:
    """What the address asks for; whatever is unknown in it is left out."""

    text: str
    team: str
    grades: tuple[str, ...]
    sort: str

    @classmethod
    def read(cls, query: QueryDict) -> Choice:
        """The choice in a query string."""
        sort = query.get("sort", "")
        return cls(
            text=query.get("q", "").strip()[:LONGEST_TEXT],
            team=query.get("team", "")[:LONGEST_TEXT].replace("\0", ""),  # PostgreSQL takes none
            grades=tuple(letter for letter in GRADES if letter in query.getlist("grade")),
            sort=sort if sort.removeprefix(DESCENDING) in SORTS else "score",
        )

    def admits(self, row: Row) -> bool:
        """Whether a row is asked for."""
        named = self.text.casefold() in f"{row.name} {row.team}".casefold()
        return named and (not self.grades or row.grade in self.grades)

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return bool(self.text or self.team or self.grades)

    def address(self, sort: str) -> str:
        """The query string of this choice in another order."""
        pairs = [("q", self.text), ("team", self.team), *(("grade", g) for g in self.grades)]
        return "?" + urlencode([*((k, v) for k, v in pairs if v), ("sort", sort)])


@dataclass(frozen=True, slots=True)
class Head:
    """A column that sorts: where its link leads, and how it is sorted now."""

    key: str
    label: str
    href: str
    order: str  # "ascending" | "descending" | ""


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The whole page, or its table alone when only the filters changed."""
    choice = Choice.read(request.GET)
    now = timezone.now()
    page = portfolio(request.user, now, choice.team)
    chosen = arrange([row for row in page.rows if choice.admits(row)], choice.sort)
    shown = Paginator(chosen, PAGE_SIZE).get_page(page_number(request))
    rows = detailed(list(shown.object_list), now)
    context: dict[str, object] = {
        "choice": choice,
        "rows": rows,
        "chosen": len(chosen),
        "first": shown.start_index(),
        "last": shown.end_index(),
        "pager": Pager(request.GET, shown.number, shown.paginator.num_pages),
        "page": page,
        "labels": LABELS.values(),
        "heads": _heads(choice),
        "grades": GRADES,
        "live": [row.id for row in rows if row.state.live],
    }
    context["is_partial"] = partial = wants_partial(request) and _target(request) == TABLE
    if not partial:
        context |= story(page, choice.team)
        context["form"] = _first_form(request) if page.may_add and not page.rows else None
    template = "_partials/portfolio_table.html" if partial else "portfolio.html"
    response = render(request, template, context)
    patch_vary_headers(response, ("HX-Request", "HX-Target"))
    return response


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The rows whose scans were on their way when the page was last drawn."""
    ids = {int(one) for one in request.GET.getlist("id") if one.isdecimal() and len(one) < 12}
    rows = rows_of(request.user, timezone.now(), ids)
    going = [row.id for row in rows if row.state.live]
    context = {"rows": rows, "live": going, "finished": len(going) < len(ids)}
    context["finished"] = context["finished"] or "finished" in request.GET
    return render(request, "_partials/portfolio_live.html", context)


def _first_form(request: HttpRequest) -> RepositoryForm:
    """The form of the page that adds a repository, for the first one."""
    teams = [(team.id, team.name) for team in led_teams(request.user)]
    return RepositoryForm(None, teams, takes_paths=request.user.is_staff)


def _target(request: HttpRequest) -> str:
    """The id of the element that htmx will fill."""
    return request.headers.get("HX-Target", "")


def arrange(rows: Sequence[Row], sort: str) -> list[Row]:
    """Rows in the order asked for, by name among equals; what has no score comes last."""
    key = SORTS[sort.removeprefix(DESCENDING)]
    ordered = sorted(rows, key=lambda row: row.name.casefold())
    ordered.sort(key=key, reverse=sort.startswith(DESCENDING))
    return sorted(ordered, key=lambda row: row.score is None)


def _heads(choice: Choice) -> dict[str, Head]:
    labels = {**HEADS, "new": "New", "fixed": "Fixed"}
    heads = {}
    for key, label in labels.items():
        order, href = "", choice.address(key)
        if choice.sort == key:
            order, href = "ascending", choice.address(DESCENDING + key)
        elif choice.sort == DESCENDING + key:
            order = "descending"
        heads[key] = Head(key, label, href, order)
    return heads
