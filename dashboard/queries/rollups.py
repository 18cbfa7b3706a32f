"""The scores of many repositories together, added up in the database."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Case, QuerySet, Sum, Value, When
from django.db.models.fields import BooleanField

from dashboard.charts.scale import shown_change
from dashboard.rollup import Mass, RollUp, roll_up
from scanner.domain.rubric import Rubric
from scanner.storage.models import PrincipleScore, Repository


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
    is_fresh: bool  # not known at the time before
    is_worst: bool


def totals(
    repositories: QuerySet[Repository],
    then: Collection[int],
    fresh: Collection[int],
    worst: int | None,
    default: Rubric,
) -> Totals:
    """The roll-ups of latest snapshots, and of those that stood then; two queries.

    `fresh` are the latest snapshots of repositories that were not known then, `worst` is the
    latest of the one that stands lowest.
    """
    latest = repositories.order_by().exclude(latest=None).values("latest")
    groups = _groups(_masses().filter(snapshot__in=latest), fresh, worst)
    earlier = _groups(_masses().filter(snapshot__in=then), (), None) if then else ()
    before = roll_up((group.mass for group in earlier), default)
    of_known = roll_up((group.mass for group in groups if not group.is_fresh), default)
    return Totals(
        total=roll_up((group.mass for group in groups), default),
        change=shown_change(of_known.score, before.score) if of_known and before else None,
        without_worst=roll_up((group.mass for group in groups if not group.is_worst), default),
    )


def _masses() -> QuerySet[PrincipleScore]:
    return PrincipleScore.objects.filter(applicable=True).order_by()


def _groups(
    masses: QuerySet[PrincipleScore], fresh: Collection[int], worst: int | None
) -> tuple[_Group, ...]:
    """Masses by principle and terms, those of fresh snapshots apart from the others'."""
    terms = ("principle", "rigour", "weight")
    marked = masses.annotate(
        is_fresh=_is_one_of(fresh), is_worst=_is_one_of(() if worst is None else (worst,))
    )
    grouped = marked.values(*terms, "is_fresh", "is_worst").annotate(
        good=Sum("conforming"), bad=Sum("debt"), given=Sum("grace")
    )
    columns = ("principle", "good", "bad", "given", "rigour", "weight", "is_fresh", "is_worst")
    return tuple(
        _Group(Mass(*row[:6]), is_fresh=bool(row[6]), is_worst=bool(row[7]))
        for row in grouped.values_list(*columns)
    )


def _is_one_of(snapshots: Collection[int]) -> Case | Value:
    if not snapshots:
        return Value(False, output_field=BooleanField())
    return Case(When(snapshot__in=snapshots, then=Value(True)), default=Value(False))
