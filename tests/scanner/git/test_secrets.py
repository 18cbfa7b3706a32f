"""Secrets of repositories at rest, and the keys that people paste."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_ssh_private_key,
)

from scanner.domain.errors import UserError
from scanner.domain.revisions import DeployKey, Token
from scanner.git.deploy_key import normal_private_key
from scanner.git.key_pairs import KeyPairs
from scanner.git.secrets import CredentialVault

OLD, NEW = (Fernet.generate_key().decode() for _ in range(2))
PRIVATE = KeyPairs().make("test").private
HOST_LINE = "example.org ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA=="


def _code(vault: CredentialVault, credential: Token | DeployKey) -> str:
    with pytest.raises(UserError) as refused:
        vault.seal(credential)
    return refused.value.code


def _public(private: str) -> bytes:
    public = load_ssh_private_key(private.encode(), None).public_key()
    return public.public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH)


def test_a_sealed_token_can_be_opened() -> None:
    vault = CredentialVault([NEW])
    assert vault.open(vault.seal(Token("s3cret", "reader"))) == Token("s3cret", "reader")


def test_a_sealed_key_can_be_opened() -> None:
    vault = CredentialVault([NEW])
    opened = vault.open(vault.seal(DeployKey(PRIVATE, HOST_LINE)))
    assert isinstance(opened, DeployKey)
    assert opened.known_hosts == HOST_LINE
    assert _public(opened.private_key) == _public(PRIVATE)


def test_a_sealed_secret_shows_nothing() -> None:
    sealed = CredentialVault([NEW]).seal(Token("s3cret"))
    assert b"s3cret" not in sealed.ciphertext
    assert "s3cret" not in repr(sealed)
    assert sealed.ciphertext != CredentialVault([NEW]).seal(Token("s3cret")).ciphertext


def test_the_first_key_seals_and_all_open() -> None:
    old = CredentialVault([OLD]).seal(Token("s3cret"))
    both = CredentialVault([NEW, OLD])
    assert both.open(old) == Token("s3cret")
    assert CredentialVault([NEW]).open(both.rotate(old)) == Token("s3cret")


@pytest.mark.parametrize("damage", [b"", b"nonsense", None])
def test_a_lost_key_is_told(damage: bytes | None) -> None:
    sealed = CredentialVault([OLD]).seal(Token("s3cret"))
    sealed = sealed if damage is None else replace(sealed, ciphertext=damage)
    with pytest.raises(UserError) as failed:
        CredentialVault([NEW]).open(sealed)
    assert failed.value.code == "credential.unreadable"
    assert "CODEVITALS_ENCRYPTION_KEYS" in failed.value.next_step


def test_one_kind_cannot_pass_for_another() -> None:
    vault = CredentialVault([NEW])
    sealed = replace(vault.seal(DeployKey(PRIVATE, HOST_LINE)), kind="token", username="x")
    with pytest.raises(UserError) as failed:
        vault.open(sealed)
    assert failed.value.code == "credential.unreadable"


@pytest.mark.parametrize("keys", [[], ["short"], ["not base64 at all, but of about the length.."]])
def test_a_missing_or_wrong_key_is_the_operators(keys: list[str]) -> None:
    assert _code(CredentialVault(keys), Token("s3cret")) == "credential.no-key"


@pytest.mark.parametrize(
    ("token", "code"),
    [
        (Token(""), "credential.token"),
        (Token("a b"), "credential.token"),
        (Token("a\r\nHost: evil"), "credential.token"),
        (Token("gehe\u00efm"), "credential.token"),
        (Token("a", ""), "credential.username"),
        (Token("a", "b:c"), "credential.username"),
        (Token("a", "b\nc"), "credential.username"),
    ],
)
def test_a_token_must_be_plain(token: Token, code: str) -> None:
    assert _code(CredentialVault([NEW]), token) == code


@pytest.mark.parametrize(
    "lines", ["", "\n", "example.org", "@cert-authority * ssh-rsa AAAA", "|1|a|b ssh-rsa AAAA",
              "# note", HOST_LINE + "\nnonsense"],
)  # fmt: skip
def test_a_host_key_must_have_been_confirmed(lines: str) -> None:
    assert _code(CredentialVault([NEW]), DeployKey(PRIVATE, lines)) == "credential.known-hosts"


def _made(folder: Path, *options: str) -> str:
    path = folder / "key"
    subprocess.run(["ssh-keygen", "-q", "-f", path, *options], check=True)
    return path.read_text()


@pytest.mark.parametrize(
    "options",
    [
        ("-t", "ed25519"),
        ("-t", "ecdsa"),
        ("-t", "rsa", "-b", "2048"),
        ("-t", "rsa", "-b", "2048", "-m", "PEM"),
        ("-t", "ecdsa", "-m", "PKCS8"),
    ],
)
def test_every_common_kind_of_key_becomes_openssh(tmp_path: Path, options: tuple[str, ...]) -> None:
    normal = normal_private_key("\n " + _made(tmp_path, "-N", "", *options).replace("\n", "\r\n"))
    assert normal.startswith("-----BEGIN OPENSSH PRIVATE KEY-----\n")
    (tmp_path / "normal").write_text(normal)
    (tmp_path / "normal").chmod(0o600)
    command = ["ssh-keygen", "-y", "-f", str(tmp_path / "normal")]
    public = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()[:2]
    assert public == (tmp_path / "key.pub").read_text().split()[:2]


@pytest.mark.parametrize("options", [("-t", "ed25519"), ("-t", "rsa", "-m", "PEM")])
def test_a_key_with_a_passphrase_is_refused(tmp_path: Path, options: tuple[str, ...]) -> None:
    with pytest.raises(UserError) as refused:
        normal_private_key(_made(tmp_path, "-N", "passphrase", *options))
    assert refused.value.code == "credential.key"
    assert "passphrase" in refused.value.message


@pytest.mark.parametrize("text", ["", "ssh-ed25519 AAAA public", PRIVATE[:200], "x" * 30_000])
def test_what_is_no_private_key_is_refused(text: str) -> None:
    with pytest.raises(UserError) as refused:
        normal_private_key(text)
    assert refused.value.code == "credential.key"
