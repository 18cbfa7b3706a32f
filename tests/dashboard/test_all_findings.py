"""What this week's commits brought to all repositories: what counts, whose it is, where it ends."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from dashboard.queries.new_findings import PAGE_SIZE, NewFindings, Wanted, new_findings
from scanner.domain.weeks import week_start
from scanner.storage.models import Finding, Membership, Repository, Snapshot, Team
from tests.portfolio import store_repository, store_team

EVERYTHING = Wanted()


def come_now(repository: Repository) -> Repository:
    """Let all open findings of a repository come with its latest snapshot, of this very day."""
    now = timezone.now()
    Snapshot.objects.filter(pk=repository.latest_id or 0).update(committed_at=now)
    Finding.objects.filter(repository=repository, fixed_in=None).update(
        first_in=repository.latest_id
    )
    return repository


def found(user: User, wanted: Wanted = EVERYTHING, number: int = 1) -> NewFindings:
    """What came this week."""
    return new_findings(user, week_start(timezone.now()), wanted, number)


def test_it_works(lead_client: Client, repository: Repository) -> None:
    come_now(repository)

    text = lead_client.get("/findings/").content.decode()

    assert "came this week." in text
    assert "/r/shop/orders/file/orders/domain/pricing.py#L212" in text
    assert 'href="/rubric/CX01/"' in text


def test_a_week_without_any_says_so(lead_client: Client, repository: Repository) -> None:
    text = lead_client.get("/findings/").content.decode()

    assert "No finding came this week." in text
    assert "Nothing came that is still open." in text
    narrowed = lead_client.get("/findings/?rule=FS01").content.decode()
    assert "No such finding came this week." in narrowed
    assert "Show all of the week" in narrowed


def test_only_what_came_with_code_this_week_and_stands_open_counts(
    lead: User, repository: Repository
) -> None:
    come_now(repository)
    rows = list(repository.findings.filter(fixed_in=None).order_by("pk"))
    assert found(lead).total == len(rows)

    Finding.objects.filter(pk=rows[0].pk).update(accepted_by="team")
    Finding.objects.filter(pk=rows[1].pk).update(opened_by_rubric=True)
    Finding.objects.filter(pk=rows[2].pk).update(fixed_in=repository.latest_id)
    Finding.objects.filter(pk=rows[3].pk).update(first_in=repository.snapshots.earliest("pk"))
    assert found(lead).total == len(rows) - 4
    latest = Snapshot.objects.filter(pk=repository.latest_id or 0)
    for change in ({"is_first": True}, {"vanished": True}, {"backfilled": True}):
        latest.update(**change)
        assert found(lead).total == 0
        latest.update(**dict.fromkeys(change, False))
    latest.update(committed_at=week_start(timezone.now()) - timedelta(seconds=1))
    assert found(lead).total == 0


def test_dearest_first_and_rules_by_their_number(lead: User, team: Team) -> None:
    for name in ("orders", "parcels"):
        come_now(store_repository(team, name))

    week = found(lead)

    points = [each.row.points for each in week.rows]
    assert points == sorted(points, reverse=True)
    assert {(each.count, each.repositories) for each in week.rules} == {(2, 2)}
    assert {each.name for each in week.rows} == {"orders", "parcels"}


def test_it_is_narrowed(lead: User, lead_client: Client, repository: Repository) -> None:
    come_now(repository)
    other = store_team("Books")
    Membership.objects.create(user=lead, team=other)
    come_now(store_repository(other, "parcels"))

    assert {each.name for each in found(lead, Wanted(team="books")).rows} == {"parcels"}
    assert {each.row.rule for each in found(lead, Wanted(rule="CX01")).rows} == {"CX01"}
    assert len(found(lead, Wanted(rule="CX01")).rules) > 1
    principle = found(lead, Wanted(principle="typing"))
    assert {each.row.principle for each in principle.rows} == {"typing"}
    assert found(lead, Wanted(principle="typing", rule="CX01")).total == 0
    everything = found(lead).total
    odd = lead_client.get("/findings/?team=nowhere&rule=%00&principle=x'&page=-1")
    assert odd.context["found"].total == everything


def test_nothing_is_told_of_other_teams(foreign_client: Client, repository: Repository) -> None:
    come_now(repository)

    for query in ("", "?team=shop", "?rule=CX01"):
        response = foreign_client.get(f"/findings/{query}")
        assert response.context["found"].total == 0
        assert "orders" not in response.content.decode()


def test_pages_and_queries_are_bounded(
    lead: User, team: Team, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(9):
        come_now(store_repository(team, f"one-{number}"))

    with django_assert_num_queries(4):
        last = found(lead, number=99)
    assert (last.number, last.pages) == (2, 2)
    assert len(last.rows) == last.total - PAGE_SIZE
