"""New code: what commits since a day, or since the last release, brought to the portfolio."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dashboard.forms.new_code import RELEASE, NewCodeForm, presets
from dashboard.paging import Pager, page_number
from dashboard.queries.new_code import new_code

PAGE_SIZE: Final = 100
"""Repositories on one page, dearest first."""


@dataclass(frozen=True, slots=True)
class Preset:
    """A link to another day, filters kept."""

    name: str
    href: str
    is_here: bool


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The page."""
    now = timezone.now()
    form = NewCodeForm(request.GET, now)
    team, label = form.given("team"), form.given("label")
    found = new_code(request.user, form.day, team, label)
    brought = found.brought
    shown = Paginator(brought, PAGE_SIZE).get_page(page_number(request))
    context = {
        "shown": shown.object_list,
        "pager": Pager(request.GET, shown.number, shown.paginator.num_pages),
        "form": form,
        "found": found,
        "brought": brought,
        "count": sum(row.count for row in brought),
        "dearest": brought[0] if brought else None,
        "team": team,
        "label": label,
        "presets": _presets(form, team, label),
        "is_release": form.is_release,
    }
    return render(request, "new_code.html", context)


def _presets(form: NewCodeForm, team: str, label: str) -> list[Preset]:
    here = RELEASE if form.is_release else str(form.day)
    kept = [(key, value) for key, value in (("team", team), ("label", label)) if value]
    return [
        Preset(name, "?" + urlencode([("since", value), *kept]), value == here)
        for value, name in presets(timezone.now())
    ]
