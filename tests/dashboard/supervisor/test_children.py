"""Children: sessions of their own, starts after deaths, and ends that leave nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.supervisor import children
from dashboard.supervisor.children import Child, Program
from tests.services.processes import await_value

SLEEP = "import time; time.sleep(600)"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder that marks the processes of one test; they are ended with it."""
    yield tmp_path
    for pid in marked(tmp_path):
        os.kill(pid, signal.SIGKILL)


def marked(folder: Path) -> list[int]:
    """The live processes that were started with this folder in their environment."""
    wanted = f"MARK={folder}".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if wanted in (entry / "environ").read_bytes().split(b"\0"):
                found.append(int(entry.name))
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
    return found


def _child(folder: Path, code: str, stop_seconds: float = 5.0) -> Child:
    return Child(
        Program(
            "test",
            "test program",
            (sys.executable, "-c", code),
            folder / "test.log",
            environment={"MARK": str(folder)},
            stop_seconds=stop_seconds,
        )
    )


def test_a_child_has_a_session_of_its_own_and_writes_its_log(folder: Path) -> None:
    child = _child(folder, f"print('hello', flush=True); {SLEEP}")
    child.start()
    assert child.process is not None
    await_value(lambda: "hello" in (folder / "test.log").read_text())
    assert os.getsid(child.process.pid) == child.process.pid
    children.stop([child])
    assert not child.running
    assert marked(folder) == []


def test_a_dead_child_is_started_again_later_each_time(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(children, "FIRST_DELAY", 0.05)
    child = _child(folder, "raise SystemExit(3)")
    child.start()
    said = [await_value(child.tend) for _ in range(3)]
    assert [line.split(" and ")[0] for line in said] == ["The test program ended with code 3"] * 3
    assert child._delay == pytest.approx(0.4)


def test_the_delay_begins_anew_after_a_steady_life(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(children, "STEADY", 0.0)
    child = _child(folder, "raise SystemExit(3)")
    child.start()
    assert "starts again in 1 s" in await_value(child.tend)
    child._due = 0.0
    child.tend()
    assert "starts again in 1 s" in await_value(child.tend)


def test_a_program_that_cannot_be_started_is_told(folder: Path) -> None:
    child = Child(Program("test", "test program", ("/no/such/program",), folder / "test.log"))
    said = child.tend()
    assert said is not None
    assert said.startswith("The test program could not be started (No such file or directory)")


def test_a_stubborn_child_and_its_own_children_are_killed(folder: Path) -> None:
    code = (
        "import signal, subprocess, sys;"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        f"subprocess.Popen([sys.executable, '-c', {SLEEP!r}]);"
        f"print('ready', flush=True); {SLEEP}"
    )
    child = _child(folder, code, stop_seconds=0.2)
    child.start()
    await_value(lambda: "ready" in (folder / "test.log").read_text())
    await_value(lambda: len(marked(folder)) == 2)
    children.stop([child])
    await_value(lambda: not marked(folder))


def test_a_killed_parent_takes_its_children_along(folder: Path) -> None:
    code = f"""
import sys, time
from pathlib import Path
from dashboard.supervisor.children import Child, Program
folder = Path({str(folder)!r})
Child(Program("a", "a", (sys.executable, "-c", {SLEEP!r}), folder / "a.log")).start()
print("started", flush=True)
time.sleep(600)
"""
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        env={**os.environ, "MARK": str(folder), "PYTHONPATH": str(Path.cwd())},
    ) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"started\n"
        assert len(marked(folder)) == 2
        parent.kill()
    await_value(lambda: not marked(folder))


def test_orphans_are_adopted_and_ended(folder: Path) -> None:
    code = f"""
import subprocess, sys
from dashboard.supervisor.children import adopt_orphans, end_orphans, reap_orphans
adopt_orphans()
leaf = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', sys.argv[1]])"
subprocess.run([sys.executable, "-c", leaf, {SLEEP!r}], check=True)
reap_orphans([])
print("adopted", flush=True)
sys.stdin.read()
end_orphans()
"""
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "MARK": str(folder), "PYTHONPATH": str(Path.cwd())},
    ) as parent:
        assert parent.stdout is not None
        assert parent.stdin is not None
        assert parent.stdout.readline() == b"adopted\n"
        assert len(marked(folder)) == 2
        parent.stdin.close()
    assert marked(folder) == []
