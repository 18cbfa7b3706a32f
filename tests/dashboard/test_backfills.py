"""The pages of a past: a backfill while it runs and after, and a trend of many points."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from dashboard.queries.repository import overview
from scanner.storage.models import PrincipleScore, Repository, Scan, Snapshot
from tests.dashboard.latest import latest_of
from tests.portfolio import START, store_scan

MOST_BYTES = 150_000


def address(name: str, repository: Repository, *more: object) -> str:
    """A page of the repository."""
    return reverse(name, args=[repository.team.slug, repository.slug, *more])


def text_of(client: Client, name: str, repository: Repository, *more: object) -> str:
    """A page as text."""
    response = client.get(address(name, repository, *more))
    assert response.status_code == 200
    return response.content.decode()


def store_backfill(repository: Repository, status: str = "running", **fields: object) -> Scan:
    """A backfill that has stored 120 of 480 points in two minutes."""
    believable: dict[str, object] = {
        "kind": "backfill", "phase": "points", "points": 120, "points_total": 480,
        "started_at": timezone.now() - timedelta(minutes=9), "error_code": "",
        "begun_at": timezone.now() - timedelta(minutes=2),
    }  # fmt: skip
    return store_scan(repository, status, "following", **{**believable, **fields})


def store_past(repository: Repository, points: int) -> None:
    """Weekly points before the first scan, with the principles of the latest verdict."""
    latest = latest_of(repository)
    principles = list(latest.principles.all())
    made = Snapshot.objects.bulk_create(
        Snapshot(
            repository=repository, commit=f"{number:040x}", backfilled=True,
            committed_at=START - timedelta(weeks=points - number), engine=latest.engine,
            rubric=latest.rubric, score=40 + number % 30, strict_score=40, grade="D",
            coverage=0.9 if number < 50 else 1.0, lines=100, modules=3, subject="Old",
            tags=[f"{number // 100}.0"] if number % 100 == 0 else [],
        )
        for number in range(points)
    )  # fmt: skip
    rows = []
    for snapshot in made:
        for one in principles:
            one.pk, one.snapshot = None, snapshot
            values = {field.attname: getattr(one, field.attname) for field in one._meta.fields}
            rows.append(PrincipleScore(**{**values, "id": None}))
    PrincipleScore.objects.bulk_create(rows)


def test_a_running_backfill_tells_how_long_it_goes_on(
    lead_client: Client, repository: Repository
) -> None:
    page = text_of(lead_client, "scan", repository, store_backfill(repository).pk)
    assert "Reading the past: 120 of 480 points, about 6 minutes left." in page
    assert "Cancel" in page


def test_it_tells_what_it_parses_in_bytes(lead_client: Client, repository: Repository) -> None:
    backfill = store_backfill(repository, phase="facts", done=2_500_000, total=10_000_000)
    page = text_of(lead_client, "scan", repository, backfill.pk)
    assert "2.5 of 10.0 MB" in page
    assert "about 6 minutes left" in page  # three quarters of the bytes, as of the points


def test_it_tells_the_longer_of_what_bytes_and_points_say(
    lead_client: Client, repository: Repository
) -> None:
    backfill = store_backfill(repository, phase="facts", done=1_000_000, total=11_000_000)
    page = text_of(lead_client, "scan", repository, backfill.pk)
    assert "about 20 minutes left" in page


def test_points_of_an_earlier_attempt_promise_nothing(
    lead_client: Client, repository: Repository
) -> None:
    backfill = store_backfill(repository, points_before=90)
    page = text_of(lead_client, "scan", repository, backfill.pk)
    assert "about 24 minutes left" in page


def test_nothing_is_left_to_parse_when_all_bytes_are_read(
    lead_client: Client, repository: Repository
) -> None:
    backfill = store_backfill(repository, phase="facts", done=10_000_000, total=10_000_000)
    page = text_of(lead_client, "scan", repository, backfill.pk)
    assert "about 6 minutes left" in page
    assert "10.0 of 10.0 MB" in page


def test_nothing_is_foretold_from_one_point(lead_client: Client, repository: Repository) -> None:
    backfill = store_backfill(repository, points=1)
    page = text_of(lead_client, "scan", repository, backfill.pk)
    assert "Reading the past: 1 of 480 points." in page


def test_a_cancelled_one_is_no_failure(lead_client: Client, repository: Repository) -> None:
    store_backfill(repository, "failed", error_code="backfill.cancelled")
    page = text_of(lead_client, "scans", repository)
    assert "Cancelled; 120 of 480 points are stored." in page
    assert 'class="bad-t"' not in page


def test_a_lead_cancels_it(lead_client: Client, repository: Repository) -> None:
    backfill = store_backfill(repository)
    lead_client.post(address("backfill-cancel", repository, backfill.pk))
    backfill.refresh_from_db()
    assert backfill.stop_asked


def test_a_scan_is_not_cancelled_like_that(lead_client: Client, repository: Repository) -> None:
    scan = store_scan(repository)
    lead_client.post(address("backfill-cancel", repository, scan.pk))
    scan.refresh_from_db()
    assert (scan.status, scan.stop_asked) == ("running", False)


def test_a_viewer_neither_asks_nor_cancels(viewer_client: Client, repository: Repository) -> None:
    backfill = store_backfill(repository)
    for name, more in (("backfill-cancel", (backfill.pk,)), ("backfill-now", ())):
        assert viewer_client.post(address(name, repository, *more)).status_code == 403
    page = text_of(viewer_client, "scan", repository, backfill.pk)
    assert "Cancel" not in page
    assert not Scan.objects.filter(stop_asked=True).exists()


def test_a_lead_asks_for_every_commit(lead_client: Client, repository: Repository) -> None:
    assert "Read more of the past" in text_of(lead_client, "scans", repository)
    lead_client.post(address("backfill-now", repository), {"every": "commit"})
    asked = Scan.objects.get(kind="backfill")
    assert (asked.every, asked.trigger, asked.status) == ("commit", "requested", "queued")
    assert (asked.since, asked.until) == (None, None)


def test_a_folder_is_not_offered_a_past(lead_client: Client, repository: Repository) -> None:
    Repository.objects.filter(pk=repository.pk).update(kind="folder")
    assert "Read more of the past" not in text_of(lead_client, "scans", repository)
    response = lead_client.post(address("backfill-now", repository), follow=True)
    assert "A plain folder has no past." in response.content.decode()


def test_a_long_past_is_a_small_page(lead_client: Client, repository: Repository) -> None:
    store_past(repository, 800)
    page = text_of(lead_client, "repository", repository)
    assert "803\N{NO-BREAK SPACE}points" in page
    assert len(page.encode()) < MOST_BYTES
    assert page.count('class="part"') < 50
    assert ">6.0</text>" in page


def test_older_points_change_nothing_but_the_trend(lead: User, repository: Repository) -> None:
    before = overview(lead, repository.team.slug, repository.slug)
    store_past(repository, 100)
    after = overview(lead, repository.team.slug, repository.slug)
    assert (after.verdict, after.previous, after.now) == (
        before.verdict,
        before.previous,
        before.now,
    )
    assert (after.causes, after.standings) == (before.causes, before.standings)
    assert (len(before.history.past), len(after.history.past)) == (3, 103)


def test_queries_do_not_grow_with_the_past(
    lead_client: Client, repository: Repository, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    store_past(repository, 2)
    text_of(lead_client, "repository", repository)
    with CaptureQueriesContext(connection) as few:
        text_of(lead_client, "repository", repository)
    Snapshot.objects.filter(repository=repository, backfilled=True).delete()
    store_past(repository, 50)
    with django_assert_num_queries(len(few)):
        text_of(lead_client, "repository", repository)
