"""Git over SSH: a real sshd on loopback, as root or as an ordinary user.

It has a host key and takes one deploy key; whoever runs the tests is the user to log in as. An
account that is locked may not log in, so as root the server lets itself be root and uses no PAM.
"""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.services.processes import await_value, start, stop
from tests.services.repositories import RepositoryBuilder

SSHD: Final = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin") or "sshd"
_PRIVILEGE_SEPARATION: Final = Path("/run/sshd")


class GitSshServer:
    """Serves the repositories of a folder to the holder of `private_key`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.port = 0
        self.user = getpass.getuser()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Make keys, start, and wait for the first greeting."""
        for name in ("host", "deploy", "stranger"):
            _make_key(self.root / name)
        authorized = self.root / "authorized_keys"
        authorized.write_bytes((self.root / "deploy.pub").read_bytes())
        if os.geteuid() == 0:
            _PRIVILEGE_SEPARATION.mkdir(mode=0o755, parents=True, exist_ok=True)
        self.port = _free_port()
        options = [
            f"HostKey={self.root / 'host'}",
            f"AuthorizedKeysFile={authorized}",
            f"PidFile={self.root / 'sshd.pid'}",
            f"Port={self.port}",
            "ListenAddress=127.0.0.1",
            "UsePAM=no",
            "StrictModes=no",
            "PermitRootLogin=prohibit-password",
            "PasswordAuthentication=no",
            "KbdInteractiveAuthentication=no",
            "AllowTcpForwarding=no",
            "MaxStartups=100:30:200",
            f"SetEnv=PATH={os.environ.get('PATH', os.defpath)}",
        ]
        arguments = [part for option in options for part in ("-o", option)]
        command = [SSHD, "-D", "-e", "-f", os.devnull, *arguments]
        self._process = start(command, self.root / "sshd.log")
        await_value(self._greets, what="sshd to greet")

    def stop(self) -> None:
        """Serve no more."""
        if self._process is not None:
            stop(self._process)

    @property
    def private_key(self) -> str:
        """The deploy key that is let in."""
        return (self.root / "deploy").read_text()

    @property
    def strange_key(self) -> str:
        """A good key that the server does not know."""
        return (self.root / "stranger").read_text()

    @property
    def known_hosts(self) -> str:
        """The server's host key as a line of a known_hosts file."""
        kind, key = (self.root / "host.pub").read_text().split()[:2]
        return f"[127.0.0.1]:{self.port} {kind} {key}\n"

    @property
    def other_known_hosts(self) -> str:
        """What the line would be if the server had another host key."""
        kind, key = (self.root / "stranger.pub").read_text().split()[:2]
        return f"[127.0.0.1]:{self.port} {kind} {key}\n"

    def publish(self, builder: RepositoryBuilder, name: str) -> Path:
        """Put a bare clone under a name; `builder.push` of the returned path updates it."""
        return builder.bare_clone(self.root / f"{name}.git")

    def url(self, name: str) -> str:
        """The address of a repository."""
        return f"ssh://{self.user}@127.0.0.1:{self.port}{self.root}/{name}.git"

    def _greets(self) -> bool:
        if self._process is not None and self._process.poll() is not None:
            raise RuntimeError((self.root / "sshd.log").read_text())
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
                return connection.recv(4) == b"SSH-"
        except OSError:
            return False


def _make_key(path: Path) -> None:
    subprocess.run(
        ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "test", "-f", path], check=True
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def git_ssh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GitSshServer]:
    """One server a run; publish under names of your own."""
    server = GitSshServer(tmp_path_factory.mktemp("git-ssh"))
    server.start()
    yield server
    server.stop()
