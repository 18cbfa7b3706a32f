"""Which texts look like secrets. All of them are made up here; none opens anything."""

from __future__ import annotations

import pytest

from scanner.child.suspicion import (
    PASSWORD_IN_URL,
    PRIVATE_KEY,
    RANDOM,
    TOKEN,
    WORDS,
    suspicion,
)

PEM = "-----BEGIN RSA PRIVATE KEY-----\n" + "MIIEow7vXq" * 8 + "\n-----END RSA PRIVATE KEY-----"


@pytest.mark.parametrize(
    "text",
    [
        "q7Lz93mXcV0b4TqR8sWk",
        "5f352379324c22463451387a0aec5d2f",
        "django-insecure-8#kz!q3v$w0x@p5r7m^n2t&y4u*i6o",
        "3fa85f64-5717-4562-b3fc-2c963f66afa6",
        "Sup3rS3cret!Pa55",
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzQ9",
    ],
)
def test_letters_and_digits_in_no_order(text: str) -> None:
    assert suspicion(text) == RANDOM


@pytest.mark.parametrize(
    "text",
    [
        "AKIA" + "Q7LZ93MXCV0B4TQR",
        "ghp_" + "q7Lz93mXcV0b4TqR8sWkq7Lz93mXcV0b4TqR",
        "sk_live_" + "q7Lz93mXcV0b4TqR8sWk",
        "xoxb-" + "8675309421-q7Lz93mXcV0b4TqR8sWk",
    ],
)
def test_tokens_by_their_shape(text: str) -> None:
    assert suspicion(text) == TOKEN


def test_a_private_key_with_its_body() -> None:
    assert suspicion(PEM) == PRIVATE_KEY
    assert suspicion(PEM.replace("\n", "\\n")) == PRIVATE_KEY
    assert suspicion("-----BEGIN RSA PRIVATE KEY-----") == ""
    assert suspicion("it begins with -----BEGIN PRIVATE KEY----- and ends so too") == ""


def test_a_password_in_a_url() -> None:
    assert suspicion("postgres://shop:q7Lz93mXcV0b4@db/shop") == PASSWORD_IN_URL
    assert suspicion("postgres://postgres:postgres@localhost/shop") == ""
    assert suspicion("https://example.org/a7b8c9d0e1f2g3h4") == ""


@pytest.mark.parametrize("text", ["shop_secret_key_2025", "SuperSecret123!"])
def test_words_with_digits_are_told_apart(text: str) -> None:
    assert suspicion(text) == WORDS


@pytest.mark.parametrize(
    "text",
    [
        "short1",  # under twelve characters
        "correct-horse-battery",  # no digit
        "123456789012345",  # no letter
        "oauth2_access_token",  # words
        "X-Api-Key-V2",
        "rest_framework.authtoken2.Token",
        "/run/secrets/db1_password",  # paths
        "~/.ssh/id_ed25519_9f8e7d",
        "urn:ietf:params:oauth:grant-type:jwt-bearer2",
        "pbkdf2_sha256$260000$q7Lz93mXcV0b4TqR8sWk",  # a hash
        "$2b$12$q7Lz93mXcV0b4TqR8sWkQ7",
        "2021-01-01T00:00:00Z",  # dates and versions
        "v1.22.333-rc4",
        "hunter2hunter2",  # hardly more than one word
        "0123456789abcdef",  # sequences
        "abcdef12345678",
        "aaaa1111aaaa1111",
        "changeme1234",  # placeholders
        "your-api-key-q7Lz93",
        "xxxxxxxx9f8e7d",
        "%(token)s-9f8e7d6c",
        "[a-z0-9]{12,}q7Lz",  # a pattern
        "{token}9f8e7d6c5b",
        "pk_live_q7Lz93mXcV0b4TqR8sWk",  # published by its nature
        "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAuNIzKBO7",  # a public key
        "a sentence with 1 digit or 2",
    ],
)
def test_what_is_no_secret(text: str) -> None:
    assert suspicion(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "q7" * 500_000,
        "a1://" + ":@" * 400_000,
        "-----BEGIN " * 90_000 + "PRIVATE KEY-----",
        "PRIVATE KEY-----" * 60_000,
        "a1/" * 300_000,
    ],
    ids=["random", "url", "begin", "end", "path"],
)
def test_very_long_texts_do_not_stop_it(text: str) -> None:
    """Anything that is not linear would take minutes."""
    assert suspicion(text) == ""
