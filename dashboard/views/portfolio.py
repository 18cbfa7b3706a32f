"""The portfolio: where every repository stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from dashboard import sentences
from dashboard.charts import movers
from dashboard.charts.scale import GRADES
from dashboard.principles import LABELS
from dashboard.queries.portfolio import Portfolio, Row, portfolio, rows_of
from dashboard.views.partial import wants_partial

MOVERS: Final = 5
TABLE: Final = "repositories"
LEAST_MOVE: Final = 0.05  # points
LONGEST_TEXT: Final = 100

_UNKNOWN_LAST: Final = 1_000.0
SORTS: Final[dict[str, Callable[[Row], Any]]] = {
    "score": lambda row: _UNKNOWN_LAST if row.score is None else row.score,
    "name": lambda row: row.name.casefold(),
    "change": lambda row: _UNKNOWN_LAST if row.week is None else row.week,
    "new": lambda row: row.new,
    "fixed": lambda row: row.fixed,
}
HEADS: Final = {"name": "Repository", "score": "Score", "change": "7 days"}
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
            team=query.get("team", "")[:LONGEST_TEXT],
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


@dataclass(frozen=True, slots=True)
class Mover:
    """A repository that moved in thirty days: its score then, and both on the axis."""

    row: Row
    then: float
    chart: SafeString


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The whole page, or its table alone when only the filters changed."""
    choice = Choice.read(request.GET)
    page = portfolio(request.user, timezone.now(), choice.team)
    rows = arrange([row for row in page.rows if choice.admits(row)], choice.sort)
    context: dict[str, object] = {
        "choice": choice,
        "rows": rows,
        "page": page,
        "labels": LABELS.values(),
        "heads": _heads(choice),
        "grades": GRADES,
        "live": [row.id for row in rows if row.state.live],
    }
    context["is_partial"] = partial = wants_partial(request) and _target(request) == TABLE
    if not partial:
        context |= _story(page, choice)
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


def _story(page: Portfolio, choice: Choice) -> dict[str, object]:
    """The verdict, and who moved."""
    scored = page.scored
    team = next((team.name for team in page.teams if team.slug == choice.team), "")
    counts = Counter(row.grade for row in scored)
    worst = min(scored, key=lambda row: row.score or 0.0, default=None)
    in_scope = sum(row.lines / row.coverage for row in scored if row.coverage)
    measured = sum(row.lines for row in scored)
    return {
        "team": team,
        "sentence": _sentence(page, team),
        "counts": counts,
        "good": counts["A"] + counts["B"],
        "worst": worst,
        "lines": measured,
        "coverage": measured / in_scope if in_scope else 1.0,
        "new": sum(row.new for row in scored),
        "fixed": sum(row.fixed for row in scored),
        "failed": [row for row in page.rows if row.state.kind == "failed"],
        "partial": [row for row in scored if row.partial],
        "movers": _movers(scored),
    }


def _sentence(page: Portfolio, team: str) -> str:
    if page.total is not None:
        name = team or "The portfolio"
        return sentences.standing(name, page.total.score, page.week, "this week")
    if any(row.state.live for row in page.rows):
        return "Nothing is scored yet. The first scan is on its way."
    if page.rows:
        return "Nothing is scored yet. No scan has come through."
    return "Nothing is scored yet. One address is enough."


def _movers(scored: Sequence[Row]) -> dict[str, object] | None:
    """The repositories that rose and fell most in thirty days, on one axis."""
    changed = [row for row in scored if row.month is not None and abs(row.month) >= LEAST_MOVE]
    if not changed:
        return None
    changed.sort(key=lambda row: row.month or 0.0)
    down = [row for row in changed if (row.month or 0.0) < 0][:MOVERS]
    up = [row for row in changed[::-1] if (row.month or 0.0) > 0][:MOVERS]
    scale = movers.axis([score for row in (*up, *down) for score in _then_and_now(row)])
    tables = [[_mover(row, scale) for row in rows] for rows in (up, down) if rows]
    return {"head": movers.head(scale), "tables": tables}


def _mover(row: Row, scale: movers.Axis) -> Mover:
    then, now = _then_and_now(row)
    return Mover(row, then, movers.row(then, now, scale))


def _then_and_now(row: Row) -> tuple[float, float]:
    score = row.score or 0.0
    return score - (row.month or 0.0), score
