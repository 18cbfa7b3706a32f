"""The page of a past: what is known, what more would take, and what left the branch."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from dashboard.queries.known_past import known_past
from scanner.storage.models import Repository, Scan, Snapshot
from tests.dashboard.test_backfills import address, store_backfill, store_past
from tests.services.repositories import FIRST_COMMIT, RepositoryBuilder

MODULE = "def f{0}(x):\n    return x\n"


@pytest.fixture
def shop(repository: Repository, tmp_path: Path, settings: Settings) -> RepositoryBuilder:
    """The repository as it lies on this machine: ten commits, one each five days."""
    builder = RepositoryBuilder(tmp_path / "shop")
    for number in range(10):
        when = FIRST_COMMIT + timedelta(days=5 * number)
        builder.commit({"shop/a.py": MODULE.format(number)}, when=when)
    settings.CODEVITALS = replace(settings.CODEVITALS, local_roots=(tmp_path,))
    Repository.objects.filter(pk=repository.pk).update(kind="local", address=str(builder.path))
    assert repository.latest is not None
    Snapshot.objects.filter(pk=repository.latest.pk).update(commit=builder.head("HEAD"))
    return builder


def ask(client: Client, repository: Repository, **query: str) -> str:
    """The page, with a choice in its address, and with plain spaces."""
    page = client.get(address("past", repository), query).content.decode()
    return page.replace("\N{NO-BREAK SPACE}", " ")


def test_it_tells_what_is_known(viewer_client: Client, repository: Repository) -> None:
    store_past(repository, 40)
    page = ask(viewer_client, repository)
    assert "43 points on the branch" in page
    assert "nothing was pushed over by force" in page
    assert "See what it takes" not in page


def test_a_lead_sees_what_a_choice_takes_before_it_is_made(
    lead_client: Client, repository: Repository, shop: RepositoryBuilder
) -> None:
    second = (FIRST_COMMIT + timedelta(days=5)).date().isoformat()
    page = ask(lead_client, repository, every="commit", since=second)
    assert "less than a minute on an idle machine" in page
    assert "9 points of 9 commits" in page
    assert not Scan.objects.filter(kind="backfill").exists()

    lead_client.post(address("backfill-now", repository), {"every": "commit", "since": second})
    asked = Scan.objects.get(kind="backfill")
    assert (asked.every, asked.since, asked.until) == ("commit", date.fromisoformat(second), None)


def test_days_without_commits_are_not_offered(
    lead_client: Client, repository: Repository, shop: RepositoryBuilder
) -> None:
    page = ask(lead_client, repository, every="commit", until="1999-12-31")
    assert "The branch has no commit in this time." in page
    assert 'id="read"' not in page


def test_a_machine_without_the_repository_says_so(
    lead_client: Client, repository: Repository
) -> None:
    Repository.objects.filter(pk=repository.pk).update(kind="remote")
    page = ask(lead_client, repository, every="week")
    assert "this machine does not hold the repository" in page
    assert 'id="read"' in page


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"every": "week", "since": "yesterday"}, "A day reads like 2025-01-31."),
        (
            {"every": "week", "since": "2025-02-01", "until": "2025-01-01"},
            "The last day is before the first.",
        ),
        ({"every": "hour"}, "Choose one of the three."),
    ],
)
def test_a_wrong_choice_is_told_at_its_field(
    lead_client: Client, repository: Repository, given: dict[str, str], told: str
) -> None:
    assert told in ask(lead_client, repository, **given)
    response = lead_client.post(address("backfill-now", repository), given, follow=True)
    assert "the choice of points is not valid" in response.content.decode()
    assert not Scan.objects.filter(kind="backfill").exists()


def test_a_running_backfill_is_named(lead_client: Client, repository: Repository) -> None:
    running = store_backfill(repository)
    page = ask(lead_client, repository)
    assert "A backfill is under way." in page
    assert address("scan", repository, running.pk) in page


def test_what_left_the_branch_is_listed_apart(
    viewer_client: Client, repository: Repository
) -> None:
    store_past(repository, 60)
    rows = Snapshot.objects.filter(repository=repository, backfilled=True).order_by("pk")[:52]
    gone = [row.pk for row in rows]
    Snapshot.objects.filter(pk__in=gone).update(vanished=True, subject="<b>Rewritten</b>")
    page = ask(viewer_client, repository)
    assert "52 verdicts on commits that someone pushed over by force" in page
    assert page.count("&lt;b&gt;Rewritten") == 50
    assert "11 points on the branch" in page
    more = ask(viewer_client, repository, page="2")
    assert more.count("&lt;b&gt;Rewritten") == 2


def test_queries_do_not_grow_with_the_past(
    repository: Repository, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    store_past(repository, 1)
    Snapshot.objects.filter(repository=repository, backfilled=True).update(vanished=True)
    with django_assert_num_queries(4):
        known_past(repository.pk, 1)
    Snapshot.objects.filter(repository=repository, backfilled=True).delete()
    store_past(repository, 30)
    Snapshot.objects.filter(repository=repository, backfilled=True).update(vanished=True)
    with django_assert_num_queries(4):
        found = known_past(repository.pk, 1)
    assert (found.points, found.left.total) == (3, 30)
    assert isinstance(found.last, datetime)
    assert found.last <= timezone.now()
