"""Pages of teams: who belongs to one, who may say so, and that a team keeps an owner."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from dashboard.queries.teams import team_lines, team_view
from scanner.storage.models import Membership, Team
from tests.dashboard.conftest import client_of
from tests.portfolio import PASSWORD, store_repository, store_team, store_user


@pytest.fixture
def page(team: Team) -> str:
    return reverse("team", args=[team.slug])


@pytest.fixture
def administrator(db: None) -> User:
    return User.objects.create_superuser("root", password=PASSWORD)


def role_of(user: User, team: Team) -> str:
    """The role of a person in a team; "" outside of it."""
    place = Membership.objects.filter(user=user, team=team)
    return place.values_list("role", flat=True).first() or ""


def test_the_list_and_the_page_show_people(owner: User, lead: User, team: Team, page: str) -> None:
    client = client_of(owner)

    assert "Shop" in client.get(reverse("teams")).content.decode()
    shown = client.get(page).content.decode()
    assert "2 people" in shown
    assert lead.username in shown


def test_pages_take_as_many_queries_for_many_people(
    owner: User, team: Team, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        store_user(team, f"viewer-{number}", Membership.Role.VIEWER)
        store_repository(store_team(f"Team {number}"))

    with django_assert_num_queries(2):
        assert len(team_view(owner, team.slug).members) == 13
    with django_assert_num_queries(2):
        assert [line.people for line in team_lines(owner)] == [13]


def test_an_owner_takes_somebody_in(owner: User, team: Team, page: str) -> None:
    other = store_user(store_team("Other"), "other", Membership.Role.VIEWER)

    answer = client_of(owner).post(page, {"action": "join", "person": "other", "role": "lead"})

    assert answer.status_code == 302
    assert role_of(other, team) == "lead"


@pytest.mark.parametrize("name", ["nobody", "switched-off", "lead", "", "no spaces", "x" * 151])
def test_who_cannot_be_taken_in(name: str, owner: User, lead: User, team: Team, page: str) -> None:
    User.objects.create_user("switched-off", password=PASSWORD, is_active=False)

    answer = client_of(owner).post(page, {"action": "join", "person": name, "role": "owner"})

    assert answer.status_code == 422
    assert 'class="err"' in answer.content.decode()
    assert role_of(lead, team) == "lead"
    assert team.memberships.count() == 2


def test_an_administrator_makes_an_account_whose_password_works_and_shows_once(
    administrator: User, team: Team, page: str
) -> None:
    client = client_of(administrator)

    shown = client.post(page, {"action": "join", "person": "new", "role": "viewer"})

    found = re.search(r"<code>([a-z0-9-]{19})</code>", shown.content.decode())
    assert found is not None
    assert "1 person" in shown.content.decode()
    assert found[1] not in client.get(page).content.decode()
    given = {"username": "new", "password": found[1]}
    assert Client().post(reverse("sign-in"), given).status_code == 302


def test_roles_change_and_people_leave(owner: User, lead: User, team: Team, page: str) -> None:
    client = client_of(owner)

    client.post(page, {"action": "change", "person": lead.pk, "role": "owner"})
    assert role_of(lead, team) == "owner"
    answer = client.post(page, {"action": "leave", "person": owner.pk})
    assert answer["Location"] == reverse("teams")
    assert role_of(owner, team) == ""
    assert client.get(page).status_code == 404


@pytest.mark.parametrize("act", [{"action": "leave"}, {"action": "change", "role": "lead"}])
def test_the_last_owner_stays(act: dict[str, str], owner: User, team: Team, page: str) -> None:
    answer = client_of(owner).post(page, {**act, "person": owner.pk})

    assert answer.status_code == 422
    assert "Make somebody else an owner first." in answer.content.decode()
    assert role_of(owner, team) == "owner"


@pytest.mark.parametrize("person", ["", "0", "-1", "x", str(2**64), "999999"])
def test_nobody_of_that_number(person: str, owner: User, team: Team, page: str) -> None:
    for act in ("leave", "change"):
        answer = client_of(owner).post(page, {"action": act, "person": person, "role": "lead"})
        assert answer.status_code == 422
    assert team.memberships.count() == 1


def test_names_of_teams_change_and_addresses_stay(owner: User, team: Team, page: str) -> None:
    store_team("Other")
    client = client_of(owner)

    assert client.post(page, {"action": "rename", "name": "Other"}).status_code == 422
    assert client.post(page, {"action": "rename", "name": "\u200b"}).status_code == 422
    assert client.post(page, {"action": "rename", "name": "The shop"}).status_code == 302
    assert "The shop" in client.get(page).content.decode()


@pytest.mark.parametrize("act", ["join", "change", "leave", "rename"])
def test_others_change_nothing(act: str, lead: User, viewer: User, team: Team, page: str) -> None:
    sent = {"action": act, "person": str(viewer.pk), "role": "owner", "name": "Mine"}

    for user in (lead, viewer):
        assert client_of(user).post(page, sent).status_code == 403
    assert role_of(viewer, team) == "viewer"
    assert Team.objects.get(pk=team.pk).name == team.name


def test_strangers_find_no_team(page: str) -> None:
    stranger = store_user(store_team("Other"), "stranger", Membership.Role.OWNER)

    assert client_of(stranger).get(page).status_code == 404
    assert client_of(stranger).post(page, {"action": "rename", "name": "x"}).status_code == 404


def test_administrators_found_teams(administrator: User, owner: User) -> None:
    page = reverse("teams")

    assert client_of(owner).post(page, {"name": "Ours"}).status_code == 403
    assert client_of(administrator).post(page, {"name": "Ours"}).status_code == 302
    assert role_of(administrator, Team.objects.get(slug="ours")) == "owner"
    assert client_of(administrator).post(page, {"name": "Ours"}).status_code == 422


def test_a_password_is_changed_by_who_knows_it(owner: User) -> None:
    page, fresh = reverse("account"), "another long phrase"
    here, there = client_of(owner), client_of(owner)

    def sent(old: str, new: str) -> dict[str, str]:
        return {"old_password": old, "new_password1": new, "new_password2": new}

    assert here.post(page, sent("wrong", fresh)).status_code == 422
    assert here.post(page, sent(PASSWORD, "short")).status_code == 422
    assert here.post(page, sent(PASSWORD, fresh)).status_code == 302
    assert here.get(page).status_code == 200
    assert there.get(page).status_code == 302
    assert User.objects.get(pk=owner.pk).check_password(fresh)
