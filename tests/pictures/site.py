"""The product on a data directory of its own, with the demonstration in it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Final

HOME: Final = Path(__file__).resolve().parents[2]
PATIENCE: Final = 60.0  # seconds until the server must answer
PASSWORD: Final = "pictures need a pass phrase"  # of a site that lives for minutes


@dataclass(frozen=True, slots=True)
class Site:
    """Where it answers, and what its processes are told."""

    base: str
    environment: Mapping[str, str]


@contextmanager
def site(folder: Path) -> Iterator[Site]:
    """The demonstration, with workers. Raises RuntimeError when no page answers."""
    port = _free_port()
    environment = {
        **os.environ,
        "CODEVITALS_DATA_DIR": str(folder),
        "CODEVITALS_STATIC_DIR": str(folder / "static"),
        "CODEVITALS_BIND": f"127.0.0.1:{port}",
        "CODEVITALS_LOG_LEVEL": "ERROR",
    }
    folder.mkdir(parents=True, exist_ok=True)
    for command in (("migrate", "-v", "0"), ("collectstatic", "--noinput", "-v", "0"), ("demo",)):
        _run(environment, str(HOME / "manage.py"), *command)
    _run(environment, "-m", "tests.pictures.entry", PASSWORD)
    command = (sys.executable, "-m", "dashboard.supervisor")
    server = subprocess.Popen(command, cwd=HOME, env=environment, stdout=subprocess.DEVNULL)
    try:
        _await(port, server)
        yield Site(f"http://127.0.0.1:{port}", environment)
    finally:
        server.terminate()
        server.wait()


def _run(environment: Mapping[str, str], *arguments: str) -> None:
    subprocess.run((sys.executable, *arguments), cwd=HOME, env=environment, check=True)


def _await(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < until:
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/health")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
        finally:
            connection.close()
    raise RuntimeError("the web server does not answer")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
