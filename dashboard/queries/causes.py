"""Why a score moved: what came and what went, by rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q, QuerySet, Sum

from dashboard.names import rule_title
from scanner.storage.models import Finding


@dataclass(frozen=True, slots=True)
class Cause:
    """Findings of one rule that came (`kind` "new") or went ("fixed"), with their points.

    `path` is the file they all lie in, else "".
    """

    kind: str
    rule: str
    name: str
    count: int
    points: float
    path: str
    paths: int

    @property
    def effect(self) -> float:
        """What it did to the score."""
        return self.points if self.kind == "fixed" else -self.points


Snapshots = Mapping[int, Sequence[int]]
"""Some snapshots of each repository."""


def causes(snapshots: Snapshots, since: datetime | None = None) -> Mapping[int, tuple[Cause, ...]]:
    """Causes by repository over its given snapshots, largest effect first; two queries.

    What came or went by the rubric alone is none of them. Of what a first scan saw, nothing is new,
    but for what a commit since the given time introduced.
    """
    return _told(_came(snapshots, since), _went(snapshots))


def causes_of_moves(
    fell: Snapshots, rose: Snapshots, since: datetime
) -> Mapping[int, tuple[Cause, ...]]:
    """The same of moves: what came where the score fell, what went where it rose."""
    return _told(_came(fell, since), _went(rose))


def _came(snapshots: Snapshots, since: datetime | None) -> QuerySet[Finding]:
    scored, ids = _scored(snapshots)
    fresh = Q(first_in__in=ids)
    if since is not None:
        fresh |= Q(first_in__is_first=True, introduced_at__gte=since)
    return scored.filter(fresh & Q(opened_by_rubric=False) & ~Q(fixed_in__in=ids))


def _went(snapshots: Snapshots) -> QuerySet[Finding]:
    scored, ids = _scored(snapshots)
    return scored.filter(Q(fixed_in__in=ids, closed_by_rubric=False) & ~Q(first_in__in=ids))


def _scored(snapshots: Snapshots) -> tuple[QuerySet[Finding], list[int]]:
    ids = [snapshot for several in snapshots.values() for snapshot in several]
    return Finding.objects.filter(repository__in=list(snapshots), cost__gt=0), ids


def _told(came: QuerySet[Finding], went: QuerySet[Finding]) -> Mapping[int, tuple[Cause, ...]]:
    found: dict[int, list[Cause]] = defaultdict(list)
    for kind, rows in (("new", came), ("fixed", went)):
        for repository, cause in _by_rule(kind, rows):
            found[repository].append(cause)
    return {
        repository: tuple(sorted(several, key=lambda cause: (-cause.points, cause.rule)))
        for repository, several in found.items()
    }


def _by_rule(kind: str, rows: QuerySet[Finding]) -> list[tuple[int, Cause]]:
    grouped = (
        rows.order_by()
        .values("repository_id", "rule")
        .annotate(n=Count("pk"), lost=Sum("points"), places=Count("path", distinct=True))
        .annotate(one=Max("path"))
        .values_list("repository_id", "rule", "n", "lost", "places", "one")
    )
    return [
        (
            repository,
            Cause(kind, rule, rule_title(rule), n, lost, one if places == 1 else "", places),
        )
        for repository, rule, n, lost, places, one in grouped
    ]
