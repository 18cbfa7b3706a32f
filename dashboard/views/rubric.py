"""The rubric: how scores work, every principle, and a page for each rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dashboard.names import rule_title
from dashboard.principles import LABELS, Label, limits_of
from dashboard.queries.rubric import counts, occurrences
from dashboard.queries.rubrics import default_rubric
from dashboard.source import SourceLine, read_part
from scanner.domain.rubric import Terms
from scanner.domain.scoring import GRADES
from scanner.rules.catalogue import CATALOGUE, PRINCIPLE_OF, RULES
from scanner.rules.pages import read_page

MOST_PLACES: Final = 100
"""Repositories that the page of a rule lists, dearest first."""


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule in the catalogue. `open` counts its findings in the reader's repositories."""

    code: str
    title: str
    summary: str
    effort: int
    open: int
    is_off: bool  # in the default


@dataclass(frozen=True, slots=True)
class Chapter:
    """A principle in the catalogue."""

    label: Label
    terms: Terms
    limits: tuple[tuple[str, int], ...]
    rules: tuple[RuleLine, ...]


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """All principles and rules."""
    found, rubric = counts(request.user), default_rubric()
    lines = {
        entry.principle.key: tuple(
            RuleLine(
                rule.code,
                rule_title(rule.code),
                read_page(rule.page).summary,
                rule.effort,
                found.get(rule.code, 0),
                rule.code in rubric.rules_off,
            )
            for rule in entry.rules
        )
        for entry in CATALOGUE
    }
    chapters = [
        Chapter(label, rubric.by_key[key], limits_of(rubric, key), lines.get(key, ()))
        for key, label in LABELS.items()
    ]
    context = {
        "chapters": chapters,
        "rubric": rubric,
        "rules": len(RULES),
        "built": sum(chapter.label.built for chapter in chapters),
        "grades": GRADES,
    }
    return render(request, "rubric.html", context)


@require_safe
def rule(request: HttpRequest, code: str) -> HttpResponse:
    """One rule: what it finds, why it matters, how to mend it, and where it stands open."""
    found = RULES.get(code)
    if found is None:
        raise Http404("no such rule")
    page = read_page(found.page)
    places = occurrences(request.user, code)
    context = {
        "rule": found,
        "title": rule_title(code),
        "label": LABELS[PRINCIPLE_OF[code]],
        "text": page,
        "bad": _lines(page.bad),
        "good": _lines(page.good),
        "places": places[:MOST_PLACES],
        "repositories": len(places),
        "dearest": max((place.points for place in places), default=0.0),
        "open": sum(place.count for place in places),
    }
    return render(request, "rule.html", context)


def _lines(code: str) -> tuple[SourceLine, ...]:
    return read_part(code.encode()).lines
