"""The processes under the supervisor: started, started again after a death, stopped.

Each has a session of its own, so that Ctrl-C reaches the supervisor alone, and is told by the
kernel to end when the supervisor dies, so that even SIGKILL leaves nothing behind.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
FIRST_DELAY = 1.0  # seconds before a start again; doubled with each death in a row
LONGEST_DELAY = 30.0
STEADY = 60.0  # seconds of life after which a death counts as the first again


@dataclass(frozen=True, slots=True)
class Program:
    """What is started: its name in logs, its name for people, its command."""

    name: str
    title: str
    command: tuple[str, ...]
    log: Path
    keeps: tuple[int, ...] = ()  # file descriptors that it holds open as long as it lives
    environment: Mapping[str, str] = field(default_factory=dict)  # beside our own
    stop_seconds: float = 10.0  # from SIGTERM until it is killed


class Child:
    """One program and its process, if it runs."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.process: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._delay = FIRST_DELAY
        self._due = 0.0

    @property
    def running(self) -> bool:
        """Whether the process is there."""
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        """Start it, its output at the end of its log. Raises OSError."""
        with self.program.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.program.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, **self.program.environment},
                start_new_session=True,
                pass_fds=self.program.keeps,
                preexec_fn=_die_with_parent(),
            )
        self._started = time.monotonic()

    def tend(self) -> str | None:
        """Start it again when that is due. A sentence when it has died just now."""
        if self.process is None:
            return self._start_when_due()
        code = self.process.poll()
        if code is None:
            return None
        self.kill()
        return self._put_off(_end(code))

    def _start_when_due(self) -> str | None:
        if time.monotonic() < self._due:
            return None
        try:
            self.start()
        except OSError as error:
            return self._put_off(f"could not be started ({error.strerror})")
        return None

    def _put_off(self, what: str) -> str:
        now = time.monotonic()
        if now - self._started >= STEADY:
            self._delay = FIRST_DELAY
        delay, self._delay = self._delay, min(2 * self._delay, LONGEST_DELAY)
        self._due = now + delay
        title, log = self.program.title, self.program.log
        return f"The {title} {what} and starts again in {delay:.0f} s; see {log}."

    def ask_to_stop(self) -> None:
        """Send SIGTERM."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait(self, seconds: float) -> None:
        """Wait for its end; kill it when the time is over."""
        if self.process is not None:
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(max(seconds, 0.0))
        self.kill()

    def kill(self) -> None:
        """End what is left of it and of its session."""
        if self.process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


def stop(children: Sequence[Child]) -> None:
    """Stop these together and wait for them."""
    for child in children:
        child.ask_to_stop()
    begun = time.monotonic()
    for child in children:
        child.wait(begun + child.program.stop_seconds - time.monotonic())


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent dies (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def reap_orphans(children: Sequence[Child]) -> None:
    """Take leave of adopted processes that have ended."""
    known = {child.process.pid for child in children if child.process is not None}
    for pid in _offspring() - known:
        _reap(pid, os.WNOHANG)


def end_orphans() -> None:
    """End all adopted processes, and those that are adopted when they end."""
    while orphans := _offspring():
        for pid in orphans:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            _reap(pid, 0)


def _die_with_parent() -> Callable[[], None] | None:
    """What a child runs before its program, so that the kernel ends it when we die."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)
    parent = os.getpid()

    def set_up() -> None:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
        if os.getppid() != parent:  # it died before the call
            os._exit(1)

    return set_up


def _offspring() -> set[int]:
    """The children of this process, where the kernel lists them."""
    try:
        listed = Path(f"/proc/self/task/{os.getpid()}/children").read_text()
    except OSError:  # no Linux, or one built without this list
        return set()
    return {int(pid) for pid in listed.split()}


def _reap(pid: int, options: int) -> None:
    with suppress(ChildProcessError):
        os.waitpid(pid, options)


def _end(code: int) -> str:
    return f"was ended by signal {-code}" if code < 0 else f"ended with code {code}"
