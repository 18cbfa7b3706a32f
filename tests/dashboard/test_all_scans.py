"""The scans of all repositories: failures first, then what is at work, then what ended."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from dashboard.queries.all_scans import MOST_LIVE, PAGE_SIZE, RECENT, failed, queue, recent
from scanner.storage.models import Repository, Scan, Team
from tests.portfolio import store_repository, store_scan, store_team


def test_it_works(lead_client: Client, repository: Repository) -> None:
    store_scan(repository, Scan.Status.FAILED)
    store_scan(repository)

    text = lead_client.get("/scans/").content.decode()

    assert "The last scan of one repository failed." in text
    assert "The host knows no repository at this address." in text
    assert "Check the address, or add a credential if it is private." in text
    assert "Reading facts: 42 of 118 modules." in text
    assert 'hx-trigger="every 5s"' in text
    assert text.index('id="failed"') < text.index('id="now"') < text.index('id="recent"')


def test_a_quiet_week_says_so_and_asks_no_more(lead_client: Client, team: Team) -> None:
    Scan.objects.all().delete()
    text = lead_client.get("/scans/").content.decode()

    assert "Nothing was scanned this week." in text
    assert "No scan ended in the last 7 days." in text
    assert "hx-trigger" not in text


def test_only_the_last_scan_of_a_repository_says_that_it_fails(lead: User, team: Team) -> None:
    mended = store_repository(team, "mended")
    broken = store_repository(team, "broken")
    again = store_repository(team, "asked-again")
    for repository in (mended, broken, again):
        store_scan(repository, Scan.Status.FAILED)
    store_scan(mended, Scan.Status.DONE)
    store_scan(again, Scan.Status.QUEUED)
    store_scan(broken, Scan.Status.DONE, kind=Scan.Kind.BACKFILL)

    found = failed(lead)

    assert {row.name for row in found.rows} == {"broken", "asked-again"}
    assert found.total == 2


def test_what_is_at_work_stands_before_what_waits(lead: User, team: Team) -> None:
    for name in ("first", "second", "third"):
        store_repository(team, name, snapshots=0)
    Scan.objects.filter(repository__name="third").update(status=Scan.Status.RUNNING)

    found = queue(lead)

    assert [row.name for row in found.rows] == ["third", "first", "second"]
    assert (found.running, found.waiting, found.unshown) == (1, 2, 0)
    assert found.waiting_since == Scan.objects.get(repository__name="first").created_at


def test_a_queue_that_nobody_works_on_points_at_the_parts(lead_client: Client, team: Team) -> None:
    store_repository(team, "waiting", snapshots=0)
    Scan.objects.update(created_at=timezone.now() - timedelta(minutes=5))

    assert 'href="/health/ready"' in lead_client.get("/scans/").content.decode()
    store_scan(store_repository(team, "moving", snapshots=0))
    assert 'href="/health/ready"' not in lead_client.get("/scans/").content.decode()


def test_what_ended_is_narrowed_by_team_state_and_time(lead: User, repository: Repository) -> None:
    now = timezone.now()
    other = store_team("Other")
    other.memberships.create(user=lead)
    bad = store_scan(store_repository(other, "theirs", snapshots=0), Scan.Status.FAILED)
    old = store_scan(repository, Scan.Status.FAILED)
    Scan.objects.filter(pk=old.pk).update(created_at=now - RECENT - timedelta(minutes=1))

    assert recent(lead, now, "", 1).total == 4
    assert [row.scan.id for row in recent(lead, now, "failed", 1).rows] == [bad.pk]
    assert recent(lead, now, "done", 1, "shop").total == 3
    assert recent(lead, now, "failed", 1, "shop").total == 0
    assert recent(lead, now, "nonsense", 1).total == 4


def test_lists_have_ends(lead: User, lead_client: Client, team: Team) -> None:
    repositories = Repository.objects.bulk_create(
        Repository(team=team, name=f"many-{number}", slug=f"many-{number}", address="x")
        for number in range(PAGE_SIZE + 10)
    )
    for status in (Scan.Status.QUEUED, Scan.Status.DONE):
        Scan.objects.bulk_create(
            Scan(repository=one, status=status, trigger="requested") for one in repositories
        )

    going, last = queue(lead), recent(lead, timezone.now(), "", 99)
    assert (len(going.rows), going.unshown) == (MOST_LIVE, 10)
    assert (len(last.rows), last.number, last.pages) == (10, 2, 2)
    assert "10 more wait behind them." in lead_client.get("/scans/").content.decode()


def test_a_part_of_the_page_is_drawn_alone(lead_client: Client, repository: Repository) -> None:
    store_scan(repository)
    text = lead_client.get("/scans/", headers={"hx-request": "true"}).content.decode()

    assert text.lstrip().startswith('<div id="all-scans"')
    assert 'id="recent"' not in text


def test_nothing_is_told_of_other_teams(foreign_client: Client, repository: Repository) -> None:
    store_scan(repository, Scan.Status.FAILED)
    store_scan(repository)

    for query in ("", "?team=shop", "?team=shop&state=failed"):
        response = foreign_client.get(f"/scans/{query}")
        assert repository.name not in response.content.decode()
        assert response.context["failed"].total == 0


def test_queries_do_not_grow(
    lead: User, team: Team, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(4):
        repository = store_repository(team, f"one-{number}")
        store_scan(repository, Scan.Status.FAILED)
        store_scan(repository)

    with django_assert_num_queries(7):
        assert len(queue(lead).rows) == 4
        assert len(failed(lead).rows) == 4
        assert len(recent(lead, timezone.now(), "", 1).rows) == 16
