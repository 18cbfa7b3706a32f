"""A real Redis of this run, found and started as `make run` does it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
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
