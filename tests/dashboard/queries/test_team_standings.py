"""Where each team stands: the same sums as the team's own portfolio, in as many queries."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dashboard.queries.portfolio import portfolio
from scanner.storage.models import Membership, Repository, Team
from tests.dashboard.latest import change_latest
from tests.portfolio import START, store_repository, store_team, store_user

NOW = START + timedelta(weeks=2, days=1)


def store_second(lead: User) -> Team:
    """Another team of the lead, with two repositories of its own."""
    other = store_team("Books")
    Membership.objects.create(user=lead, team=other, role=Membership.Role.VIEWER)
    store_repository(other, "parcels", snapshots=2)
    store_repository(other, "letters")
    return other


def test_each_team_stands_as_its_own_portfolio_says(lead: User, repository: Repository) -> None:
    store_repository(store_second(lead), "fresh", snapshots=0)

    found = portfolio(lead, NOW).by_team

    assert [(each.name, each.repositories) for each in found] == [("Books", 3), ("Shop", 1)]
    for each in found:
        alone = portfolio(lead, NOW, each.slug)
        assert alone.total is not None
        assert (each.score, each.week) == (alone.total.score, alone.week)
        assert (each.repositories, each.scored) == (len(alone.rows), len(alone.scored))
        assert (alone.by_team, alone.leads) == ((), each.leads)


def test_who_leads_is_told_and_who_only_looks_is_not(lead: User, repository: Repository) -> None:
    other = store_second(lead)
    store_user(other, "olga", Membership.Role.OWNER)
    store_user(other, "zoe", Membership.Role.LEAD)
    User.objects.create_user("gone", is_active=False)
    Membership.objects.create(
        user=User.objects.get(username="gone"), team=other, role=Membership.Role.OWNER
    )

    books, shop = portfolio(lead, NOW).by_team

    assert books.leads == ("olga", "zoe")
    assert shop.leads == ("lead",)


def test_a_team_without_a_score_is_left_out(lead: User, repository: Repository) -> None:
    other = store_team("Books")
    Membership.objects.create(user=lead, team=other)
    store_repository(other, "fresh", snapshots=0)

    assert [each.name for each in portfolio(lead, NOW).by_team] == ["Shop"]


def test_queries_do_not_grow_with_teams(lead: User, repository: Repository) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            portfolio(lead, NOW)
        return len(seen)

    alone = count()
    store_second(lead)
    assert count() == alone


def test_the_page_tells_teams_where_there_are_several(
    lead_client: Client, lead: User, repository: Repository
) -> None:
    alone = lead_client.get("/").content.decode()
    assert 'class="by-team"' not in alone
    store_second(lead)
    change_latest(repository, score=40.0, grade="F")

    text = " ".join(lead_client.get("/").content.decode().split())
    assert text.index('href="?team=books"') < text.index('href="?team=shop"')
    assert "2 repositories, led by nobody yet" in text
    assert "1 repository, led by lead" in text
    of_one = " ".join(lead_client.get("/?team=shop").content.decode().split())
    assert 'class="by-team"' not in of_one
    assert "<h1>Shop is " in of_one
    assert "<dt>Led by</dt><dd> lead" in of_one


def test_nobody_is_told_of_teams_that_are_not_his(foreign_client: Client, lead: User) -> None:
    store_second(lead)

    assert "Books" not in foreign_client.get("/").content.decode()
