"""A whole instance, as `make run` starts it: up, first scan, stopped, killed, started again."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from dashboard.config.environment import HOME
from tests.services.processes import await_value

FIRST = re.compile(
    r"Codevitals is at (http://\S+)  user admin  password ([a-z0-9]{4}(-\w{4}){3})\n"
)
LATER = re.compile(r"Codevitals is at (http://\S+)  user admin  \(a new password: \S+ manage\.py ")
SCANNED = re.compile(r"First scan finished: codevitals scored (\d+\.\d) \(([A-F])\)\n")


@dataclass
class Instance:
    """A supervisor and what it says."""

    process: subprocess.Popen[bytes]
    output: Path
    data_dir: Path

    def said(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first match in what was said so far. Raises AssertionError when it ended."""
        found = pattern.search(self.output.read_text())
        assert found or self.process.poll() is None, self.output.read_text()
        return found

    def family(self) -> list[int]:
        """The live processes that work on this data directory.

        Redis writes its title over its environment, but works inside the directory.
        """
        wanted = f"CODEVITALS_DATA_DIR={self.data_dir}".encode()
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                is_marked = wanted in (entry / "environ").read_bytes().split(b"\0")
                if is_marked or (entry / "cwd").readlink().is_relative_to(self.data_dir):
                    found.append(int(entry.name))
            except (FileNotFoundError, ProcessLookupError, PermissionError):
                continue
        return found


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def started(data_dir: Path, **settings: str) -> Iterator[Instance]:
    """A supervisor, killed at the end if it still runs."""
    port = free_port()
    output = data_dir.parent / f"output-{port}.txt"
    environment = {
        **{name: value for name, value in os.environ.items() if "CODEVITALS" not in name},
        "CODEVITALS_DATA_DIR": str(data_dir),
        "CODEVITALS_BIND": f"127.0.0.1:{port}",
        **settings,
    }
    with output.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "dashboard.supervisor"],
            cwd=HOME,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            env=environment,
        )
    instance = Instance(process, output, data_dir)
    try:
        yield instance
    finally:
        process.kill()
        process.wait()


def test_a_whole_life(tmp_path: Path) -> None:
    """One test, since each start costs seconds: a first start, Ctrl-C, a second start, SIGKILL."""
    data_dir = tmp_path / "data"
    with started(data_dir) as first:
        _scans_this_code_first(first)
        _leaves_nothing_after_ctrl_c(first)
    with started(data_dir) as second:
        await_value(lambda: second.said(LATER), 60.0, "the address")
        _is_the_only_one(second)
        _starts_a_dead_child_again(second)
        second.process.kill()
        await_value(lambda: not second.family(), what="the processes to end with the supervisor")


def _scans_this_code_first(instance: Instance) -> None:
    told = await_value(lambda: instance.said(FIRST), 60.0, "the address")
    with urllib.request.urlopen(f"{told[1]}/sign-in/", timeout=10) as page:
        assert page.status == 200
    scanned = await_value(lambda: instance.said(SCANNED), 60.0, "the end of the first scan")
    assert 0 <= float(scanned[1]) <= 100
    assert_lines_bear_their_scan(instance.data_dir / "logs" / "scans.log")


def _leaves_nothing_after_ctrl_c(instance: Instance) -> None:
    assert len(instance.family()) >= 8
    instance.process.send_signal(signal.SIGINT)
    await_value(lambda: instance.said(re.compile("Stopping")))
    instance.process.send_signal(signal.SIGINT)
    assert instance.process.wait(30) == 0
    assert instance.family() == []
    assert "Traceback" not in instance.output.read_text()


def _is_the_only_one(instance: Instance) -> None:
    with started(instance.data_dir) as other:
        assert other.process.wait(30) == 1
        assert other.output.read_text() == (
            f"Codevitals already runs on {instance.data_dir}: stop it first, or set"
            " CODEVITALS_DATA_DIR and CODEVITALS_BIND for a second one.\n"
        )


def _starts_a_dead_child_again(instance: Instance) -> None:
    redis = await_value(lambda: _pid_of(instance, "redis-server"))
    os.kill(redis, signal.SIGKILL)
    again = re.compile(r"The embedded Redis was ended by signal 9 and starts again in 1 s")
    await_value(lambda: instance.said(again))
    await_value(lambda: _pid_of(instance, "redis-server") not in (None, redis), what="another")


def assert_lines_bear_their_scan(log: Path) -> None:
    """Each line of the scan itself names it."""
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    ours = [line for line in lines if line["logger"].startswith("scanner.")]
    assert {line["scan_id"] for line in ours if line["event"].startswith("scan done")} == {1}
    assert {line["scan_id"] for line in ours} <= {1, 2}  # the scan, and the past after it


def _pid_of(instance: Instance, program: str) -> int | None:
    for pid in instance.family():
        command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")[0]
        if program.encode() in command:
            return pid
    return None


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"CODEVITALS_CHILDREN": "abc"},
            "The setting CODEVITALS_CHILDREN ('abc') cannot be used: it must be a whole number.\n",
        ),
        (
            {"PATH": "/nowhere"},
            "Codevitals needs git, which does not run here: install it with the system's package"
            " manager, for example apt-get install git.\n",
        ),
        (
            {"CODEVITALS_BIND": "192.0.2.1:8000"},
            "192.0.2.1 is no address of this machine: set CODEVITALS_BIND to one that is.\n",
        ),
        (
            {"CODEVITALS_REDIS_URL": "redis://127.0.0.1:1/0"},
            "The Redis of CODEVITALS_REDIS_URL does not answer: start it, or leave that setting"
            " out for the embedded one.\n",
        ),
    ],
    ids=["a broken setting", "no git", "a foreign address", "no broker"],
)
def test_what_keeps_it_from_starting_is_one_sentence(
    changes: dict[str, str], sentence: str, tmp_path: Path
) -> None:
    with started(tmp_path / "data", **changes) as instance:
        assert instance.process.wait(30) == 1
        assert instance.output.read_text() == sentence


def test_a_taken_port_is_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        bind = f"127.0.0.1:{other.getsockname()[1]}"
        with started(tmp_path / "data", CODEVITALS_BIND=bind) as instance:
            assert instance.process.wait(30) == 1
            said = instance.output.read_text()
    assert said.startswith(f"Port {bind.split(':')[1]} of 127.0.0.1 is taken by another program")
    assert said.count("\n") == 1
