"""The list of scans, one scan while it runs and after, and asking for one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from dashboard.progress import progress_of
from dashboard.queries.scans import page_of, scan_of
from scanner.storage.models import Repository, Scan
from tests.portfolio import store_repository, store_scan

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


def address(name: str, repository: Repository, *more: object) -> str:
    """A page of the repository."""
    return reverse(name, args=[repository.team.slug, repository.slug, *more])


def test_it_works(lead_client: Client, repository: Repository) -> None:
    running = store_scan(repository)

    response = lead_client.get(address("scans", repository))

    text = response.content.decode()
    assert response.status_code == 200
    assert address("scan", repository, running.pk) in text
    assert "Reading facts: 42 of 118 modules." in text
    assert 'hx-trigger="every 2s"' in text
    assert "Scan now" in text


def test_a_list_without_live_scans_stops_asking(
    lead_client: Client, repository: Repository
) -> None:
    assert "hx-trigger" not in lead_client.get(address("scans", repository)).content.decode()


def test_a_viewer_has_no_button(viewer_client: Client, repository: Repository) -> None:
    assert "Scan now" not in viewer_client.get(address("scans", repository)).content.decode()


def test_queries_do_not_grow_with_the_list(
    repository: Repository, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(20):
        store_scan(repository, Scan.Status.FAILED)

    with django_assert_num_queries(2):
        assert page_of(repository.pk, 1).total == 23


def test_a_running_scan_shows_its_phases(lead_client: Client, repository: Repository) -> None:
    scan = store_scan(repository)

    text = lead_client.get(address("scan", repository, scan.pk)).content.decode()

    assert "35&nbsp;%" in text
    assert "42 of 118 modules" in text
    assert "The score of the last scan stands until this one is saved" in text
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in text


def test_progress_asks_again_only_while_the_scan_lives(
    lead_client: Client, repository: Repository
) -> None:
    scan = store_scan(repository)
    there = address("scan-progress", repository, scan.pk)

    live = lead_client.get(there, headers={"HX-Request": "true"})
    Scan.objects.filter(pk=scan.pk).update(
        status=Scan.Status.DONE, snapshot=repository.latest, finished_at=NOW
    )
    ended = lead_client.get(there, headers={"HX-Request": "true"})

    assert "<html" not in live.content.decode()
    assert f'hx-get="{there}"' in live.content.decode()
    assert "hx-get" not in ended.content.decode()
    assert "See the verdict" in ended.content.decode()
    assert live["Cache-Control"] == "no-store"


def test_a_failed_scan_says_why_and_what_next(lead_client: Client, repository: Repository) -> None:
    scan = store_scan(repository, Scan.Status.FAILED, error_detail="fatal: token=hidden")

    text = lead_client.get(address("scan", repository, scan.pk)).content.decode()

    assert "The host knows no repository at this address." in text
    assert "Check the address, or add a credential if it is private." in text
    assert "git.not-found" in text
    assert "Try again" in text
    assert "fatal:" not in text


@pytest.mark.parametrize(
    ("code", "offer"),
    [
        ("git.credential-refused", "Replace the credential"),
        ("git.host-key-changed", "Replace the credential"),
        ("credential.unreadable", "Replace the credential"),
        ("git.not-found", "Give a credential"),
        ("git.branch-gone", "Change the branch"),
        ("git.unreachable", "Try again"),
    ],
)
def test_a_failure_offers_what_may_mend_it(
    code: str, offer: str, owner_client: Client, repository: Repository
) -> None:
    scan = store_scan(repository, Scan.Status.FAILED, error_code=code)

    text = owner_client.get(address("scan", repository, scan.pk)).content.decode()

    assert offer in text
    assert "Try again" in text


def test_operators_see_the_scrubbed_detail(admin_client: Client, repository: Repository) -> None:
    scan = store_scan(repository, Scan.Status.FAILED, error_detail="fatal: <b>\u202egone\nline two")

    text = admin_client.get(address("scan", repository, scan.pk)).content.decode()

    assert "fatal: &lt;b&gt;[U+202E]gone\nline two" in text


def test_a_viewer_is_offered_nothing_to_press(
    viewer_client: Client, repository: Repository
) -> None:
    scan = store_scan(repository, Scan.Status.FAILED)

    text = viewer_client.get(address("scan", repository, scan.pk)).content.decode()

    assert "Try again" not in text
    assert "Replace the credential" not in text


def test_hostile_text_of_a_commit_is_text(lead_client: Client, repository: Repository) -> None:
    latest = repository.latest
    assert latest is not None
    latest.subject, latest.author = "<script>alert(1)</script>", "\u202eAnn <b>"
    latest.save()
    scan = store_scan(repository, Scan.Status.DONE, snapshot=latest, finished_at=NOW)

    text = lead_client.get(address("scan", repository, scan.pk)).content.decode()

    assert "<script>alert" not in text
    assert "[U+202E]Ann &lt;b&gt;" in text


def test_a_scan_of_another_repository_is_not_found_here(
    lead_client: Client, repository: Repository
) -> None:
    other = store_repository(repository.team, "other")
    scan = store_scan(other)

    assert lead_client.get(address("scan", repository, scan.pk)).status_code == 404
    assert lead_client.get(address("scan-progress", repository, scan.pk)).status_code == 404


@pytest.mark.parametrize(
    ("status", "phase", "states"),
    [
        ("queued", "", ["now", "todo", "todo", "todo", "todo", "todo"]),
        ("running", "", ["done", "now", "todo", "todo", "todo", "todo"]),
        ("running", "facts", ["done", "done", "done", "now", "todo", "todo"]),
        ("failed", "tree", ["done", "done", "fail", "todo", "todo", "todo"]),
        ("failed", "", ["done", "fail", "todo", "todo", "todo", "todo"]),
        ("done", "save", ["done"] * 6),
        ("running", "unheard-of", ["done", "now", "todo", "todo", "todo", "todo"]),
    ],
)
def test_phases_follow_the_scan(
    status: str, phase: str, states: list[str], repository: Repository
) -> None:
    scan = store_scan(repository, status, phase=phase)

    progress = progress_of(scan_of(repository.pk, scan.pk), NOW)

    assert [each.state for each in progress.phases] == states


def test_a_scan_that_waits_long_says_where_to_look(
    lead_client: Client, repository: Repository
) -> None:
    scan = store_scan(repository, Scan.Status.QUEUED)
    Scan.objects.filter(pk=scan.pk).update(created_at=datetime.now(UTC) - timedelta(minutes=3))

    text = lead_client.get(address("scan", repository, scan.pk)).content.decode()

    assert "Waiting for a worker." in text
    assert "No worker has taken it for 3" in text
    assert "/health/ready" in text


def test_asking_for_a_scan_queues_one(lead_client: Client, repository: Repository) -> None:
    response = lead_client.post(address("scan-now", repository))

    scan = repository.scans.get(status=Scan.Status.QUEUED)
    assert response["Location"] == address("scan", repository, scan.pk)
    assert scan.trigger == Scan.Trigger.REQUESTED


def test_asking_twice_leads_to_the_same_scan(lead_client: Client, repository: Repository) -> None:
    first = lead_client.post(address("scan-now", repository))
    second = lead_client.post(address("scan-now", repository), follow=True)

    assert second.redirect_chain[0][0] == first["Location"]
    assert "A scan was waiting already" in second.content.decode()
    assert repository.scans.filter(status=Scan.Status.QUEUED).count() == 1


def test_a_viewer_may_not_ask(viewer_client: Client, repository: Repository) -> None:
    response = viewer_client.post(address("scan-now", repository))

    assert response.status_code == 403
    assert not repository.scans.filter(status=Scan.Status.QUEUED).exists()


def test_a_scan_is_asked_for_by_a_form(lead_client: Client, repository: Repository) -> None:
    assert lead_client.get(address("scan-now", repository)).status_code == 405


def test_a_visitor_signs_in_first(client: Client, repository: Repository) -> None:
    assert client.get(address("scans", repository)).status_code == 302


def test_another_team_finds_nothing(foreign_client: Client, repository: Repository) -> None:
    scan = store_scan(repository)

    assert foreign_client.get(address("scan", repository, scan.pk)).status_code == 404
    assert foreign_client.post(address("scan-now", repository)).status_code == 404
