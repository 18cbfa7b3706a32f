"""Files that hold secrets, by their names and their contents."""

from __future__ import annotations

import pytest

from scanner.domain.project import SecretFile
from scanner.domain.secret_files import is_suspect, verdict

PEM = b"-----BEGIN OPENSSH PRIVATE KEY-----\n" + b"b3BlbnNzaC1r" * 10 + b"\n-----END"


@pytest.mark.parametrize(
    "path",
    [".env", "deploy/.env.production", "docker/shop.env", "keys/id_rsa", "server.pem", "tls.key",
     "conf/service_account.json", "conf/gcp-credentials.json", "KEYS/ID_ED25519"],
)  # fmt: skip
def test_names_that_are_looked_into(path: str) -> None:
    assert is_suspect(path)


@pytest.mark.parametrize(
    "path",
    [".env.example", ".env.sample", ".env.dist", ".env.template", "env.example", ".env.test",
     ".env.local.example", "example.env", "tests/.env", "tests/keys/server.pem", "docs/.env",
     "examples/shop/.env", ".devcontainer/.env", "vendor/a/server.key", "test_server.pem",
     "localhost.key", "id_rsa.pub", "shop/env.py", "package.json", "README.md", "keyboard"],
)  # fmt: skip
def test_names_that_are_not(path: str) -> None:
    assert not is_suspect(path)


@pytest.mark.parametrize(
    "content",
    [
        b"PORT=80\n# mail\nSMTP_PASSWORD=vK3w-91xQ\n",
        b"PORT=80\n\nexport SMTP_PASSWORD='vK3w-91xQ'  # mail\n",
        b'PORT=80\r\n\r\nSMTP_PASSWORD = "hunter2"\r\n',
    ],
)
def test_a_secret_in_an_environment_file(content: bytes) -> None:
    assert verdict(".env", content) == SecretFile(".env", "values", 3, "SMTP_PASSWORD")


@pytest.mark.parametrize(
    "line",
    [b"API_KEY=abc123def", b"SECRET=vK3w", b"SENTRY_DSN=https://9f8e7d@sentry.shop.io/1",
     b"DATABASE_URL=postgres://shop:vK3w91xQ@db/shop", b"SECRET_KEY_BASE=9f8e7d6c",
     b"AWS_SECRET_ACCESS_KEY=q7Lz93mX"],
)  # fmt: skip
def test_lines_with_a_secret(line: bytes) -> None:
    found = verdict("shop.env", line)
    assert found is not None
    assert found.kind == "values"


@pytest.mark.parametrize(
    "line",
    [b"", b"# SMTP_PASSWORD=vK3w-91xQ", b"SMTP_PASSWORD=", b"SMTP_PASSWORD=''",
     b"SMTP_PASSWORD=changethis", b"SMTP_PASSWORD=<password>", b"SMTP_PASSWORD=${PASSWORD}",
     b"SMTP_PASSWORD=postgres", b"SMTP_PASSWORD=xxxxxx", b"SECRET_KEY=your-secret-key",
     b"DATABASE_URL=postgres://postgres:postgres@db/shop", b"MAX_TOKENS=100",
     b"TOKEN=true", b"not a line", b"\xff\xfe\x00"],
)  # fmt: skip
def test_lines_without_one(line: bytes) -> None:
    assert verdict("shop.env", line) is None


def test_other_values_are_told_of_a_plain_env_alone() -> None:
    content = b"\nPORT=80\nNAME=shop\n"
    assert verdict("web/.env", content) == SecretFile("web/.env", "settings", 2, "PORT")
    assert verdict(".env.production", content) is None


def test_private_keys() -> None:
    assert verdict("a.pem", b"# a key\n" + PEM) == SecretFile("a.pem", "private key", 2)
    escaped = b'{"private_key": "' + PEM.replace(b"\n", b"\\n") + b'"}'
    assert verdict("credentials.json", escaped) == SecretFile("credentials.json", "private key", 1)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"-----BEGIN CERTIFICATE-----\nMIIB",
        b"-----BEGIN PRIVATE KEY-----\n...\n",
        b"\x00" * 99,
    ],
)
def test_what_is_no_private_key(content: bytes) -> None:
    assert verdict("a.pem", content) is None


def test_hostile_content_does_not_stop_it() -> None:
    assert verdict(".env", b"A=" + b"'b" * 30_000) is not None
    assert verdict(".env", b"PASSWORD=" + b"<" * 60_000) is not None
    assert verdict("a.pem", b"-----BEGIN " * 5_000) is None
