"""The scores of many repositories together, added up in the database."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Case, Sum, Value, When
from django.db.models.fields import BooleanField

from dashboard.charts.scale import shown_change
from dashboard.rollup import Mass, RollUp, roll_up
from scanner.domain.rubric import Rubric
from scanner.storage.models import PrincipleScore


@dataclass(frozen=True, slots=True)
class Totals:
    """All repositories, their change since a time, and all but the one that stands lowest."""

    total: RollUp | None = None
    change: float | None = None  # over those that were known then
    without_worst: RollUp | None = None


@dataclass(frozen=True, slots=True)
class _Group:
    """The masses of several repositories that share their terms."""

    mass: Mass
    is_marked: bool  # known at the time before
    is_worst: bool


def totals(
    latest: Mapping[int, int], then: Mapping[int, int], worst: int | None, default: Rubric
) -> Totals:
    """The roll-ups of latest snapshots and of those before, by repository; two queries."""
    if not latest:
        return Totals()
    known = [snapshot for repository, snapshot in latest.items() if repository in then]
    groups = _groups(latest.values(), known, latest.get(worst) if worst is not None else None)
    before = roll_up((group.mass for group in _groups(then.values(), (), None)), default)
    of_known = roll_up((group.mass for group in groups if group.is_marked), default)
    return Totals(
        total=roll_up((group.mass for group in groups), default),
        change=shown_change(of_known.score, before.score) if of_known and before else None,
        without_worst=roll_up((group.mass for group in groups if not group.is_worst), default),
    )


def _groups(
    snapshots: Collection[int], marked: Collection[int], worst: int | None
) -> tuple[_Group, ...]:
    """Masses by principle and terms, those of marked snapshots apart from the others'."""
    if not snapshots:
        return ()
    terms = ("principle", "grace", "rigour", "weight")
    rows = PrincipleScore.objects.filter(snapshot__in=list(snapshots), applicable=True).order_by()
    grouped = (
        rows.annotate(is_marked=_is_one_of(marked), is_worst=_is_one_of([worst] if worst else []))
        .values(*terms, "is_marked", "is_worst")
        .annotate(good=Sum("conforming"), bad=Sum("debt"))
    )
    columns = ("principle", "good", "bad", "grace", "rigour", "weight", "is_marked", "is_worst")
    return tuple(
        _Group(Mass(*row[:6]), is_marked=bool(row[6]), is_worst=bool(row[7]))
        for row in grouped.values_list(*columns)
    )


def _is_one_of(snapshots: Collection[int]) -> Case | Value:
    if not snapshots:
        return Value(False, output_field=BooleanField())
    return Case(When(snapshot__in=list(snapshots), then=Value(True)), default=Value(False))
