"""The commands of the processes that make up an instance on one machine."""

from __future__ import annotations

import sys
from pathlib import Path

from dashboard.config.broker import CONTROL, ORIGINS, PREVIEWS, SCANS, socket_path
from dashboard.supervisor.children import Program
from dashboard.supervisor.redis_server import find_redis, prepare_folders, redis_command

APP = ("-m", "celery", "--app", "dashboard.config.celery", "--quiet")


def redis_program(data_dir: Path, lock: int) -> Program:
    """The embedded broker. Raises UserError when the machine has no Redis at all."""
    socket = socket_path(data_dir)
    folder = data_dir / "redis"
    prepare_folders(folder, socket)
    command = redis_command(find_redis(), folder, socket)
    return Program("redis", "embedded Redis", tuple(command), _log(data_dir, "redis"), (lock,))


def web_program(data_dir: Path) -> Program:
    """The web server."""
    command = (sys.executable, "-m", "gunicorn", "--config", "python:dashboard.config.web")
    return Program("web", "web server", command, _log(data_dir, "web"), stop_seconds=15.0)


def worker_programs(data_dir: Path, scans: int) -> tuple[Program, ...]:
    """One worker for so many scans at once, and one for the clockwork, which no scan may delay.

    The first looks up the origins of findings too, and tells what rubrics would do, in turns with
    the scans.
    """
    return (
        _worker(data_dir, SCANS, "worker", scans, ORIGINS, PREVIEWS),
        _worker(data_dir, CONTROL, "control worker", 1),
    )


def beat_program(data_dir: Path) -> Program:
    """What rings the clock."""
    command = (sys.executable, *APP, "beat", "--pidfile=")
    return Program("beat", "scheduler", command, _log(data_dir, "beat"))


def _worker(data_dir: Path, queue: str, title: str, processes: int, *beside: str) -> Program:
    """After SIGTERM its scans have five seconds, then they go back into the queue."""
    command = (
        *(sys.executable, *APP, "worker"),
        *("--queues", ",".join((queue, *beside))),
        *("--hostname", f"{queue}@%h"),
        *("--concurrency", str(processes)),
        *("--without-gossip", "--without-mingle", "--without-heartbeat"),
    )
    return Program(
        queue,
        title,
        command,
        _log(data_dir, queue),
        environment={"REMAP_SIGTERM": "SIGQUIT"},
        stop_seconds=20.0,
    )


def _log(data_dir: Path, name: str) -> Path:
    return data_dir / "logs" / f"{name}.log"
