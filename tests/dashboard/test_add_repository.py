"""Registering a repository through the form."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings as project
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from scanner.storage.models import Membership, Repository, Scan, Team
from tests.dashboard.conftest import client_of
from tests.portfolio import store_team, store_user

HERE = "/repositories/add/"
URL = "https://git.example.org/shop/orders.git"
SECRET = "glpat-very-secret-123456"


def filled(of: Team, **values: str) -> dict[str, str]:
    """The form as a browser sends it."""
    return {"team": str(of.pk), "address": URL, **values}


def test_it_works(lead_client: Client, team: Team) -> None:
    form = lead_client.get(HERE)
    response = lead_client.post(HERE, filled(team), follow=True)

    repository = Repository.objects.get()
    scan = Scan.objects.get()
    assert form.status_code == 200
    assert (repository.name, repository.address, repository.branch) == ("orders", URL, "")
    assert (repository.kind, repository.team, repository.cron) == ("remote", team, "")
    assert (scan.status, scan.trigger) == (Scan.Status.QUEUED, Scan.Trigger.REGISTERED)
    assert response.redirect_chain[0][0] == reverse(
        "scan", args=[team.slug, repository.slug, scan.pk]
    )
    assert "orders is registered; its first scan is queued." in response.content.decode()


def test_all_fields_are_kept(lead_client: Client, team: Team) -> None:
    lead_client.post(
        HERE,
        filled(
            team,
            name="Orders of the shop",
            branch="release/2.x",
            every="own",
            cron="15 4 * * 1-5",
            time_zone="Europe/Berlin",
        ),
    )

    repository = Repository.objects.get()
    assert repository.name == "Orders of the shop"
    assert repository.slug == "orders-of-the-shop"
    assert repository.branch == "release/2.x"
    assert (repository.cron, repository.time_zone) == ("15 4 * * 1-5", "Europe/Berlin")
    assert repository.next_run_at is not None


def test_a_choice_is_a_schedule(lead_client: Client, team: Team) -> None:
    lead_client.post(HERE, filled(team, every="0 2 * * *", cron="* * * * *"))

    repository = Repository.objects.get()
    assert (repository.cron, repository.time_zone) == ("0 2 * * *", "UTC")


@pytest.mark.parametrize(
    ("address", "field", "why"),
    [
        ("", "address", "This field is required."),
        ("ftp://git.example.org/a.git", "address", "are not taken"),
        ("https://user:pw@git.example.org/a.git", "address", "user name or a password"),
        ("https://git.example.org/a.git?x=1", "address", "has a query"),
        ("ext::sh", "address", "::"),
        ("-oProxyCommand=id", "address", "dash"),
        ("file:///etc", "address", "file://"),
        ("/etc", "address", "path on this machine"),
        ("https://[::1/a.git", "address", ""),
        ("https://git.example.org:99999999999/a.git", "address", "port"),
        ("https://git.example.org/\u202egit.a", "address", "invisible"),
    ],
)
def test_a_refused_address_says_why_at_its_field(
    address: str, field: str, why: str, lead_client: Client, team: Team
) -> None:
    response = lead_client.post(HERE, filled(team, address=address))

    form = response.context["form"]
    assert response.status_code == 422
    assert why in " ".join(form.errors[field])
    assert 'aria-invalid="true"' in response.content.decode()
    assert not Repository.objects.exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"branch": "-x"}, "branch"),
        ({"branch": "a..b"}, "branch"),
        ({"branch": "b" * 300}, "branch"),
        ({"name": "n" * 101}, "name"),
        ({"team": "0"}, "team"),
        ({"team": ""}, "team"),
        ({"every": "own", "cron": ""}, "cron"),
        ({"every": "own", "cron": "every day"}, "cron"),
        ({"every": "own", "cron": "0 0 31 2 *"}, "cron"),
        ({"every": "0 2 * * *", "time_zone": "Mars/Olympus"}, "time_zone"),
        ({"every": "0 2 * * *", "time_zone": "../../etc/passwd"}, "time_zone"),
        ({"every": "nonsense"}, "every"),
        ({"address": "https://git.example.org/a\0b.git"}, "address"),
    ],
)
def test_a_wrong_value_is_told_at_its_field(
    values: dict[str, str], field: str, lead_client: Client, team: Team
) -> None:
    response = lead_client.post(HERE, filled(team, **values))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not Repository.objects.exists()


def test_the_same_address_twice_is_refused(lead_client: Client, team: Team) -> None:
    lead_client.post(HERE, filled(team))

    response = lead_client.post(HERE, filled(team))

    assert "registered this address already" in str(response.context["form"].errors["address"])
    assert Repository.objects.count() == 1


def test_what_was_typed_stands_again_but_no_secret(lead_client: Client, team: Team) -> None:
    response = lead_client.post(HERE, filled(team, address="ftp://x/<b>", name="<i>", token=SECRET))

    text = response.content.decode()
    assert 'value="ftp://x/&lt;b&gt;"' in text
    assert SECRET not in text


def test_a_preview_registers_nothing(lead_client: Client, team: Team) -> None:
    response = lead_client.post(
        HERE, filled(team, every="0 2 * * *", time_zone="Asia/Tokyo", preview="1")
    )

    runs = response.context["preview"]
    assert response.status_code == 200
    assert [run.zone for run in runs] == ["Asia/Tokyo"] * 3
    assert all(run.local.hour == 2 and run.local == run.utc for run in runs)
    assert not Repository.objects.exists()


def test_htmx_previews_the_runs_alone(lead_client: Client, team: Team) -> None:
    response = lead_client.post(
        HERE,
        filled(team, address="", every="own", cron="bad", preview="1"),
        headers={"HX-Request": "true"},
    )

    text = response.content.decode()
    assert "<html" not in text
    assert "no cron expression" in text


def test_an_administrator_may_register_a_path(
    admin_client: Client, team: Team, settings: Settings, tmp_path: Path
) -> None:
    settings.CODEVITALS = replace(project.CODEVITALS, local_roots=(tmp_path,))
    folder = tmp_path / "orders"
    folder.mkdir()

    admin_client.post(HERE, filled(team, address=str(folder)))

    repository = Repository.objects.get()
    assert (repository.kind, repository.address) == ("folder", str(folder))


def test_a_path_outside_the_roots_is_refused(
    admin_client: Client, team: Team, settings: Settings, tmp_path: Path
) -> None:
    settings.CODEVITALS = replace(project.CODEVITALS, local_roots=(tmp_path,))

    response = admin_client.post(HERE, filled(team, address="/etc"))

    assert response.context["form"].errors["address"]
    assert not Repository.objects.exists()


def test_an_owner_of_a_team_is_no_administrator(
    owner_client: Client, team: Team, settings: Settings, tmp_path: Path
) -> None:
    settings.CODEVITALS = replace(project.CODEVITALS, local_roots=(tmp_path,))

    response = owner_client.post(HERE, filled(team, address=str(tmp_path)))

    assert response.status_code == 422
    assert not Repository.objects.exists()


def test_a_visitor_signs_in_first(client: Client, team: Team) -> None:
    assert client.post(HERE, filled(team)).status_code == 302
    assert not Repository.objects.exists()


def test_a_viewer_is_refused_plainly(viewer_client: Client, team: Team) -> None:
    response = viewer_client.post(HERE, filled(team))

    assert viewer_client.get(HERE).status_code == 403
    assert response.status_code == 403
    assert "Only leads and owners of the team may do this." in response.content.decode()
    assert not Repository.objects.exists()


def test_nobody_adds_to_another_team(foreign_client: Client, team: Team) -> None:
    response = foreign_client.post(HERE, filled(team))

    assert list(response.context["form"].errors) == ["team"]
    assert not Repository.objects.exists()


def test_only_led_teams_are_offered(team: Team, lead: User) -> None:
    watched = store_team("Watched")
    Membership.objects.create(user=lead, team=watched, role=Membership.Role.VIEWER)

    text = client_of(lead).get(HERE).content.decode()

    assert "Watched" not in text
    assert team.name in text


def test_an_administrator_may_add_to_any_team(team: Team, db: None) -> None:
    admin = store_user(None, "boss", is_superuser=True)

    client_of(admin).post(HERE, filled(team))

    assert Repository.objects.get().team == team
