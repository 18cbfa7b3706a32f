"""Signing in and out, and what happens to those who guess."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.portfolio import PASSWORD

SIGN_IN = "/sign-in/"


def test_it_works(client: Client, lead: User) -> None:
    response = client.post(SIGN_IN, {"username": lead.username, "password": PASSWORD})

    assert response.status_code == 302
    assert response["Location"] == reverse("portfolio")
    assert client.get(reverse("portfolio")).status_code == 200


def test_the_form_keeps_where_one_wanted_to_go(client: Client, lead: User) -> None:
    there = reverse("rubric")
    form = client.get(client.get(there)["Location"])

    response = client.post(
        SIGN_IN, {"username": lead.username, "password": PASSWORD, "next": there}
    )

    assert f'name="next" value="{there}"' in form.content.decode()
    assert response["Location"] == there


@pytest.mark.parametrize(
    "target", ["https://evil.example", "//evil.example", "javascript:alert(1)", "\\\\evil.example"]
)
def test_nobody_is_sent_elsewhere(target: str, client: Client, lead: User) -> None:
    response = client.post(
        SIGN_IN, {"username": lead.username, "password": PASSWORD, "next": target}
    )

    assert response["Location"] == reverse("portfolio")


@pytest.mark.parametrize("username", ["lead", "nobody"])
def test_a_wrong_password_says_no_more_than_a_wrong_name(
    username: str, client: Client, lead: User
) -> None:
    response = client.post(SIGN_IN, {"username": username, "password": "wrong"})

    text = response.content.decode()
    assert response.status_code == 200
    assert "This name and password do not belong together." in text
    assert 'role="alert"' in text
    assert 'value="wrong"' not in text


def test_guessing_locks_the_name_with_a_next_step(client: Client, lead: User) -> None:
    for _ in range(settings.AXES_FAILURE_LIMIT):
        response = client.post(SIGN_IN, {"username": lead.username, "password": "guess"})

    text = response.content.decode()
    assert response.status_code == 429
    assert "this name is locked" in text
    assert "15 minutes" in text
    assert "axes_reset_username" in text


def test_the_right_password_does_not_open_a_locked_name(client: Client, lead: User) -> None:
    for _ in range(settings.AXES_FAILURE_LIMIT):
        client.post(SIGN_IN, {"username": lead.username, "password": "guess"})

    response = client.post(SIGN_IN, {"username": lead.username, "password": PASSWORD})

    assert response.status_code == 429
    assert client.get(reverse("portfolio")).status_code == 302


def test_a_locked_name_locks_no_other(client: Client, lead: User) -> None:
    for _ in range(settings.AXES_FAILURE_LIMIT):
        client.post(SIGN_IN, {"username": "somebody", "password": "guess"})

    response = client.post(SIGN_IN, {"username": lead.username, "password": PASSWORD})

    assert response.status_code == 302


def test_who_is_signed_in_goes_on(lead_client: Client) -> None:
    assert lead_client.get(SIGN_IN)["Location"] == reverse("portfolio")


def test_an_account_that_is_off_stays_out(client: Client, lead: User) -> None:
    User.objects.filter(pk=lead.pk).update(is_active=False)

    client.post(SIGN_IN, {"username": lead.username, "password": PASSWORD})

    assert client.get(reverse("portfolio")).status_code == 302


def test_signing_out_needs_a_form(lead_client: Client) -> None:
    assert lead_client.get("/sign-out/").status_code == 405
    assert lead_client.get(reverse("portfolio")).status_code == 200


def test_signing_out_ends_the_session(lead_client: Client) -> None:
    response = lead_client.post("/sign-out/")

    assert response["Location"] == SIGN_IN
    assert lead_client.get(reverse("portfolio")).status_code == 302


def test_a_part_of_a_page_without_a_session_loads_the_page_anew(client: Client, lead: User) -> None:
    response = client.get(reverse("portfolio-live"), headers={"HX-Request": "true"}, follow=True)

    assert response["HX-Refresh"] == "true"
    assert "<html" not in response.content.decode()
