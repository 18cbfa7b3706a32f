"""Suspected secrets of a module: where, under which name, and why; never what."""

from __future__ import annotations

import json
from textwrap import dedent

import pytest

from scanner.child.secret_texts import MAX_ROWS
from scanner.domain.facts import SuspectedSecret, encode
from tests.scanner.child.facts import facts

HIDDEN = "q7Lz93mXcV0b4TqR8sWk"
OTHER = "Zx81kPq0Lm5Tn2Vb7Wc4"


def secrets(source: str) -> tuple[SuspectedSecret, ...]:
    """The suspected secrets of a module; VALUE stands for one."""
    return facts(dedent(source).replace("VALUE", HIDDEN)).suspected_secrets


@pytest.mark.parametrize(
    ("line", "name", "kind"),
    [
        ("api_key = 'VALUE'", "api_key", "variable"),
        ("self.client_secret: str = 'VALUE'", "client_secret", "variable"),
        ("app.config['JWT_SECRET_KEY'] = 'VALUE'", "JWT_SECRET_KEY", "key"),
        ("headers = {'X-Api-Key': 'VALUE'}", "X-Api-Key", "key"),
        ("connect(password='VALUE')", "password", "argument"),
        ("def connect(host, token='VALUE'): ...", "token", "parameter"),
        ("def connect(*, token='VALUE'): ...", "token", "parameter"),
        ("API_KEY = os.environ.get('SHOP_API_KEY', 'VALUE')", "SHOP_API_KEY", "default"),
        ("API_KEY = os.environ.get('SHOP_API_KEY') or 'VALUE'", "API_KEY", "variable"),
        ("API_KEY = config('SHOP_API_KEY', default='VALUE')", "SHOP_API_KEY", "default"),
        ("api_key: str = Field(default='VALUE')", "api_key", "variable"),
        ("api_key = SecretStr('VALUE')", "api_key", "variable"),
        ("api_key = b'VALUE'", "api_key", "variable"),
        ("api_key = 'VALUE'.encode()", "api_key", "variable"),
        ("ok = token == 'VALUE'", "token", "comparison"),
        ("if (token := 'VALUE'): pass", "token", "variable"),
    ],
)
def test_what_it_is_given_to(line: str, name: str, kind: str) -> None:
    (secret,) = secrets(line)
    assert (secret.name, secret.kind, secret.reason) == (name, kind, "random text")


@pytest.mark.parametrize(
    "line",
    [
        "colour = 'VALUE'",
        "find('VALUE')",
        "token = find('VALUE', 3)",
        "api_key = settings.api_key  # not 'VALUE'",
        "api_key = 'VALUE'  # a dummy key",
        "api_key = 'VALUE'  # pragma: allowlist secret",
        "api_key = f'VALUE{number}'",
        "'''api_key = 'VALUE' '''",
    ],
)
def test_what_is_given_to_no_secret(line: str) -> None:
    assert secrets(line) == ()


def test_lines_and_symbols() -> None:
    found = secrets(
        """
        class Shop:
            API_KEY = (
                "VALUE"
            )

            def pay(self):
                return post(token="VALUE")
        """
    )
    assert [(each.line, each.end_line, each.symbol) for each in found] == [
        (3, 3, "Shop"),
        (7, 7, "Shop.pay"),
    ]


def test_a_private_key_over_many_lines() -> None:
    body = "\n".join(["MIIEow7vXq" * 6] * 3)
    key = f'"""-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----\n"""'
    (secret,) = facts(f"import a\nSIGNER = load({key})\n").suspected_secrets
    assert (secret.line, secret.end_line, secret.reason) == (2, 7, "private key")


def test_a_token_of_a_known_shape_needs_no_name() -> None:
    (secret,) = facts(f"post('ghp_{HIDDEN}{OTHER[:16]}')\n").suspected_secrets
    assert (secret.name, secret.reason) == ("", "token")


def test_no_fact_holds_the_value_or_anything_made_from_it() -> None:
    """Of two modules that differ in their secrets alone, all facts are the same."""
    source = """
        import logging, os, subprocess, asyncio, httpx
        log = logging.getLogger(__name__)
        API_KEY = os.environ.get("SHOP_API_KEY", "VALUE")
        DOTTED = "a.VALUE.c"
        URL = create_engine("postgres://shop:VALUE@localhost:5432/shop")
        os.environ["TOKEN"] = "VALUE"

        async def pay():
            log.info("VALUE")
            log.error("VALUE %s", 1)
            subprocess.run(["pay", "VALUE"])
            httpx.post("http://localhost:80", auth=("shop", b"VALUE"))
            try:
                await pay("VALUE")
            except Exception:
                token = "VALUE"
            print("VALUE")
        """
    one, two = (
        json.dumps(encode(facts(dedent(source).replace("VALUE", value))))
        for value in (HIDDEN, OTHER)
    )
    assert one == two
    assert HIDDEN not in one


def test_a_flood_is_bounded() -> None:
    source = "".join(f"api_key = '{HIDDEN}{n}'\n" for n in range(MAX_ROWS + 50))
    assert len(facts(source).suspected_secrets) == MAX_ROWS
