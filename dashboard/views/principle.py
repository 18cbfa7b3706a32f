"""A principle in a repository: why it counts, how its score came about, who offends."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dashboard import sentences
from dashboard.forms.range import RangeForm
from dashboard.paging import Pager, page_number
from dashboard.principles import LABELS, Label, limits_of
from dashboard.queries.principle import PrinciplePage, principle_page
from dashboard.queries.repository import RuleCost, Standing
from dashboard.trend_pages import Pages
from dashboard.trends import subject, trend
from scanner.domain.findings import MILLION
from scanner.rules.catalogue import CATALOGUE
from scanner.rules.pages import read_page
from scanner.rules.records import Rule


@dataclass(frozen=True, slots=True)
class Algebra:
    """The terms of a score, in the principle's unit."""

    conforming: float
    debt: float
    grace: float
    rigour: float

    @classmethod
    def of(cls, standing: Standing) -> Algebra:
        """The terms behind a standing."""
        return cls(
            standing.conforming / MILLION,
            standing.debt / MILLION,
            standing.grace / MILLION,
            standing.rigour,
        )

    @property
    def good(self) -> float:
        """What speaks for the code."""
        return self.conforming + self.grace

    @property
    def bad(self) -> float:
        """What speaks against it."""
        return self.rigour * self.debt


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule of the principle, with what it costs here."""

    rule: Rule
    summary: str
    cost: RuleCost | None


@require_safe
def show(request: HttpRequest, team: str, slug: str, key: str) -> HttpResponse:
    """The page of one principle."""
    label = LABELS.get(key)
    if label is None:
        raise Http404("no such principle")
    page = principle_page(request.user, team, slug, label, page_number(request))
    standing = page.standing
    applies = standing is not None and standing.applicable
    form = RangeForm(request.GET)
    pages = Pages(page.frame.team_slug, page.frame.slug)
    context = {
        "frame": page.frame,
        "tab": "overview",
        "crumb": label.name,
        "page": page,
        "label": label,
        "verdict": page.verdict,
        "snapshot": page.verdict,
        "standing": standing,
        "sentence": sentence(page),
        "algebra": Algebra.of(standing) if standing is not None and applies else None,
        "limits": limits_of(page.rubric, key),
        "rules": rule_rows(label, page),
        "dearest": max((cost.points for cost in page.costs.values()), default=0.0),
        "trend": trend(subject(page.history, page.values, label), pages, form.window()),
        "form": form,
        "pager": Pager(request.GET, page.offenders.number, page.offenders.pages),
        "labels": LABELS.values(),
    }
    return render(request, "principle.html", context)


def sentence(page: PrinciplePage) -> str:
    """What the page opens with."""
    name, standing = page.label.name, page.standing
    if not page.label.built:
        return f"{name} is not built yet."
    if standing is None:
        return f"{name} is judged with the first scan."
    if standing.score is None:
        return f"{name} does not apply here."
    if standing.empty:
        return f"{name} has nothing to judge here."
    return sentences.standing(name, standing.score, standing.change, "since the previous scan")


def rule_rows(label: Label, page: PrinciplePage) -> list[RuleRow]:
    """The rules of the principle, dearest first, then by code."""
    rules = next((one.rules for one in CATALOGUE if one.principle.key == label.key), ())
    rows = [
        RuleRow(rule, read_page(rule.page).summary, page.costs.get(rule.code)) for rule in rules
    ]
    return sorted(rows, key=lambda row: (-(row.cost.points if row.cost else -1.0), row.rule.code))
