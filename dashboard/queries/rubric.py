"""Where a rule finds offenders, among the repositories of a user."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Sum

from dashboard.queries.access import Viewer, repositories_of
from dashboard.queries.findings import IS_OPEN
from scanner.storage.models import Finding


@dataclass(frozen=True, slots=True)
class Occurrence:
    """The open findings of a rule in one repository. The name is hostile text."""

    name: str
    slug: str
    team_slug: str
    count: int
    points: float


def occurrences(user: Viewer, rule: str) -> tuple[Occurrence, ...]:
    """The repositories in which a rule has open findings, dearest first."""
    found = Finding.objects.filter(
        IS_OPEN, repository__in=repositories_of(user), rule=rule
    ).order_by()
    names = ("repository__name", "repository__slug", "repository__team__slug")
    grouped = found.values(*names).annotate(n=Count("*"), lost=Sum("points"))
    rows = grouped.order_by("-lost", "repository__name").values_list(*names, "n", "lost")
    return tuple(Occurrence(*row) for row in rows)


def counts(user: Viewer) -> Mapping[str, int]:
    """Open findings by rule, over all repositories of a user."""
    found = Finding.objects.filter(IS_OPEN, repository__in=repositories_of(user)).order_by()
    grouped = found.values("rule").annotate(n=Count("*"))
    return dict(grouped.values_list("rule", "n"))
