"""Mirrors of repositories on a real SSH host."""

from __future__ import annotations

import socket
import subprocess
from pathlib import Path

import pytest

from scanner.application.configuration import Configuration
from scanner.domain.errors import UserError
from scanner.domain.revisions import DeployKey, Token
from scanner.git.deploy_key import normal_private_key
from scanner.git.host_keys import HostKeyReader
from tests.scanner.git.conftest import Shop
from tests.services.git_ssh import GitSshServer


def test_a_deploy_key_lets_in(ssh_shop: Shop, git_ssh: GitSshServer) -> None:
    url = git_ssh.url(ssh_shop.name)
    key = DeployKey(normal_private_key(git_ssh.private_key), git_ssh.known_hosts)
    assert ssh_shop.refresh(url, key).commit == ssh_shop.first
    newer = ssh_shop.commit({"c.py": ""})
    assert ssh_shop.refresh(url, key).commit == newer


def test_a_pasted_key_with_foreign_line_ends_lets_in(ssh_shop: Shop, git_ssh: GitSshServer) -> None:
    pasted = "\r\n" + git_ssh.private_key.replace("\n", "\r\n")
    key = DeployKey(normal_private_key(pasted), git_ssh.known_hosts)
    assert ssh_shop.refresh(git_ssh.url(ssh_shop.name), key).commit == ssh_shop.first


def test_a_key_that_the_host_does_not_know(ssh_shop: Shop, git_ssh: GitSshServer) -> None:
    key = DeployKey(git_ssh.strange_key, git_ssh.known_hosts)
    failed = ssh_shop.failure(git_ssh.url(ssh_shop.name), key)
    assert failed.code == "git.credential-refused"


def test_a_host_whose_key_changed_is_not_trusted(ssh_shop: Shop, git_ssh: GitSshServer) -> None:
    key = DeployKey(git_ssh.private_key, git_ssh.other_known_hosts)
    failed = ssh_shop.failure(git_ssh.url(ssh_shop.name), key)
    assert failed.code == "git.host-key-changed"


@pytest.mark.parametrize("line", ["", "other.example {}", "@cert-authority {} {}", "* {}"])
def test_a_host_without_a_confirmed_key_is_not_asked(
    ssh_shop: Shop, git_ssh: GitSshServer, line: str
) -> None:
    name, _, rest = git_ssh.known_hosts.strip().partition(" ")
    known = line.format(rest) if line.count("{}") == 1 else line.format(name, rest)
    failed = ssh_shop.failure(git_ssh.url(ssh_shop.name), DeployKey(git_ssh.private_key, known))
    assert failed.code == "git.host-key-unknown"


def test_a_repository_that_is_not_there(ssh_shop: Shop, git_ssh: GitSshServer) -> None:
    key = DeployKey(git_ssh.private_key, git_ssh.known_hosts)
    assert ssh_shop.failure(git_ssh.url("nothing-here"), key).code == "git.not-found"


def test_ssh_needs_a_key(ssh_shop: Shop, git_ssh: GitSshServer) -> None:
    url = git_ssh.url(ssh_shop.name)
    assert ssh_shop.failure(url).code == "git.key-needed"
    assert ssh_shop.failure(url, Token("a-token")).code == "git.key-needed"


def test_a_host_that_never_greets_ends_at_the_limit(ssh_shop: Shop, git_ssh: GitSshServer) -> None:
    ssh_shop.limit(low_speed_seconds=1)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        port = mute.getsockname()[1]
        known = git_ssh.known_hosts.replace(str(git_ssh.port), str(port))
        key = DeployKey(git_ssh.private_key, known)
        failed = ssh_shop.failure(f"ssh://git@127.0.0.1:{port}/a", key)
    assert failed.code == "git.timed-out"


def test_the_keys_of_a_host_are_shown_for_confirmation(
    ssh_shop: Shop, git_ssh: GitSshServer
) -> None:
    url = git_ssh.url(ssh_shop.name)
    (key,) = HostKeyReader(ssh_shop.configuration).read(url)
    assert (key.kind, f"{key.line}\n") == ("ssh-ed25519", git_ssh.known_hosts)
    confirmed = DeployKey(git_ssh.private_key, f"{key.line}\n")
    assert ssh_shop.refresh(url, confirmed).commit == ssh_shop.first


def test_the_fingerprint_is_the_one_that_ssh_keygen_prints(
    ssh_shop: Shop, git_ssh: GitSshServer
) -> None:
    (key,) = HostKeyReader(ssh_shop.configuration).read(git_ssh.url("x"))
    command = ["ssh-keygen", "-l", "-f", str(git_ssh.root / "host.pub")]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert printed.split()[1] == key.fingerprint


def test_a_private_host_shows_no_keys_unless_listed(
    closed_reader: HostKeyReader, git_ssh: GitSshServer
) -> None:
    with pytest.raises(UserError) as refused:
        closed_reader.read(git_ssh.url("x"))
    assert refused.value.code == "git.host-private"


@pytest.fixture
def closed_reader(tmp_path: Path) -> HostKeyReader:
    """A reader of an instance that may reach nothing private."""
    return HostKeyReader(Configuration(tmp_path))


def test_a_host_that_speaks_no_ssh_shows_no_keys(ssh_shop: Shop) -> None:
    ssh_shop.limit(low_speed_seconds=1)
    reader = HostKeyReader(ssh_shop.configuration)
    with socket.create_server(("127.0.0.1", 0)) as mute, pytest.raises(UserError) as failed:
        reader.read(f"ssh://git@127.0.0.1:{mute.getsockname()[1]}/a")
    assert failed.value.code == "git.unreachable"
    with pytest.raises(UserError) as refused:
        reader.read("https://127.0.0.1/a")
    assert refused.value.code == "address.scheme"
