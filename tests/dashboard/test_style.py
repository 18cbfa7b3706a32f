"""The style page: its tokens are those of the style sheet, and only developers see it."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from dashboard.style_page import TOKENS, Colour, Measure, read_tokens
from tests.dashboard.conftest import client_of

SHEET = """
:root {
  --paper: light-dark(oklch(.9 .01 85), oklch(.1 .01 75));
  --t-xs: .6875rem;  /* 11 */
  --s-1: .25rem; --s-2: .5rem;
}
:root[data-theme="night"] { --t-xs: 1rem; }
"""


def test_tokens_are_read() -> None:
    tokens = read_tokens(SHEET)

    assert tokens.colours == (Colour("--paper", "oklch(.9 .01 85)", "oklch(.1 .01 75)"),)
    assert tokens.measures == (
        Measure("--t-xs", ".6875rem"),
        Measure("--s-1", ".25rem"),
        Measure("--s-2", ".5rem"),
    )
    assert tokens.sizes == ("--t-xs",)


def test_every_token_in_use_is_shown(owner: User, settings: Settings) -> None:
    settings.DEBUG = True

    page = client_of(owner).get(reverse("style")).content.decode()

    tokens = read_tokens(TOKENS.read_text())
    assert len(tokens.colours) > 20
    assert [one.name for one in tokens.colours if f"var({one.name})" not in page] == []
    assert [one.value for one in tokens.measures if one.name not in page] == []


def test_it_is_for_developers(owner: User) -> None:
    assert client_of(owner).get(reverse("style")).status_code == 404


def test_strangers_sign_in_first(client: Client, settings: Settings) -> None:
    settings.DEBUG = True

    assert client.get(reverse("style")).status_code == 302
