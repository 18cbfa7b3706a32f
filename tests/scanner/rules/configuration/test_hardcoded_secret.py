"""CF01 hardcoded-secret. The values are made up here; none opens anything."""

from __future__ import annotations

import pytest

from tests.scanner.rules.harness import check, check_tree, judge

VALUE = "q7Lz93mXcV0b4TqR8sWk"
OTHER = "Zx81kPq0Lm5Tn2Vb7Wc4"


@pytest.mark.parametrize(
    "name",
    [
        "password",
        "DB_PASSWORD",
        "smtp_passwd",
        "client_secret",
        "clientSecret",
        "SECRET_KEY",
        "api_key",
        "apiKey",
        "X_API_KEY",
        "access_token",
        "AUTH_TOKEN_2",
        "aws_secret_access_key",
        "signing_key",
        "credentials",
    ],
)
def test_names_of_secrets(name: str) -> None:
    (finding,) = check("CF01", f'{name} = "{VALUE}"  # offends 5')
    assert finding.message == (
        f"`{name}` is given what looks like a real secret; "
        "read it from the environment or a secret store."
    )


@pytest.mark.parametrize(
    "name",
    [
        "tokens",
        "TOKEN_URL",
        "secret_name",
        "password_field",
        "colour",
        "api_key_header",
        "checksum",
    ],
)
def test_other_names_are_fine(name: str) -> None:
    check("CF01", f'{name} = "{VALUE}"')


def test_every_way_to_give_it() -> None:
    check(
        "CF01",
        f"""
        import os

        class Shop:
            API_KEY = "{VALUE}"  # offends 5

            def pay(self, token="{VALUE}"):  # offends 5
                post(self.url, headers={{"X-Api-Key": "{VALUE}"}})  # offends 5
                return post(token="{VALUE}")  # offends 5

        KEY = os.environ.get("SHOP_API_KEY", "{VALUE}")  # offends 5
        """,
    )


def test_words_with_digits_are_enough_for_passwords_alone() -> None:
    check(
        "CF01",
        """
        app.secret_key = "shop_secret_key_2025"  # offends 5
        PASSWORD = "SuperSecret123!"  # offends 5
        TOKEN = "continuation-token-2025"
        api_key = "chargeToday2025"
        """,
    )


def test_strong_shapes_need_no_name() -> None:
    found = check(
        "CF01",
        f"""
        post("ghp_{VALUE}{OTHER[:16]}")  # offends 5
        create_engine("postgres://shop:{VALUE}@db/shop")  # offends 5
        """,
    )
    assert [finding.message.partition(" is ")[0] for finding in found] == [
        "A token in the shape that its issuer gives it",
        "A URL with a password",
    ]


@pytest.mark.parametrize(
    "line",
    [
        f'test_password = "{VALUE}"',
        f'DUMMY_SECRET = "{VALUE}"',
        f'PUBLIC_API_KEY = "{VALUE}"',
        f'SCHEMA = {{"example": dict(token="{VALUE}")}}  # an example',
        f'def sample_login(token="{VALUE}"): ...',
        'SECRET_KEY = "changeme-1234567"',
        'PASSWORD_HASHER = "pbkdf2_sha256$q7Lz93mXcV0b4TqR"',
        'password = "pbkdf2_sha256$260000$q7Lz93mXcV0b4TqR"',
        'token = "oauth2_access_token"',
        'token = ""',
        "token = make_token()",
    ],
)
def test_what_is_not_real_is_fine(line: str) -> None:
    check("CF01", line)


@pytest.mark.parametrize("name", ["dev.py", "local_settings.py", "settings_test.py", "testing.py"])
def test_modules_for_development_are_left_out(name: str) -> None:
    check_tree("CF01", {f"shop/config/{name}": f'SECRET_KEY = "{VALUE}"'})


def test_tests_are_out_of_scope() -> None:
    check_tree("CF01", {"tests/test_shop.py": f'SECRET_KEY = "{VALUE}"'})


def test_nothing_of_the_verdict_holds_the_value_or_is_made_from_it() -> None:
    source = 'class Shop:\n    API_KEY = "{0}"\n\n    def pay(self):\n        post("{0}", "{0}")\n'
    one = judge({"shop/a.py": source.format(VALUE)})
    two = judge({"shop/a.py": source.format(OTHER)})
    assert one.findings
    assert one == two
    assert VALUE not in repr(one)


def test_a_finding_is_a_site_of_its_own() -> None:
    def tally(source: str) -> tuple[int, int]:
        principles = judge({"shop/a.py": source}).principles
        each = next(item for item in principles if item.key == "configuration")
        return each.tally.n, each.tally.debt

    assert tally("x = 1\n") == (0, 0)
    assert tally(f'API_KEY = "{VALUE}"\n') == (1, 5_000_000)
