"""Hosts with a certificate of their own authority."""

from __future__ import annotations

import ipaddress
import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from scanner.domain.revisions import Token
from tests.scanner.git.conftest import Shop
from tests.services.git_http import TOKEN, GitHttpServer


@pytest.fixture
def authority(tmp_path: Path) -> Path:
    """A certificate for 127.0.0.1 that vouches for itself; the key lies beside it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test host")])
    now = datetime.now(UTC)
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(here, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "authority.pem"
    path.write_bytes(certificate.public_bytes(Encoding.PEM))
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.with_suffix(".key").write_bytes(private)
    return path


@pytest.fixture
def git_https(authority: Path, tmp_path: Path) -> Iterator[GitHttpServer]:
    """A host with that certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority, authority.with_suffix(".key"))
    server = GitHttpServer(tmp_path / "git-https", context)
    server.start()
    yield server
    server.stop()


def test_a_named_authority_is_trusted(
    shop: Shop, git_https: GitHttpServer, authority: Path
) -> None:
    git_https.publish(shop.builder, shop.name)
    shop.configuration = replace(shop.configuration, ca_bundle=str(authority), allow_http=False)
    url = git_https.url("token", shop.name)
    assert shop.refresh(url, Token(TOKEN)).commit == shop.first


def test_an_unknown_authority_is_not_and_sees_no_token(
    shop: Shop, git_https: GitHttpServer, authority: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git_https.publish(shop.builder, shop.name)
    monkeypatch.setenv("GIT_SSL_NO_VERIFY", "1")
    monkeypatch.setenv("GIT_SSL_CAINFO", str(authority))
    failed = shop.failure(git_https.url("token", shop.name), Token(TOKEN))
    assert failed.code == "git.certificate"
    assert git_https.requests == []
