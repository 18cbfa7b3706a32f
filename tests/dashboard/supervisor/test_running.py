"""The small parts of the supervisor: logs that stay short, addresses, signals, told ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.config.environment import HOME
from dashboard.queries.first_scan import ScanEnd
from dashboard.supervisor import supervisor, welcome
from tests.services.processes import await_value


def test_a_long_log_moves_aside_while_its_writer_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "LONGEST_LOG", 100)
    log = tmp_path / "web.log"
    with log.open("ab", buffering=0) as writer:
        writer.write(b"a" * 100)
        supervisor.shorten(log)
        assert not (tmp_path / "web.log.1").exists()
        writer.write(b"b")
        supervisor.shorten(log)
        writer.write(b"c")
    assert (tmp_path / "web.log.1").read_bytes() == b"a" * 100 + b"b"
    assert log.read_bytes() == b"c"


def test_a_log_on_a_full_disk_or_gone_is_no_trouble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "LONGEST_LOG", 10)
    (tmp_path / "web.log").write_bytes(b"a" * 11)
    (tmp_path / "web.log.1").mkdir()  # nothing can be copied there
    supervisor.shorten(tmp_path / "web.log")
    assert (tmp_path / "web.log").read_bytes() == b""
    supervisor.shorten(tmp_path / "gone.log")


@pytest.mark.parametrize(
    ("bind", "shown"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("0.0.0.0", "127.0.0.1"),
        ("::", "[::1]"),
        ("10.1.1.1", "10.1.1.1"),
    ],
)
def test_the_address_that_is_told_can_be_opened_here(bind: str, shown: str) -> None:
    assert welcome.shown_host(bind) == shown


def test_nothing_answers_where_nobody_listens() -> None:
    assert not supervisor.page_answers("127.0.0.1", 1)


def test_the_end_of_the_first_scan_rounds_down() -> None:
    told = welcome.told(ScanEnd("codevitals", 89.96, "B"))
    assert told == "First scan finished: codevitals scored 89.9 (B)"


def test_a_failed_first_scan_is_told_with_its_next_step() -> None:
    told = welcome.told(ScanEnd("codevitals", None, message="It is empty.", next_step="Commit."))
    assert told == "First scan failed: It is empty. Commit."


@pytest.mark.parametrize(
    ("number", "before", "stops"),
    [
        (signal.SIGINT, signal.SIG_DFL, True),
        (signal.SIGTERM, signal.SIG_DFL, True),
        (signal.SIGHUP, signal.SIG_DFL, True),
        (signal.SIGHUP, signal.SIG_IGN, False),
        (signal.SIGCHLD, signal.SIG_DFL, False),
    ],
)
def test_signals_that_ask_to_stop(
    number: signal.Signals, before: signal.Handlers, stops: bool
) -> None:
    code = f"""
import os, signal
signal.signal({int(number)}, signal.Handlers({int(before)}))
from dashboard.supervisor.signals import Signals, StopRequestedError
signals = Signals()
os.kill(os.getpid(), {int(number)})
try:
    signals.wait(0.2)
    print("goes on")
except StopRequestedError:
    print("stops")
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=HOME, capture_output=True, text=True, check=True
    )
    assert done.stdout == ("stops\n" if stops else "goes on\n")


def test_a_broken_setting_is_one_sentence_for_commands_too() -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "score", "."],
        cwd=HOME,
        env={**os.environ, "CODEVITALS_CHILDREN": "abc"},
        capture_output=True,
        text=True,
        check=False,
    )
    sentence = (
        "The setting CODEVITALS_CHILDREN ('abc') cannot be used: it must be a whole number.\n"
    )
    assert (done.returncode, done.stderr) == (2, sentence)


def test_a_closed_terminal_does_not_stop_the_supervisor(tmp_path: Path) -> None:
    code = "from dashboard.supervisor.console import say, warn; say('a'); warn('b'); open(%r, 'w')"
    reader, writer = os.pipe()
    os.close(reader)
    mark = tmp_path / "went-on"
    process = subprocess.Popen(
        [sys.executable, "-c", code % str(mark)], cwd=HOME, stdout=writer, stderr=writer
    )
    os.close(writer)
    await_value(lambda: process.poll() is not None)
    assert mark.exists()
