"""One principle of one repository: its score, its sums, its past and its offenders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Sum

from dashboard.principles import Label
from dashboard.queries.access import Frame, Viewer, frame, repository_of
from dashboard.queries.findings import IS_OPEN, FindingFilter, FindingPage, page_of
from dashboard.queries.history import History, history_of
from dashboard.queries.repository import (
    RuleCost,
    Standing,
    Values,
    Verdict,
    previous,
    principle_values,
    rule_costs,
    standings,
    verdict,
)
from dashboard.queries.rubrics import judged_by, standing_of
from scanner.domain.rubric import Rubric
from scanner.storage.models import Finding, Repository

MOST_FILES = 8


@dataclass(frozen=True, slots=True)
class Place:
    """A file with what one principle takes there. The path is hostile text."""

    path: str
    count: int
    points: float


@dataclass(frozen=True, slots=True)
class PrinciplePage:
    """Everything the page of a principle shows. `standing` is None before the first scan."""

    frame: Frame
    label: Label
    rubric: Rubric  # that judged, or will judge first
    verdict: Verdict | None
    standing: Standing | None
    weights: float  # the sum of the weights that apply
    history: History
    values: Mapping[int, Values]
    costs: Mapping[str, RuleCost]  # by rule
    places: tuple[Place, ...]
    offenders: FindingPage


def principle_page(user: Viewer, team: str, slug: str, label: Label, page: int) -> PrinciplePage:
    """The page of one principle. Raises Http404 for a foreign repository."""
    repository = repository_of(user, team, slug)
    latest, history = repository.latest, history_of(repository)
    before = previous(history, latest.pk) if latest else None
    values = principle_values(repository)
    every = standings(latest, values.get(before.snapshot, {}) if before else {})
    costs = rule_costs(repository, label.key)
    return PrinciplePage(
        frame=frame(repository),
        label=label,
        rubric=judged_by(latest.rubric) if latest else standing_of(repository.pk).rubric,
        verdict=verdict(latest) if latest else None,
        standing=next((one for one in every if one.label is label), None),
        weights=sum(one.weight for one in every if one.applicable),
        history=history,
        values=values,
        costs={cost.code: cost for cost in costs},
        places=_places(repository, label.key),
        offenders=page_of(repository.pk, FindingFilter(principle=label.key), page),
    )


def _places(repository: Repository, principle: str) -> tuple[Place, ...]:
    found = Finding.objects.filter(IS_OPEN, repository=repository, principle=principle)
    grouped = (
        found.filter(cost__gt=0)
        .order_by()
        .values("path")
        .annotate(n=Count("pk"), lost=Sum("points"))
        .order_by("-lost", "path")
    )
    return tuple(Place(*row) for row in grouped.values_list("path", "n", "lost")[:MOST_FILES])
