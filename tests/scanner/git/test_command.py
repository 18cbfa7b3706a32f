"""How processes are started, bounded and ended."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scanner.git.command import Bounds, Listeners, Outcome, run
from scanner.git.environment import closed_environment
from tests.services.processes import await_value

ENVIRONMENT = closed_environment()


def _shell(
    script: str, bounds: Bounds | None = None, listeners: Listeners | None = None
) -> Outcome:
    return run(["sh", "-c", script], ENVIRONMENT, bounds, listeners)


def _is_running(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


def _text(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def test_it_returns_what_was_printed_and_the_status() -> None:
    outcome = _shell("echo out; echo err >&2; exit 3")
    assert outcome == Outcome(3, b"out\n", b"err\n", "")
    assert not outcome.ok
    assert _shell("true").ok


def test_the_environment_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", "/elsewhere")
    monkeypatch.setenv("ODD NAME", "x")
    monkeypatch.setenv("SECRET", "x")
    printed = run(["env"], ENVIRONMENT).stdout.decode().splitlines()
    names = {line.partition("=")[0] for line in printed}
    assert names - {"PWD", "SHLVL", "_", "OLDPWD"} == set(ENVIRONMENT)


def test_relative_folders_of_the_path_are_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f".{os.pathsep}/usr/bin{os.pathsep}bin{os.pathsep}{os.pathsep}/bin")
    assert closed_environment()["PATH"] == f"/usr/bin{os.pathsep}/bin"


def test_it_does_not_read_the_standard_input_and_does_not_run_here() -> None:
    assert _shell("cat; pwd").stdout == b"/\n"


def test_the_wall_clock_ends_it() -> None:
    outcome = _shell("echo $$; exec sleep 600", Bounds(seconds=0.1))
    assert outcome.stopped == "time"
    assert not _is_running(int(outcome.stdout))


def test_a_process_that_closed_its_pipes_is_ended_too() -> None:
    outcome = _shell("echo $$; exec >&- 2>&-; sleep 600", Bounds(seconds=0.2))
    assert outcome.stopped == "time"
    assert not _is_running(int(outcome.stdout))


def test_children_that_stay_behind_are_ended() -> None:
    outcome = _shell("sleep 600 >/dev/null 2>&1 & echo $!")
    assert outcome.ok
    await_value(lambda: not _is_running(int(outcome.stdout)), 10, "the child to end")


def test_children_that_hold_the_pipes_are_ended() -> None:
    outcome = _shell("sleep 600 & echo $!", Bounds(seconds=0.2))
    assert outcome.stopped == "time"
    await_value(lambda: not _is_running(int(outcome.stdout)), 10, "the child to end")


def test_too_much_output_ends_it() -> None:
    outcome = _shell("yes", Bounds(output_bytes=10_000))
    assert outcome.stopped == "output"
    assert 10_000 < len(outcome.stdout) < 200_000


def test_only_the_end_of_the_errors_is_kept() -> None:
    outcome = _shell("yes | head -c 300000 >&2; echo last >&2")
    assert len(outcome.stderr) == 65_536
    assert outcome.stderr.endswith(b"last\n")


def test_a_file_may_not_grow_beyond_its_bound(tmp_path: Path) -> None:
    file = tmp_path / "file"
    outcome = _shell(f"exec head -c 100000 /dev/zero > {file}", Bounds(file_bytes=5_000))
    assert not outcome.ok
    assert file.stat().st_size == 5_120  # whole blocks of 512


def test_memory_is_bounded() -> None:
    script = f"exec {sys.executable} -I -c 'bytearray(1 << 28)'"
    assert not _shell(script, Bounds(memory_bytes=1 << 28)).ok
    assert _shell(script).ok


def test_a_watcher_may_stop_it_with_a_word() -> None:
    answers = iter(["", "enough"])
    outcome = _shell("sleep 600", listeners=Listeners(watch=lambda: next(answers)))
    assert outcome.stopped == "enough"


def test_listeners_hear_everything() -> None:
    out, err = bytearray(), bytearray()
    outcome = _shell("echo out; echo err >&2", listeners=Listeners(out.extend, err.extend))
    assert (bytes(out), bytes(err)) == (b"out\n", b"err\n")
    assert outcome.stdout == b""


def test_a_listener_that_raises_ends_it() -> None:
    pids: list[int] = []

    def hear(chunk: bytes) -> None:
        pids.append(int(chunk))
        raise InterruptedError

    with pytest.raises(InterruptedError):
        _shell("echo $$; exec sleep 600", listeners=Listeners(stdout=hear))
    assert not _is_running(pids[0])


def test_it_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    code = (
        "import sys; from scanner.git.command import run;"
        "from scanner.git.environment import closed_environment;"
        "run(['sh', '-c', 'echo $$ > ' + sys.argv[1] + '; exec sleep 600'], closed_environment())"
    )
    starter = subprocess.Popen(
        [sys.executable, "-c", code, str(note)], cwd=Path(__file__).parents[3]
    )
    pid = int(await_value(lambda: _text(note), what="the program to start"))
    starter.kill()
    starter.wait()
    await_value(lambda: not _is_running(pid), 10, "the program to end")
