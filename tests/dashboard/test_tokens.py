"""The page of tokens: made, shown once, ended."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from scanner.application.tokens import MOST
from scanner.storage.models import ApiToken
from tests.dashboard.api.conftest import Program
from tests.dashboard.conftest import client_of

PAGE = "/account/tokens/"
GIVEN = {"name": "The build", "scope": "read", "days": "30"}


def test_a_token_is_shown_once_and_opens(lead: User) -> None:
    client = client_of(lead)

    shown = client.post(PAGE, GIVEN)

    found = re.search(r"<code>(cv_[\w-]+)</code>", shown.content.decode())
    assert found is not None
    assert Program(found[1]).ask("GET", "repositories").status_code == 200
    assert "no-store" in shown["Cache-Control"]
    later = client.get(PAGE).content.decode()
    assert "The build" in later
    assert found[1] not in later


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"name": "\u200b"}, {"scope": "root"}, {"days": "31"}, {"name": "x" * 81}],
)
def test_what_makes_no_token(wrong: dict[str, str], lead: User) -> None:
    answer = client_of(lead).post(PAGE, {**GIVEN, **wrong})

    assert answer.status_code == 422
    assert ApiToken.objects.count() == 0


def test_there_is_an_end_to_tokens(lead: User) -> None:
    client = client_of(lead)
    for _ in range(MOST):
        assert client.post(PAGE, GIVEN).status_code == 200

    assert client.post(PAGE, GIVEN).status_code == 422
    assert ApiToken.objects.count() == MOST


def test_one_revokes_ones_own_alone(lead: User, owner: User) -> None:
    client_of(lead).post(PAGE, GIVEN)
    end = reverse("revoke-token", args=[ApiToken.objects.get().pk])

    assert client_of(owner).post(end).status_code == 302
    assert ApiToken.objects.count() == 1
    assert client_of(lead).get(end).status_code == 405
    assert client_of(lead).post(end).status_code == 302
    assert ApiToken.objects.count() == 0
    assert client_of(lead).post(end).status_code == 302
