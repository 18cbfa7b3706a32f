"""What is looked at before anything is started; each failure is one plain sentence."""

from __future__ import annotations

import errno
import fcntl
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from dashboard.config.environment import split_bind
from scanner.domain.errors import UserError

OLDEST_GIT = (2, 31)  # the first that takes configuration from the environment
LEAST_SPACE = 256 << 20  # bytes
NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT})
PATIENCE = 5.0  # seconds for what a killed supervisor left to end


def check_git() -> None:
    """Raises UserError when git is missing or too old."""
    hint = "install it with the system's package manager, for example apt-get install git"
    try:
        said = subprocess.run(
            ["git", "--version"], check=True, capture_output=True, text=True, timeout=20
        ).stdout
    except (OSError, subprocess.SubprocessError):
        raise _problem("git", f"Codevitals needs git, which does not run here: {hint}.") from None
    found = re.search(r"(\d+)\.(\d+)", said)
    if found and (int(found[1]), int(found[2])) < OLDEST_GIT:
        wanted = ".".join(map(str, OLDEST_GIT))
        raise _problem("git", f"Codevitals needs git {wanted} or newer, but this is {found[0]}.")


def check_data_dir(folder: Path) -> None:
    """Make the data directory. Raises UserError when it cannot be written or the disk is full."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"\0" * 4096)
            probe.flush()
        free = shutil.disk_usage(folder).free
    except OSError as error:
        if error.errno in NO_SPACE:
            raise disk_full(folder) from error
        raise _problem(
            "data-dir",
            f"The data directory {folder} cannot be written ({error.strerror}):"
            " mend that, or set CODEVITALS_DATA_DIR to another folder.",
        ) from error
    if free < LEAST_SPACE:
        raise disk_full(folder)


def disk_full(folder: Path) -> UserError:
    """The sentence for a disk without space."""
    return _problem(
        "disk-full",
        f"The disk of {folder} is full: free at least {LEAST_SPACE >> 20} MB,"
        " or set CODEVITALS_DATA_DIR to a folder on another disk.",
    )


def check_bind(bind: str) -> None:
    """Raises UserError when the web server could not listen there."""
    host, port = split_bind(bind)
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen(1)
    except OSError as error:
        raise _problem("port", _bind_sentence(host, port, error)) from error


def only_supervisor(folder: Path) -> int:
    """Hold the data directory; the descriptor is kept open until the process ends.

    Raises UserError when another supervisor holds it.
    """
    handle = _lock(folder / "supervisor.lock", 0.0)
    if handle is None:
        raise _problem(
            "running",
            f"Codevitals already runs on {folder}: stop it first, or set CODEVITALS_DATA_DIR"
            " and CODEVITALS_BIND for a second one.",
        )
    return handle


def only_redis(folder: Path) -> int:
    """Hold the files of the embedded Redis; the server inherits the descriptor.

    Two of them must never write the same files, and the one of a killed supervisor needs a
    moment to end. Raises UserError when it does not.
    """
    handle = _lock(folder / "redis.lock", PATIENCE)
    if handle is None:
        raise _problem(
            "redis", f"An embedded Redis of an earlier start still uses {folder}: end it first."
        )
    return handle


def _lock(path: Path, seconds: float) -> int | None:
    """A descriptor that holds an exclusive lock; None when it was not had in time."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    end = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= end:
                os.close(handle)
                return None
            time.sleep(0.05)
        else:
            return handle


def _bind_sentence(host: str, port: int, error: OSError) -> str:
    shown = f"[{host}]" if ":" in host else host
    choose = f"choose another, for example CODEVITALS_BIND={shown}:{port % 65_535 + 1}"
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} of {host} is taken by another program: {choose}."
    if error.errno == errno.EACCES:
        return f"Port {port} may not be used without special rights: {choose}."
    return f"{host} is no address of this machine: set CODEVITALS_BIND to one that is."


def _problem(code: str, sentence: str) -> UserError:
    return UserError(f"start.{code}", sentence, "")
