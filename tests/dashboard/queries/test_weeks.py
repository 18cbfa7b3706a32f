"""What changed this week: from the point before Monday, scanned or read later, with causes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User

from dashboard.queries.movements import Movement
from dashboard.queries.portfolio import portfolio
from dashboard.queries.portfolio_rows import Row
from scanner.storage.models import Finding, Repository, Snapshot, Team
from tests.portfolio import store_repository

MONDAY = datetime(2025, 3, 17, tzinfo=UTC)
NOW = MONDAY + timedelta(days=3)
"""A Thursday; the repositories of `store_repository` were scanned on Mondays at nine."""


@dataclass(frozen=True)
class Told:
    """What the page says of the only repository."""

    row: Row
    changes: tuple[Movement, ...]


def told(user: User, now: datetime = NOW) -> Told:
    """The portfolio of one repository."""
    page = portfolio(user, now)
    (row,) = page.rows
    return Told(row, page.changes)


def store_point(repository: Repository, at: datetime, score: float, rubric: str = "") -> Snapshot:
    """A point of the past, as a backfill stores it."""
    latest = repository.latest
    assert latest is not None
    return Snapshot.objects.create(
        repository=repository, commit=f"{int(at.timestamp()):040x}", committed_at=at,
        engine=latest.engine, rubric=rubric or latest.rubric, score=score, strict_score=score,
        grade="C", coverage=1.0, lines=10, modules=1, backfilled=True, subject="Long ago",
    )  # fmt: skip


def test_a_point_that_was_read_later_stands_before_monday(lead: User, team: Team) -> None:
    repository = store_repository(team, snapshots=1)
    scanned = MONDAY + timedelta(days=1)
    Snapshot.objects.filter(repository=repository).update(committed_at=scanned, score=70.0)
    store_point(repository, MONDAY - timedelta(days=12), 60.0)
    store_point(repository, MONDAY - timedelta(minutes=1), 75.0)
    assert told(lead).row.week == pytest.approx(-5.0)
    assert told(lead).row.month is None


def test_a_commit_of_monday_morning_is_of_this_week(lead: User, repository: Repository) -> None:
    scores = list(repository.snapshots.order_by("committed_at").values_list("score", flat=True))
    assert told(lead).row.week == pytest.approx(scores[2] - scores[1], abs=0.1)
    on_monday = told(lead, MONDAY + timedelta(days=7, hours=8))
    assert on_monday.row.week == told(lead).row.week
    assert told(lead, MONDAY + timedelta(days=8, hours=8)).row.week == 0.0


def test_a_point_that_vanished_from_the_branch_stands_for_nothing(lead: User, team: Team) -> None:
    repository = store_repository(team, snapshots=1)
    Snapshot.objects.filter(repository=repository).update(committed_at=NOW - timedelta(days=1))
    gone = store_point(repository, MONDAY - timedelta(days=2), 40.0)
    Snapshot.objects.filter(pk=gone.pk).update(vanished=True)
    assert told(lead).row.week is None


def test_a_first_scan_of_this_week_tells_what_its_commits_brought(lead: User, team: Team) -> None:
    repository = store_repository(team, snapshots=1)
    Snapshot.objects.filter(repository=repository).update(committed_at=NOW - timedelta(days=1))
    store_point(repository, MONDAY - timedelta(days=2), 95.0)
    worst = repository.findings.order_by("-points")[0]
    Finding.objects.filter(pk=worst.pk).update(introduced_at=MONDAY + timedelta(days=1))
    Finding.objects.exclude(pk=worst.pk).update(introduced_at=MONDAY - timedelta(days=50))
    (change,) = told(lead).changes
    assert [(cause.kind, cause.rule, cause.path) for cause in change.causes] == [
        ("new", worst.rule, worst.path)
    ]


def test_a_rubric_by_which_the_past_was_judged_again_is_no_cause(
    lead: User, repository: Repository
) -> None:
    latest = repository.latest
    assert latest is not None
    Snapshot.objects.filter(pk=latest.pk).update(
        rubric="2", rubric_before="1", score=latest.score - 8, score_before=latest.score
    )
    (change,) = told(lead).changes
    assert change.rubric == pytest.approx(-8)
    store_point(repository, MONDAY - timedelta(hours=1), latest.score - 9, rubric="2")
    (change,) = told(lead).changes
    assert change.rubric == 0
    assert change.row.week == pytest.approx(1.0)


def test_who_can_tell_of_it_is_named_in_the_order_of_the_alphabet(
    lead: User, repository: Repository
) -> None:
    latest = repository.latest
    assert latest is not None
    Snapshot.objects.filter(pk=latest.pk).update(author="Team Shop")
    came = list(repository.findings.filter(fixed_in=None))[:3]
    for finding, name in zip(came, ("Web Guild", "Archive Guild", "Web Guild"), strict=True):
        Finding.objects.filter(pk=finding.pk).update(first_in=latest, introduced_by=name)
    (change,) = told(lead).changes
    assert change.authors == ("Archive Guild", "Team Shop", "Web Guild")


def test_movers_are_told_with_their_causes(lead: User, repository: Repository) -> None:
    page = portfolio(lead, NOW + timedelta(days=14))
    (mover,) = page.movers
    assert mover.row.moved > 0
    assert {cause.kind for cause in mover.causes} == {"fixed"}
    assert mover.subject.startswith("Split the price list")
