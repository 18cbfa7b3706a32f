"""FF06 masking-default."""

from __future__ import annotations

import pytest

from scanner.rules.fail_fast.environment import SECRET_ENDINGS
from tests.scanner.rules.harness import check, judge


@pytest.mark.parametrize("ending", SECRET_ENDINGS)
def test_secrets_with_a_constant(ending: str) -> None:
    (finding,) = check(
        "FF06",
        f"""
        import os

        KEY = os.environ.get("SHOP_{ending}", "dev")  # offends 1
        """,
    )
    assert finding.message == (
        f"`SHOP_{ending}` falls back to a constant when it is not set; "
        "let the program fail at the start instead."
    )


def test_all_ways_to_read_and_to_fall_back() -> None:
    check(
        "FF06",
        """
        import os
        from os import environ, getenv as read

        A = os.getenv("SECRET_KEY", default="dev")  # offends 1
        B = read("API_KEY") or "dev"  # offends 1
        C = environ.get("db_password", "dev")  # offends 1
        D = os.environ["TOKEN"] or "dev"  # offends 1
        E = os.environ.get("DATABASE_URL", "sqlite:///dev.db")  # offends 1
        """,
    )


def test_what_has_no_default_or_is_no_secret_is_fine() -> None:
    check(
        "FF06",
        """
        import os

        A = os.environ["SECRET_KEY"]
        B = os.environ.get("SECRET_KEY")
        C = os.environ.get("SECRET_KEY", None)
        D = os.environ.get("SECRET_KEY", make_key())
        E = os.environ.get("PORT", "8000")
        F = os.environ.get("MAX_TOKENS", "100")
        G = os.environ.get("TOKEN_PATH", "/run/token")
        H = os.environ.get(name, "x")
        J = settings.get("SECRET_KEY", "dev")
        """,
    )


def test_places_are_required_reads_and_reads_of_secrets() -> None:
    source = (
        "import os\nA = os.environ['HOME']\nB = os.getenv('API_KEY')\n"
        "C = os.getenv('PORT', '80')\nD = os.getenv('HOST')\n"
    )
    principles = judge({"shop/a.py": source}).principles
    tally = next(item.tally for item in principles if item.key == "fail-fast")
    assert tally.n == 2


def test_an_empty_default_says_that_a_value_is_optional() -> None:
    check(
        "FF06",
        """
        import os

        DSN = os.environ.get("SENTRY_DSN", "")
        TOKEN = os.environ.get("API_TOKEN") or ""
        """,
    )


def test_a_constant_masks_even_where_it_is_asked_for() -> None:
    check(
        "FF06",
        """
        import os

        token = os.environ.get("API_TOKEN", "dev")  # offends 1
        if not token:
            raise SystemExit("Set API_TOKEN.")
        """,
    )
