"""New code: only what commits since a day, or since the last release, brought."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dashboard.queries.findings import FindingFilter, page_of
from dashboard.queries.new_code import NewRow, new_code
from scanner.storage.models import Finding, Label, Repository, Snapshot, Team
from tests.portfolio import store_repository, store_team

DAY = date(2025, 3, 10)
NOON = datetime(2025, 3, 10, 12, tzinfo=UTC)


def introduce(repository: Repository, *moments: datetime | None) -> None:
    """Let the dearest open findings be of these moments, and all the others of long ago."""
    repository.findings.update(introduced_at=NOON - timedelta(days=400))
    open_ones = repository.findings.filter(fixed_in=None).order_by("-points")
    for finding, at in zip(open_ones, moments, strict=False):
        Finding.objects.filter(pk=finding.pk).update(introduced_at=at)


def only(user: User, since: date | None = DAY, **filters: str) -> NewRow:
    """The row of the only repository."""
    (row,) = new_code(user, since, **filters).rows
    return row


def test_it_works(lead_client: Client, repository: Repository) -> None:
    introduce(repository, NOON, NOON - timedelta(days=1))
    page = lead_client.get(reverse("new-code") + "?since=2025-03-10").content.decode()
    assert "1\N{NO-BREAK SPACE}finding came since 10 March 2025." in page
    assert f'{reverse("findings", args=["shop", "orders"])}?since=2025-03-10"' in page


def test_what_it_counts_is_what_the_list_of_findings_shows(
    lead: User, repository: Repository
) -> None:
    introduce(repository, NOON, NOON - timedelta(hours=12), NOON - timedelta(hours=13), None)
    repository.findings.exclude(fixed_in=None).update(introduced_at=NOON)
    row = only(lead)
    listed = page_of(repository.pk, FindingFilter(since=DAY), 1)
    assert row.count == listed.total == 2
    assert row.points == pytest.approx(sum(finding.points for finding in listed.rows))
    assert new_code(lead, DAY).undated == 1


def test_a_release_is_counted_from_its_own_day(lead: User, repository: Repository) -> None:
    introduce(repository, NOON, NOON - timedelta(days=20))
    assert only(lead, None).since is None
    first, second, _ = repository.snapshots.order_by("committed_at")
    Snapshot.objects.filter(pk=first.pk).update(tags=["v1.0"])
    Snapshot.objects.filter(pk=second.pk).update(tags=["v1.1", "stable"])
    row = only(lead, None)
    assert (row.release, row.since, row.count) == ("stable", second.committed_at.date(), 1)
    Snapshot.objects.filter(pk=second.pk).update(vanished=True)
    assert only(lead, None).release == "v1.0"


def test_team_and_label_narrow_it(lead: User, team: Team, repository: Repository) -> None:
    labelled = store_repository(team, "basket")
    Label.objects.create(repository=labelled, name="core")
    assert only(lead, label="core").place.name == "basket"
    assert new_code(lead, DAY).labels == ("core",)
    assert new_code(lead, DAY, team="other").rows == ()


def test_other_teams_are_never_told(lead: User, repository: Repository) -> None:
    other = store_repository(store_team("Other"), "secret")
    Label.objects.create(repository=other, name="hidden")
    found = new_code(lead, DAY)
    assert [row.place.name for row in found.rows] == ["orders"]
    assert found.labels == ()


@pytest.mark.parametrize("since", [DAY, None])
def test_the_number_of_queries_does_not_grow(
    lead: User, team: Team, repository: Repository, since: date | None
) -> None:
    with CaptureQueriesContext(connection) as alone:
        new_code(lead, since)
    for rank in range(5):
        introduce(store_repository(team, f"more-{rank}"), NOON)
    with CaptureQueriesContext(connection) as together:
        new_code(lead, since)
    assert len(together) == len(alone) <= 5


@pytest.mark.parametrize("query", ["", "?since=release", "?since=yesterday", "?since=%00&team=%00"])
def test_any_address_is_answered(lead_client: Client, repository: Repository, query: str) -> None:
    assert lead_client.get(reverse("new-code") + query).status_code == 200


def test_a_day_that_is_none_is_told_at_its_field(
    lead_client: Client, repository: Repository
) -> None:
    page = lead_client.get(reverse("new-code") + "?since=yesterday").content.decode()
    assert "A day reads like 2025-01-31." in page


def test_a_large_portfolio_is_told_in_pages(
    lead_client: Client, team: Team, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.views.new_code.PAGE_SIZE", 1)
    other = store_repository(team, "billing")
    introduce(repository, NOON)
    introduce(other, NOON, NOON)
    address = reverse("new-code") + "?since=2025-03-10"

    first = lead_client.get(address)
    assert [row.place.slug for row in first.context["shown"]] == ["billing"]
    assert "Page 1 of 2" in first.content.decode()
    second = lead_client.get(address + "&page=2")
    assert [row.place.slug for row in second.context["shown"]] == ["orders"]
    assert "3\N{NO-BREAK SPACE}findings came" in second.content.decode()
