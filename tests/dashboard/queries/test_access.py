"""What a user may see: everything starts from his teams."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.http import Http404
from pytest_django import DjangoAssertNumQueries

from dashboard.queries.access import frame_of, repositories_of, teams_led_by, teams_of
from scanner.storage.models import Membership, Repository, Team
from tests.portfolio import store_repository, store_team, store_user


def test_a_member_sees_the_repositories_of_his_teams_alone(
    lead: User, repository: Repository
) -> None:
    store_repository(store_team("Other"), "secret")
    assert list(repositories_of(lead)) == [repository]
    assert [team.name for team in teams_of(lead)] == ["Shop"]


def test_an_administrator_sees_all_teams(repository: Repository) -> None:
    other = store_repository(store_team("Other"), "payments")
    admin = store_user(None, "admin", is_superuser=True)
    assert set(repositories_of(admin)) == {repository, other}
    assert set(teams_led_by(admin)) == {repository.team, other.team}


def test_a_visitor_sees_nothing(repository: Repository) -> None:
    assert not repositories_of(AnonymousUser()).exists()
    with pytest.raises(Http404):
        frame_of(AnonymousUser(), repository.team.slug, repository.slug)


def test_a_member_of_two_teams_sees_each_repository_once(
    lead: User, repository: Repository
) -> None:
    second = store_team("Second")
    Membership.objects.create(user=lead, team=second, role=Membership.Role.VIEWER)
    other = store_repository(second, "other", snapshots=1)
    assert sorted(one.pk for one in repositories_of(lead)) == [repository.pk, other.pk]


def test_only_leads_and_owners_may_add_to_a_team(team: Team) -> None:
    for role, may in (("viewer", False), ("lead", True), ("owner", True)):
        user = store_user(team, f"the-{role}", role)
        assert teams_led_by(user).exists() is may


@pytest.mark.parametrize(
    ("role", "may_change", "may_own"),
    [("viewer", False, False), ("lead", True, False), ("owner", True, True)],
)
def test_the_frame_says_what_a_user_may_do(
    role: str,
    may_change: bool,
    may_own: bool,
    repository: Repository,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    user = store_user(repository.team, "someone", role)
    with django_assert_num_queries(1):
        frame = frame_of(user, repository.team.slug, repository.slug)
    assert (frame.may_change, frame.may_own) == (may_change, may_own)
    assert repository.latest is not None
    assert frame.commit == repository.latest.commit
    assert frame.open_findings == repository.latest.open_findings


def test_the_role_is_that_in_the_team_of_the_repository(lead: User, team: Team) -> None:
    second = store_team("Second")
    Membership.objects.create(user=lead, team=second, role=Membership.Role.VIEWER)
    store_repository(second, "orders")
    store_repository(team, "orders")
    assert frame_of(lead, "shop", "orders").may_change
    assert not frame_of(lead, "second", "orders").may_change


def test_a_foreign_repository_is_as_if_it_were_not_there(repository: Repository) -> None:
    stranger = store_user(store_team("Other"), "stranger")
    for slug in (repository.slug, "missing"):
        with pytest.raises(Http404):
            frame_of(stranger, repository.team.slug, slug)
