"""Git and ssh go to the very address that was judged, whatever the name would say later.

The names here are unknown to the name service of this machine; only the pin can lead anywhere.
"""

from __future__ import annotations

import socket
from dataclasses import replace

import pytest

from scanner.domain.revisions import DeployKey
from tests.scanner.git.conftest import Shop
from tests.services.git_http import GitHttpServer
from tests.services.git_ssh import GitSshServer

NAME = "pinned.invalid"


@pytest.fixture
def named(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """A shop of an instance for which the name leads here, once."""
    asked: list[str] = []

    def resolve(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        asked.append(host)
        assert asked == [NAME], "the name may be resolved once only"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    shop.configuration = replace(shop.configuration, private_hosts=(NAME,))
    monkeypatch.setattr(socket, "create_connection", _connect)
    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return shop


def _connect(address: tuple[str, int], timeout: float) -> socket.socket:
    """Connect to an address in numbers without asking the name service."""
    connection = socket.socket()
    connection.settimeout(timeout)
    connection.connect(address)
    return connection


def test_over_http(named: Shop, git_http: GitHttpServer) -> None:
    git_http.publish(named.builder, named.name)
    url = git_http.url("open", named.name).replace("127.0.0.1", NAME)
    assert named.refresh(url).commit == named.first


def test_over_ssh(named: Shop, git_ssh: GitSshServer) -> None:
    git_ssh.publish(named.builder, named.name)
    known = git_ssh.known_hosts.replace("127.0.0.1", NAME)
    url = git_ssh.url(named.name).replace("127.0.0.1", NAME)
    assert named.refresh(url, DeployKey(git_ssh.private_key, known)).commit == named.first
