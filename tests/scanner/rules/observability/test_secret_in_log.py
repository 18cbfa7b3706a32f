"""OB05 secret-in-log."""

from __future__ import annotations

from tests.scanner.rules.harness import check


def test_secrets_by_their_names() -> None:
    check(
        "OB05",
        """
        def sign_in(user, password, api_key):
            log.info("signing in with %s", password)  # offends 0
            log.info(f"signing in with {user.api_key}")  # offends 0
            log.info("signing in", secret=settings.client_secret)  # offends 0
            log.info("signing in {}".format(api_key))  # offends 0
        """,
    )


def test_the_message() -> None:
    (finding,) = check(
        "OB05",
        """
        def sign_in(password):
            log.info("signing in with %s", password)  # offends
        """,
    )
    assert finding.message == ("`password` seems to be a secret and goes into the log.")


def test_what_is_no_secret_is_fine() -> None:
    check(
        "OB05",
        """
        def sign_in(password, secret):
            log.info("signing in with a password")
            log.info("%s", bool(password))
            log.info("%s", mask(password))
            log.info("%s", secret.name)
            log.info("%s", password is None)
            log.info("%s", password_path)
            log.info("%s", tokens)
            log.info("%s", masked_password)
        """,
    )
