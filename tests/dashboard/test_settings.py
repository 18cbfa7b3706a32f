"""The settings of one repository."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from dashboard.queries.settings import led_teams, settings_of
from scanner.storage.models import Credential, Repository, Scan, Snapshot
from tests.portfolio import store_user

SECRET = "glpat-very-secret-123456"


def address(repository: Repository) -> str:
    """The settings of a repository."""
    return reverse("repository-settings", args=[repository.team.slug, repository.slug])


def saved(**values: str) -> dict[str, str]:
    """The first form as a browser sends it."""
    return {"action": "save", "name": "orders", "branch": "", "every": "", **values}


def test_it_works(lead_client: Client, repository: Repository) -> None:
    page = lead_client.get(address(repository))
    response = lead_client.post(
        address(repository),
        saved(name="Orders 2", every="0 2 * * *", time_zone="Europe/Berlin"),
        follow=True,
    )

    repository.refresh_from_db()
    assert page.status_code == 200
    assert repository.address in page.content.decode()
    assert (repository.name, repository.slug) == ("Orders 2", "orders")
    assert (repository.cron, repository.time_zone) == ("0 2 * * *", "Europe/Berlin")
    assert repository.next_run_at is not None
    assert "The settings are saved." in response.content.decode()
    assert "Next runs" in response.content.decode()


def test_labels_are_kept_tidy_and_come_back(lead_client: Client, repository: Repository) -> None:
    answer = lead_client.post(
        address(repository),
        {"action": "labels", "labels": " Core, customer facing,,core "},
        follow=True,
    )

    assert settings_of(repository.pk).labels == ("core", "customer-facing")
    assert "Labels: core, customer-facing." in answer.content.decode()
    assert 'value="core, customer-facing"' in answer.content.decode()
    lead_client.post(address(repository), {"action": "labels", "labels": ""})
    assert settings_of(repository.pk).labels == ()


def test_labels_that_do_not_help_are_refused_in_place(
    lead_client: Client, repository: Repository
) -> None:
    many = ", ".join(f"label-{number}" for number in range(13))
    for text, reason in ((many, "too many"), ("x" * 31, "too long")):
        answer = lead_client.post(address(repository), {"action": "labels", "labels": text})
        assert answer.status_code == 422
        assert reason in answer.content.decode()
    assert settings_of(repository.pk).labels == ()


def test_the_first_run_shown_is_the_one_that_is_stored(
    lead_client: Client, repository: Repository
) -> None:
    lead_client.post(address(repository), saved(every="0 * * * *"))

    repository.refresh_from_db()
    preview = lead_client.get(address(repository)).context["preview"]
    assert preview[0].utc == repository.next_run_at


def test_another_branch_is_scanned_at_once(lead_client: Client, repository: Repository) -> None:
    lead_client.post(address(repository), saved(branch="release"))

    repository.refresh_from_db()
    assert repository.branch == "release"
    assert repository.scans.filter(status=Scan.Status.QUEUED).count() == 1


def test_a_schedule_can_be_taken_away(lead_client: Client, repository: Repository) -> None:
    lead_client.post(address(repository), saved(every="0 * * * *"))
    lead_client.post(address(repository), saved())

    repository.refresh_from_db()
    assert (repository.cron, repository.next_run_at) == ("", None)


def test_a_cron_expression_comes_back_as_it_was(
    lead_client: Client, repository: Repository
) -> None:
    lead_client.post(
        address(repository), saved(every="own", cron="5 4 * * 2", time_zone="Asia/Tokyo")
    )

    form = lead_client.get(address(repository)).context["form"]
    assert form["every"].value() == "own"
    assert form["cron"].value() == "5 4 * * 2"
    assert form["time_zone"].value() == "Asia/Tokyo"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "\u202e\u200b"}, "name"),
        ({"branch": "--upload-pack=id"}, "branch"),
        ({"every": "own", "cron": "* * *"}, "cron"),
        ({"every": "0 2 * * *", "time_zone": "Nowhere"}, "time_zone"),
    ],
)
def test_a_wrong_value_is_told_at_its_field(
    values: dict[str, str], field: str, lead_client: Client, repository: Repository
) -> None:
    response = lead_client.post(address(repository), saved(**values))

    repository.refresh_from_db()
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert (repository.name, repository.branch, repository.cron) == ("orders", "", "")


def test_a_preview_saves_nothing(lead_client: Client, repository: Repository) -> None:
    response = lead_client.post(
        address(repository),
        saved(name="Other", every="0 2 * * *", preview="1"),
        headers={"HX-Request": "true"},
    )

    repository.refresh_from_db()
    assert "<html" not in response.content.decode()
    assert "Next runs" in response.content.decode()
    assert (repository.name, repository.cron) == ("orders", "")


def test_a_token_is_stored_and_never_shown(owner_client: Client, repository: Repository) -> None:
    response = owner_client.post(
        address(repository),
        {"action": "token", "token": SECRET, "username": "oauth2"},
        follow=True,
    )

    stored = Credential.objects.get(repository=repository)
    text = response.content.decode()
    assert (stored.kind, stored.username) == ("token", "oauth2")
    assert SECRET.encode() not in bytes(stored.ciphertext)
    assert SECRET not in text
    assert "an access token of oauth2" in text


def test_a_token_can_be_removed(owner_client: Client, repository: Repository) -> None:
    owner_client.post(address(repository), {"action": "token", "token": SECRET})
    owner_client.post(address(repository), {"action": "remove-credential"})

    assert not Credential.objects.exists()


def test_an_empty_token_is_told(owner_client: Client, repository: Repository) -> None:
    response = owner_client.post(address(repository), {"action": "token", "token": ""})

    assert response.status_code == 422
    assert list(response.context["token_form"].errors) == ["token"]


def test_deleting_needs_the_name(owner_client: Client, repository: Repository) -> None:
    response = owner_client.post(address(repository), {"action": "delete", "typed": "order"})

    assert response.status_code == 422
    assert "This is not the name." in response.content.decode()
    assert Repository.objects.exists()


def test_deleting_takes_everything(owner_client: Client, repository: Repository) -> None:
    response = owner_client.post(
        address(repository), {"action": "delete", "typed": "orders"}, follow=True
    )

    assert response.redirect_chain[0][0] == reverse("portfolio")
    assert "orders is deleted." in response.content.decode()
    assert not Repository.objects.exists()
    assert not Scan.objects.exists()
    assert not Snapshot.objects.exists()


@pytest.mark.parametrize("action", ["token", "key", "remove-credential", "delete"])
def test_a_lead_leaves_the_dangerous_to_owners(
    action: str, lead_client: Client, repository: Repository
) -> None:
    Credential.objects.create(repository=repository, kind="token", ciphertext=b"x")

    response = lead_client.post(
        address(repository), {"action": action, "typed": "orders", "token": SECRET}
    )

    text = lead_client.get(address(repository)).content.decode()
    assert response.status_code == 403
    assert "Only owners of the team may do this." in response.content.decode()
    assert bytes(Credential.objects.get().ciphertext) == b"x"
    assert "Owners of the team delete a repository." in text
    assert 'name="token"' not in text


def test_a_viewer_is_refused_plainly(viewer_client: Client, repository: Repository) -> None:
    assert viewer_client.get(address(repository)).status_code == 403
    assert viewer_client.post(address(repository), saved(name="x")).status_code == 403


def test_a_visitor_signs_in_first(client: Client, repository: Repository) -> None:
    assert client.get(address(repository)).status_code == 302


def test_another_team_finds_nothing(foreign_client: Client, repository: Repository) -> None:
    response = foreign_client.post(address(repository), {"action": "delete", "typed": "orders"})

    assert response.status_code == 404
    assert Repository.objects.exists()


def test_an_unknown_action_is_a_save_that_must_be_whole(
    lead_client: Client, repository: Repository
) -> None:
    assert lead_client.post(address(repository), {"action": "explode"}).status_code == 422


def test_the_page_asks_once(
    repository: Repository, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    Credential.objects.create(repository=repository, kind="token", ciphertext=b"x")

    with django_assert_num_queries(2):
        stored = settings_of(repository.pk)

    assert stored.credential is not None
    assert not hasattr(stored.credential, "ciphertext")


def test_teams_to_add_to_are_one_query(
    repository: Repository, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    user = store_user(repository.team, "someone")

    with django_assert_num_queries(1):
        assert [team.name for team in led_teams(user)] == ["Shop"]
