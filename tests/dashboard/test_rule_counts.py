"""The catalogue counts what is open now, whatever a process has counted before."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dashboard.queries.rubric import counts
from scanner.storage.models import Repository
from scanner.storage.scans import Leases
from scanner.storage.verdicts import Verdicts
from tests.portfolio import store_repository, store_scan, store_team, store_user
from tests.scanner.hands import Hands
from tests.scanner.verdicts import make_finding, make_verdict

pytestmark = pytest.mark.django_db


@pytest.fixture
def repositories() -> list[Repository]:
    team = store_team()
    return [store_repository(team, name, snapshots=0) for name in ("orders", "billing")]


@pytest.fixture
def lead(repositories: list[Repository]) -> User:
    return store_user(repositories[0].team)


def judge(repository: Repository, *names: str) -> None:
    """Another verdict on the same commit at the same time."""
    repository.scans.all().delete()
    clock = Hands(repository.created_at)
    claim = Leases(clock).claim(store_scan(repository, "queued").pk, timedelta(minutes=1))
    assert claim is not None
    Verdicts(clock).save(claim, make_verdict(findings=map(make_finding, names)))


def test_each_verdict_is_counted_once(lead: User, repositories: list[Repository]) -> None:
    first, second = repositories
    judge(first, "pricing", "export")
    judge(second, "order")
    assert counts(lead) == {"CX01": 3}
    with CaptureQueriesContext(connection) as asked:
        assert counts(lead) == {"CX01": 3}
    assert len(asked) == 1

    judge(first, "pricing")
    assert counts(lead) == {"CX01": 2}
    judge(second)
    assert counts(lead) == {"CX01": 1}


def test_nobody_is_told_of_other_teams(lead: User, repositories: list[Repository]) -> None:
    judge(repositories[0], "pricing")
    other = store_repository(store_team("Other"), "secret", snapshots=0)
    judge(other, "pricing", "export")
    stranger = store_user(other.team, "stranger")
    assert counts(stranger) == {"CX01": 2}
    assert counts(lead) == {"CX01": 1}
