"""What a page keeps of a verdict, it keeps until there is another one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dashboard.outlook import Outlook, outlook
from dashboard.queries.repository import overview
from scanner.storage.models import FileScore, Repository
from scanner.storage.scans import Leases
from scanner.storage.verdicts import Verdicts
from tests.portfolio import store_repository, store_scan, store_team, store_user
from tests.scanner.hands import Hands
from tests.scanner.verdicts import make_file, make_finding, make_verdict

pytestmark = pytest.mark.django_db


@pytest.fixture
def repository() -> Repository:
    made = store_repository(store_team(), snapshots=0)
    made.scans.all().delete()
    return made


@pytest.fixture
def lead(repository: Repository) -> User:
    return store_user(repository.team)


def judge(repository: Repository, clock: Hands, *names: str) -> None:
    """Another verdict on the same commit, with a finding in each of these files."""
    claim = Leases(clock).claim(store_scan(repository, "queued").pk, timedelta(minutes=1))
    assert claim is not None
    files = [make_file(f"shop/{name}.py", 1.5) for name in names]
    Verdicts(clock).save(claim, make_verdict("a" * 40, map(make_finding, names), files))


def seen(user: User, repository: Repository) -> tuple[Outlook, int]:
    """The outlook of the page that somebody opens, and the queries it took."""
    page = overview(user, repository.team.slug, repository.slug)
    with CaptureQueriesContext(connection) as asked:
        found = outlook(page)
    assert found is not None
    return found, len(asked)


def test_another_verdict_on_the_same_commit_is_another_outlook(
    lead: User, repository: Repository
) -> None:
    clock = Hands()
    judge(repository, clock, "pricing", "export")
    first, _ = seen(lead, repository)
    assert [file.path for file in first.worst] == ["shop/export.py", "shop/pricing.py"]
    assert first.plan is not None

    judge(repository, clock, "checkout")
    second, asked = seen(lead, repository)
    assert [file.path for file in second.worst] == ["shop/checkout.py"]
    assert second.plan is not None
    assert {fix.path for fix in second.plan.fixes} == {"shop/checkout.py"}
    assert asked > 0
    assert seen(lead, repository) == (second, 0)


def test_whoever_may_see_it_gets_the_same(lead: User, repository: Repository) -> None:
    judge(repository, Hands(), "pricing")
    found, _ = seen(lead, repository)
    viewer = store_user(repository.team, "viewer", "viewer")
    assert seen(viewer, repository) == (found, 0)
    assert FileScore.objects.count() == found.modules
