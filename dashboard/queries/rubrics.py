"""Rubrics: what holds, what each verdict was made with, and who changed what."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.http import Http404

from dashboard.names import rule_title
from scanner.application.rubrics import Rubrics, Standing
from scanner.domain.rubric import DEFAULT, Rubric
from scanner.domain.rubric_values import (
    Difference,
    InvalidValuesError,
    differences,
    redirected,
    restored,
)
from scanner.storage.models import Finding, JudgedRubric, RubricVersion, Snapshot
from scanner.storage.rubrics import RubricVersions

MOST_VERSIONS = 50


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One change of a rubric: who, when, why, and what differs from the version before."""

    number: int
    version: str
    note: str
    author: str
    at: datetime
    differences: tuple[Difference, ...]
    is_own: bool  # else of the default that is inherited


@dataclass(frozen=True, slots=True)
class RuleMove:
    """How many findings of a rule came and went by a change of the rubric alone."""

    code: str
    name: str
    came: int
    went: int


@dataclass(frozen=True, slots=True)
class RubricStep:
    """Two rubrics that judged one repository, one after the other.

    `differences` is None where one of them was never kept. `effect` is what the change did to the
    score of one commit; None where no verdict knows it.
    """

    before: str
    after: str
    differences: tuple[Difference, ...] | None
    effect: float | None
    score: float | None  # with it, on that commit
    commit: str
    at: datetime | None
    moves: tuple[RuleMove, ...]
    versions: tuple[VersionRow, ...]


def standing_of(repository_id: int | None = None) -> Standing:
    """The rubric that holds for a repository, or the default; two queries, or one."""
    return Rubrics(RubricVersions()).standing(repository_id)


def default_rubric() -> Rubric:
    """What every repository inherits."""
    return standing_of().rubric


def judged_by(version: str) -> Rubric:
    """The rubric behind a verdict, in one query; the product's own where it was not kept."""
    content = contents({version}).get(version)
    try:
        return DEFAULT if content is None else restored(DEFAULT, content)
    except InvalidValuesError:
        return DEFAULT


def verdict_version(repository_id: int) -> str:
    """The version that the latest verdict was made with; "" before the first."""
    return RubricVersions().judged_by(repository_id)


def contents(versions: Collection[str]) -> Mapping[str, Mapping[str, float | int | bool]]:
    """The values of rubrics by version, in one query; those that were never kept are missing."""
    rows = JudgedRubric.objects.filter(version__in=versions)
    return dict(rows.values_list("version", "content"))


def changed(before: str, after: str) -> tuple[Difference, ...] | None:
    """What differs between two versions, in one query; None where one was never kept."""
    known = contents({before, after})
    if before not in known or after not in known:
        return None
    return differences(known[before], known[after])


def versions_of(repository_id: int | None) -> tuple[VersionRow, ...]:
    """The changes of one rubric, newest first, in one query."""
    rows = RubricVersion.objects.filter(repository=repository_id).order_by("-number")
    return _version_rows(list(rows[: MOST_VERSIONS + 1]))[:MOST_VERSIONS]


def version_of(repository_id: int | None, number: int) -> Mapping[str, object] | None:
    """What one version changes of what it inherits."""
    rows = RubricVersion.objects.filter(repository=repository_id, number=number)
    return rows.values_list("changes", flat=True).first()


def step_of(repository_id: int, before: str, after: str) -> RubricStep:
    """A change of the rubric that judged a repository. Raises Http404 when it never did."""
    judged = Snapshot.objects.filter(repository_id=repository_id)
    known = set(judged.filter(rubric__in=[before, after]).values_list("rubric", flat=True))
    if known != {before, after}:
        raise Http404("no verdict of this repository was made with these rubrics")
    told = judged.filter(rubric=after, rubric_before=before).order_by("-judged_at").first()
    return RubricStep(
        before=before,
        after=after,
        differences=changed(before, after),
        effect=told.score - told.score_before if told and told.score_before is not None else None,
        score=told.score if told else None,
        commit=told.commit if told else "",
        at=told.judged_at if told else None,
        moves=_moves(told) if told else (),
        versions=_between(repository_id, before, after),
    )


def _moves(snapshot: Snapshot) -> tuple[RuleMove, ...]:
    """What came and went by the rubric with a verdict, by rule."""
    came = Q(first_in=snapshot, opened_by_rubric=True)
    went = Q(fixed_in=snapshot, closed_by_rubric=True)
    rows = (
        Finding.objects.filter(came | went, repository_id=snapshot.repository_id)
        .order_by()
        .values("rule")
        .annotate(came=Count("pk", filter=came), went=Count("pk", filter=went))
    )
    found = rows.order_by("rule").values_list("rule", "came", "went")
    return tuple(RuleMove(code, rule_title(code), came, went) for code, came, went in found)


def _between(repository_id: int, before: str, after: str) -> tuple[VersionRow, ...]:
    """Who changed something between the last verdict by one rubric and the last by the other."""
    judged = Snapshot.objects.filter(repository_id=repository_id, backfilled=False)
    end = judged.filter(rubric=after).order_by("-judged_at").first()
    if end is None:
        return ()
    earlier = judged.filter(rubric=before, judged_at__lte=end.judged_at)
    start = earlier.order_by("-judged_at").first()
    if start is None:
        return ()
    since, until = _read_at(start), _read_at(end)
    own = _versions_until(Q(repository_id=repository_id), until)
    late = [row for row in (*own, *_versions_until(Q(repository=None), until)) if row.at >= since]
    return tuple(sorted(late, key=lambda row: row.at, reverse=True))


def _versions_until(whose: Q, until: datetime) -> tuple[VersionRow, ...]:
    """The newest changes of one rubric at a time."""
    rows = RubricVersion.objects.filter(whose, created_at__lte=until).order_by("-number")
    return _version_rows(list(rows[: MOST_VERSIONS + 1]))[:MOST_VERSIONS]


def _read_at(snapshot: Snapshot) -> datetime:
    """When the rubric of a verdict was looked up: as its scan began, not as that ended."""
    scan = snapshot.scans.exclude(started_at=None).order_by("-pk").first()
    return scan.started_at if scan and scan.started_at else snapshot.judged_at


def _version_rows(rows: list[RubricVersion]) -> tuple[VersionRow, ...]:
    """Rows of one rubric, newest first, each against the one below it."""
    below = {row.number: row.changes for row in rows}
    return tuple(
        VersionRow(
            number=row.number,
            version=row.version,
            note=row.note,
            author=row.author_name,
            at=row.created_at,
            differences=redirected(below.get(row.number - 1, {}), row.changes),
            is_own=row.repository_id is not None,
        )
        for row in rows
    )
