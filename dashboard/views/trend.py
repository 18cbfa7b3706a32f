"""The trend on a page of its own: every line, each principle, and every figure."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dashboard.forms.range import RangeForm
from dashboard.paging import Pager, page_number
from dashboard.principles import LABELS, Label
from dashboard.queries.access import frame_of
from dashboard.queries.past import Past, past_of, past_state
from dashboard.trend_figures import page_of, readings
from dashboard.trend_multiples import multiples
from dashboard.trend_pages import EACH, Pages
from dashboard.trend_window import Window
from dashboard.trends import Subject, plan, subject, trend
from dashboard.views.revalidation import kept

PRINCIPLE: Final = "show"


@require_safe
def show(request: HttpRequest, team: str, slug: str) -> HttpResponse:
    """The page: the overall score with its principles, one of them, or all side by side."""
    past = past_of(request.user, team, slug)
    form = RangeForm(request.GET)
    shown = _shown(request)
    label = LABELS.get(shown)
    found, window = subject(past.history, past.values, label), form.window()
    keep = {PRINCIPLE: shown} if shown else {}
    page = page_of(found, window, page_number(request))
    context = {
        "frame": past.frame,
        "tab": "overview",
        "crumb": "Trend",
        "form": form,
        "shown": shown,
        "label": label,
        "first": found.moments[0].at if found.moments else None,
        "labels": _built(past),
        "trend": trend(found, _pages(past), window, keep),
        "window": window,
        "compare": _pages(past).compare(),
        "now": found.moments[-1].commit if found.moments else "",
        "smalls": _smalls(past, window) if shown == EACH else None,
        "page": page,
        "pager": Pager(request.GET, page.number, page.pages),
    }
    return render(request, "trend.html", context)


@require_safe
def points(request: HttpRequest, team: str, slug: str) -> HttpResponse:
    """Every point that the chart draws, with its place, for the script that reads them."""
    state = past_state(frame_of(request.user, team, slug).id)
    return kept(request, state, lambda: _points(request, team, slug))


def _points(request: HttpRequest, team: str, slug: str) -> JsonResponse:
    past = past_of(request.user, team, slug)
    found = subject(past.history, past.values, LABELS.get(_shown(request)))
    planned = plan(found, _pages(past), RangeForm(request.GET).window())
    return JsonResponse({"points": readings(found, planned) if planned else []})


def _shown(request: HttpRequest) -> str:
    asked = request.GET.get(PRINCIPLE, "")
    return asked if asked == EACH or asked in LABELS else ""


def _pages(past: Past) -> Pages:
    return Pages(past.frame.team_slug, past.frame.slug)


def _built(past: Past) -> list[Label]:
    """The principles that ever applied."""
    known = {key for values in past.values.values() for key in values}
    return [label for key, label in LABELS.items() if key in known]


def _smalls(past: Past, window: Window) -> object:
    everything: Subject = subject(past.history, past.values)
    return multiples(everything, _built(past), _pages(past), window)
