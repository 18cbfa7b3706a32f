"""The search of the top bar: repositories, rules, folders and files."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from dashboard.paging import Pager, page_number
from dashboard.queries.search import FURTHEST
from dashboard.search_results import Results, results, rule_called
from dashboard.search_words import EVERYTHING, KINDS, Asked


@dataclass(frozen=True, slots=True)
class Choice:
    """A link to the hits of one kind, or of all; `count` is None where nobody counted."""

    name: str
    href: str
    count: int | None
    is_here: bool


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """What was found; or on to the one page that the words are the name of."""
    asked = Asked.read(request.GET)
    rule = rule_called(asked)
    if rule:
        return redirect("rule", rule)
    found = results(request.user, asked, page_number(request))
    place = found.called(asked)
    if place is not None:
        return redirect("repository", place.team_slug, place.slug)
    pages = found.pages(asked.kind)
    context = {
        "asked": asked,
        "found": found,
        "total": sum(found.totals.values()),
        "has_more": found.has_more,
        "choices": _choices(asked, found),
        "pager": Pager(request.GET, min(page_number(request), pages), pages),
        "furthest": FURTHEST,
    }
    return render(request, "find.html", context)


def _choices(asked: Asked, found: Results) -> list[Choice]:
    """Everything, and each kind."""
    choices = [Choice("Everything", _address(asked, EVERYTHING), None, not asked.kind)]
    for kind, name in KINDS.items():
        count = found.totals[kind] if asked.wants(kind) else None
        choices.append(Choice(name, _address(asked, kind), count, asked.kind == kind))
    return choices


def _address(asked: Asked, kind: str) -> str:
    return "?" + urlencode({"q": asked.text, "kind": kind})
