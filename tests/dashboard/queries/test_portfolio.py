"""The portfolio: rows, roll-up, what changed and why."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dashboard.queries.portfolio import detailed, portfolio, rows_of
from dashboard.rollup import roll_up
from scanner.domain.masses import Mass
from scanner.domain.rubric import KEYS
from scanner.storage.models import PrincipleScore, Repository, Scan, Snapshot, Team
from tests.dashboard.latest import change_latest
from tests.portfolio import START, store_repository, store_scan, store_team, store_user

NOW = START + timedelta(weeks=2, days=1)
"""The day after the third weekly snapshot of `store_repository`."""


def queries(user: User) -> int:
    """How many queries the portfolio takes."""
    with CaptureQueriesContext(connection) as seen:
        portfolio(user, NOW)
    return len(seen)


def test_a_row_says_where_a_repository_stands(lead: User, repository: Repository) -> None:
    (row,) = detailed(portfolio(lead, NOW).rows, NOW)
    latest = repository.latest
    assert latest is not None
    assert (row.name, row.team, row.score, row.grade) == (
        "orders",
        "Shop",
        latest.score,
        latest.grade,
    )
    assert [cell.key for cell in row.cells] == list(KEYS)
    assert [cell.score is not None for cell in row.cells] == [True] * 5 + [False] * 5
    assert (row.new, row.fixed) == (0, 1)
    assert row.state.kind == "done"
    assert row.commit == latest.commit


def test_the_number_of_queries_does_not_grow_with_repositories(lead: User, team: Team) -> None:
    store_repository(team, "first")
    alone = queries(lead)
    for rank in range(6):
        store_repository(team, f"more-{rank}")
    store_repository(team, "empty", snapshots=0)
    assert queries(lead) == alone


def test_rows_of_other_teams_are_never_fetched(lead: User, repository: Repository) -> None:
    other = store_repository(store_team("Other"), "secret")
    assert [row.id for row in portfolio(lead, NOW).rows] == [repository.pk]
    assert [row.id for row in rows_of(lead, NOW, {repository.pk, other.pk})] == [repository.pk]
    assert portfolio(lead, NOW, "other").rows == ()
    assert [choice.slug for choice in portfolio(lead, NOW).teams] == ["shop"]


def test_the_change_of_a_week_is_that_of_the_score_a_week_ago(
    lead: User, repository: Repository
) -> None:
    scores = list(repository.snapshots.order_by("committed_at").values_list("score", flat=True))
    (row,) = portfolio(lead, NOW).rows
    assert row.week == pytest.approx(scores[2] - scores[1], abs=0.1)
    assert row.week is not None
    assert row.week > 0
    assert row.month is None  # nobody had looked thirty days ago


def test_a_repository_without_a_new_commit_has_not_changed(
    lead: User, repository: Repository
) -> None:
    (row,) = portfolio(lead, NOW + timedelta(days=60)).rows
    assert (row.week, row.month, row.new, row.fixed) == (0.0, 0.0, 0, 0)
    assert repository.pk == row.id


def test_what_changed_names_its_causes(lead: User, repository: Repository) -> None:
    (change,) = portfolio(lead, NOW).changes
    fixed = repository.findings.get(fixed_in=repository.latest)
    assert change.row.id == repository.pk
    assert [(c.kind, c.rule, c.count, c.path) for c in change.causes] == [
        ("fixed", fixed.rule, 1, fixed.path)
    ]
    assert change.causes[0].effect == fixed.points


def test_the_findings_of_the_first_scan_ever_are_no_change(lead: User, team: Team) -> None:
    store_repository(team, "fresh", snapshots=1)
    page = portfolio(lead, START + timedelta(hours=1))
    assert page.changes == ()
    assert page.week is None
    assert page.rows[0].week is None
    assert page.rows[0].new == 0


def test_the_roll_up_adds_masses_and_never_averages(lead: User, team: Team) -> None:
    for name, factor in (("small", 1), ("large", 40)):
        repository = store_repository(team, name)
        for row in PrincipleScore.objects.filter(snapshot=repository.latest, applicable=True):
            row.conforming, row.debt = row.conforming * factor, row.debt * (1 if factor > 1 else 5)
            row.save()
    page = portfolio(lead, NOW)
    rows = PrincipleScore.objects.filter(snapshot__in=Repository.objects.values("latest"))
    masses = [
        Mass(row.principle, row.conforming, row.debt, row.grace, row.rigour, row.weight)
        for row in rows
        if row.applicable
    ]
    assert page.total == roll_up(masses)
    small, large = (roll_up(masses[rank * 5 : rank * 5 + 5]) for rank in range(2))
    assert page.total is not None
    assert small is not None
    assert large is not None
    assert small.score < page.total.score < large.score
    assert abs(page.total.score - (small.score + large.score) / 2) > 1


def test_without_its_worst_repository_the_rest_stands_where_it_stands(
    lead: User, team: Team
) -> None:
    store_repository(team, "orders", snapshots=1)
    better = store_repository(team, "basket", snapshots=3)
    page = portfolio(lead, NOW)
    assert page.without_worst is not None
    assert better.latest is not None
    assert page.without_worst == pytest.approx(better.latest.score)


def test_a_queued_first_scan_has_no_score(lead: User, team: Team) -> None:
    store_repository(team, "fresh", snapshots=0)
    page = portfolio(lead, NOW)
    (row,) = page.rows
    assert (row.score, row.spark, row.state.kind) == (None, (), "queued")
    assert page.total is None
    assert page.scored == ()


def test_a_repository_nobody_scanned_says_so(lead: User, team: Team) -> None:
    Repository.objects.create(team=team, name="idle", slug="idle", address="https://x.example/a")
    (row,) = portfolio(lead, NOW).rows
    assert row.state.kind == "never"


@pytest.mark.parametrize(
    ("stored", "kind"),
    [
        ([Scan.Status.FAILED], "failed"),
        ([Scan.Status.FAILED, Scan.Status.DONE], "done"),
        ([Scan.Status.RUNNING, Scan.Status.QUEUED], "running"),
        ([Scan.Status.DONE, Scan.Status.QUEUED], "queued"),
    ],
)
def test_the_state_is_that_of_the_scan_that_matters(
    stored: list[str], kind: str, lead: User, repository: Repository
) -> None:
    for status in stored:
        store_scan(repository, status)
    (row,) = portfolio(lead, NOW).rows
    assert row.state.kind == kind
    assert row.score is not None


def test_a_failed_scan_carries_its_cause(lead: User, repository: Repository) -> None:
    failed = store_scan(repository, Scan.Status.FAILED)
    (row,) = portfolio(lead, NOW).rows
    assert row.state.scan == failed.pk
    assert row.state.message == failed.error_message
    assert row.state.next_step == failed.error_next_step


def test_a_partial_verdict_is_marked(lead: User, repository: Repository) -> None:
    change_latest(repository, coverage=0.949)
    assert portfolio(lead, NOW).rows[0].partial
    change_latest(repository, coverage=0.95)
    assert not portfolio(lead, NOW).rows[0].partial


def test_the_sparkline_spans_half_a_year_and_ends_now(lead: User, repository: Repository) -> None:
    (row,) = detailed(portfolio(lead, NOW).rows, NOW)
    places = [place for place, _ in row.spark]
    assert places == sorted(places)
    assert places[-1] == 1.0
    assert places[0] == pytest.approx(1 - 2 / 26, abs=0.01)
    assert row.spark[-1][1] == row.score
    much_later = NOW + timedelta(weeks=52)
    (later,) = detailed(portfolio(lead, much_later).rows, much_later)
    assert later.spark[0] == (0.0, row.score)


def test_one_commit_judged_twice_is_one_moment(lead: User, repository: Repository) -> None:
    latest = repository.latest
    assert latest is not None
    again = Snapshot.objects.get(pk=latest.pk)
    again.pk, again.rubric, again.score = None, "2", 50.0
    again.save()
    (row,) = detailed(portfolio(lead, NOW).rows, NOW)
    assert [value for _, value in row.spark][-2:] == [50.0, latest.score]


def test_an_empty_portfolio_knows_who_may_begin(team: Team) -> None:
    now = datetime.now(UTC)
    lead, viewer = store_user(team, "a-lead"), store_user(team, "a-viewer", "viewer")
    assert portfolio(lead, now).may_add
    assert not portfolio(viewer, now).may_add
    assert portfolio(viewer, now).rows == ()
