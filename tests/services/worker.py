"""A real Celery worker beside the tests, on the same database, broker and data directory."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytest_django import Settings

from scanner.application.configuration import Configuration
from tests.services.processes import await_value, start, stop
from tests.services.redis import RedisServer

READY = " ready."


class Worker:
    """One process that takes scans and ticks. Its log is JSON lines.

    `include` names a module that it imports first.
    """

    def __init__(self, log: Path, include: str = "", **environment: str) -> None:
        self.log = log
        self._include = include
        self._environment = {**environment, "REMAP_SIGTERM": "SIGQUIT"}
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it takes work."""
        seen = len(self.text())
        command = [sys.executable, "-m", "celery", "--app", "dashboard.config.celery", "worker"]
        command += ["--queues", "scans,origins,previews,control", "--concurrency", "2"]
        command += ["--hostname", f"{self.log.stem}@%h", "--without-gossip", "--without-mingle"]
        command += ["--include", self._include] if self._include else []
        self.process = start(command, self.log, self._environment)
        await_value(lambda: READY in self.text()[seen:] or self._ended(), 60, "the worker")

    def text(self) -> str:
        """Everything it has logged so far."""
        return self.log.read_text() if self.log.exists() else ""

    def kill(self) -> None:
        """End it and its children without a word."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(20)
            self.process = None

    def stop(self) -> None:
        """Tell it to end, as a deployment does."""
        if self.process is not None:
            stop(self.process)
            self.process = None

    def _ended(self) -> bool:
        if self.process is not None and self.process.poll() is not None:
            raise RuntimeError(f"the worker ended:\n{self.text()[-4_000:]}")
        return False


def reach(factory: pytest.TempPathFactory) -> dict[str, str]:
    """Settings that open loopback hosts and the folders of tests to a worker."""
    return {
        "CODEVITALS_PRIVATE_HOSTS": "127.0.0.1,localhost",
        "CODEVITALS_ALLOW_HTTP": "true",
        "CODEVITALS_LOCAL_ROOTS": str(factory.getbasetemp()),
    }


@pytest.fixture
def reachable(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Configuration:
    """Opens to this process what is open to the worker."""
    configuration: Configuration = replace(
        settings.CODEVITALS,
        private_hosts=("127.0.0.1", "localhost"),
        allow_http=True,
        local_roots=(tmp_path_factory.getbasetemp(),),
    )
    settings.CODEVITALS = configuration
    return configuration


@pytest.fixture(scope="session")
def _worker(
    redis_server: RedisServer,
    django_db_setup: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Worker]:
    worker = Worker(tmp_path_factory.mktemp("worker") / "worker.log", **reach(tmp_path_factory))
    yield worker
    worker.stop()


@pytest.fixture
def worker(_worker: Worker, transactional_db: None) -> Iterator[Worker]:
    """The worker of the run; at the end of the test it is idle again."""
    from scanner.storage.models import Scan

    if _worker.process is None:
        _worker.start()
    yield _worker
    await_value(lambda: not Scan.objects.filter(status="running").exists(), what="idle worker")


@pytest.fixture
def make_worker(
    _worker: Worker,
    transactional_db: None,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[..., Worker]]:
    """Starts workers with settings of their own; they are gone after the test.

    The worker of the run ends first, lest it takes their work.
    """
    _worker.stop()
    made: list[Worker] = []

    def make(name: str, **environment: str) -> Worker:
        settings = {**reach(tmp_path_factory), **environment}
        worker = Worker(tmp_path / f"{name}.log", **settings)
        made.append(worker)
        worker.start()
        return worker

    yield make
    for worker in made:
        worker.kill()
