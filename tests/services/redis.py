"""A real Redis of this run, found and started as `make run` does it."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis

from dashboard.config.broker import socket_path
from dashboard.supervisor.redis_server import find_redis, prepare_folders, redis_command
from tests.services.processes import await_value, start, stop


class RedisServer:
    """The broker of the run, behind the unix socket that the settings name."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir / "redis"
        self.socket = socket_path(data_dir)
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start serving and wait for the first answer."""
        prepare_folders(self._folder, self.socket)
        command = redis_command(find_redis(), self._folder, self.socket)
        self.process = start(command, self._folder / "redis.log")
        await_value(self._answers, what="Redis to answer")

    def client(self) -> redis.Redis:
        """A connection of its own."""
        return redis.Redis(unix_socket_path=str(self.socket), socket_timeout=5)

    @contextmanager
    def mute(self) -> Iterator[None]:
        """Let it take connections and answer nothing."""
        if self.process is None:
            raise RuntimeError("the server is not running")
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """End it without a word; `start` brings it back with what was appended to its file."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(20)
            self.process = None

    def stop(self) -> None:
        """Stop; what was appended to its file stays."""
        if self.process is not None:
            stop(self.process)
            self.process = None

    def _answers(self) -> bool:
        try:
            with self.client() as client:
                return bool(client.ping())
        except redis.RedisError:
            return False


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    """Redis, started once a run."""
    from django.conf import settings

    server = RedisServer(settings.CODEVITALS.data_dir)
    server.start()
    yield server
    server.stop()
