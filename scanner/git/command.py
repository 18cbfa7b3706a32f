"""Starts git, and ssh-keyscan, through GitPython's command driver, and always ends them.

Every process has a closed environment, a session of its own, bounds on time, output, file size
and memory, and a lifeline: a pipe whose other end this process holds, so that whatever happens
here, no git outlives it. GitPython adds its environment to that of this process; `env -u` takes
away what must not reach git.
"""

from __future__ import annotations

import contextlib
import functools
import os
import re
import selectors
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Final

from git.cmd import Git

from scanner.domain.errors import UserError
from scanner.git.environment import closed_environment

READ_SECONDS: Final = 300.0
TAIL_BYTES: Final = 65_536
_TICK_SECONDS: Final = 0.5
_OLDEST: Final = (2, 37)  # the first that can pin an address
_BLOCK: Final = 512  # bytes, the unit of `ulimit -f`

_LIMITS: Final = "ulimit -c 0; ulimit -f {file}; ulimit -v {memory} 2>/dev/null; "
_ALONE: Final = _LIMITS + 'exec "$@" 2>/dev/null'
_ON_LIFELINE: Final = (
    _LIMITS + 'exec 3<&0 </dev/null; (read gone <&3; kill -KILL 0) >/dev/null 2>&1 & exec "$@" 3<&-'
)

Process = subprocess.Popen[bytes]


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one process may take. Zero bytes mean no bound."""

    seconds: float = READ_SECONDS  # wall clock
    output_bytes: int = 1 << 20
    file_bytes: int = 0
    memory_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a process ended. `stopped` is "" when it ended by itself, else why it was killed."""

    status: int  # negative: the signal that ended it
    stdout: bytes
    stderr: bytes  # the last 64 KiB
    stopped: str  # "" | "time" | "output" | what `watch` said

    @property
    def ok(self) -> bool:
        """It ended by itself and reported success."""
        return self.status == 0 and not self.stopped


@dataclass(frozen=True, slots=True)
class Listeners:
    """Who is told while a process runs; an exception of theirs ends it."""

    stdout: Callable[[bytes], None] | None = None  # instead of collecting it
    stderr: Callable[[bytes], None] | None = None
    watch: Callable[[], str] | None = None  # each half second; a word ends the process


@functools.cache
def executable() -> str:
    """The absolute path of git. Raises UserError when there is none, or it is too old."""
    found = shutil.which("git")
    if found is None:
        raise UserError(
            "git.missing",
            "There is no git on this machine.",
            "Install the package named git and start Codevitals again.",
        )
    printed = run([found, "version"], closed_environment()).stdout.decode()
    version = tuple(int(part) for part in re.findall(r"\d+", printed)[:2])
    if version < _OLDEST:
        raise UserError(
            "git.too-old",
            f"Codevitals needs git {_OLDEST[0]}.{_OLDEST[1]} or newer; this is {printed.strip()}.",
            "Install a newer git.",
        )
    return os.path.abspath(found)


def start_feed(arguments: Sequence[str], environment: Mapping[str, str]) -> Process:
    """Start a git that answers on stdout what it is asked on stdin, and ends when that closes.

    What it says on stderr is dropped: nobody reads it, and a full pipe would stop it.
    """
    return _start([executable(), *arguments], environment, _ALONE.format(**_ulimits(Bounds())))


def run_git(
    arguments: Sequence[str],
    environment: Mapping[str, str],
    bounds: Bounds | None = None,
    listeners: Listeners | None = None,
) -> Outcome:
    """Run git to its end, or to its bounds. Raises UserError when git is missing."""
    return run([executable(), *arguments], environment, bounds, listeners)


def run(
    command: Sequence[str],
    environment: Mapping[str, str],
    bounds: Bounds | None = None,
    listeners: Listeners | None = None,
) -> Outcome:
    """Run a program to its end, or to its bounds; nothing of its session is left afterwards."""
    bounds = bounds or Bounds()
    process = _start(command, environment, _ON_LIFELINE.format(**_ulimits(bounds)))
    try:
        return _follow(process, bounds, listeners or Listeners())
    finally:
        end(process)


def end(process: Process) -> None:
    """Kill what is left of a process and its session, and reap it."""
    with contextlib.suppress(ProcessLookupError, PermissionError):  # all of it is gone already
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream is not None:
            with contextlib.suppress(BrokenPipeError):  # words that nobody will read any more
                stream.close()


def _ulimits(bounds: Bounds) -> dict[str, str]:
    file = -(-bounds.file_bytes // _BLOCK) if bounds.file_bytes else "unlimited"
    memory = bounds.memory_bytes // 1024 if bounds.memory_bytes else "unlimited"
    return {"file": str(file), "memory": str(memory)}


def _start(command: Sequence[str], environment: Mapping[str, str], script: str) -> Process:
    unwanted = sorted(set(os.environ) - set(environment))
    stripped = [part for name in unwanted for part in ("-u", name)]
    driver = Git(os.sep)  # the working directory: never one that a repository could fill
    interrupt = driver.execute(
        ["/usr/bin/env", *stripped, "/bin/sh", "-c", script, "sh", *command],
        istream=subprocess.PIPE,
        as_process=True,
        env=dict(environment),
        start_new_session=True,
    )
    process, interrupt.proc = interrupt.proc, None  # `end` kills the whole group, not one process
    if process is None:
        raise RuntimeError("GitPython started no process")
    return process


def _follow(process: Process, bounds: Bounds, listeners: Listeners) -> Outcome:
    deadline = time.monotonic() + bounds.seconds
    stdout, stderr = bytearray(), bytearray()
    for name, chunk in _chunks(process):
        if name == "stdout" and listeners.stdout:
            listeners.stdout(chunk)
        elif name == "stdout":
            stdout += chunk
        elif name == "stderr":
            stderr += chunk
            del stderr[:-TAIL_BYTES]
            if listeners.stderr:
                listeners.stderr(chunk)
        stopped = _stopped(deadline, len(stdout) > bounds.output_bytes, name, listeners)
        if stopped:
            return Outcome(-signal.SIGKILL, bytes(stdout), bytes(stderr), stopped)
    return _ended(process, deadline, bytes(stdout), bytes(stderr))


def _stopped(deadline: float, is_full: bool, name: str, listeners: Listeners) -> str:
    if time.monotonic() > deadline:
        return "time"
    if is_full:
        return "output"
    return listeners.watch() if name == "tick" and listeners.watch else ""


def _ended(process: Process, deadline: float, stdout: bytes, stderr: bytes) -> Outcome:
    try:
        status = process.wait(max(0.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        return Outcome(-signal.SIGKILL, stdout, stderr, "time")
    return Outcome(status, stdout, stderr, "")


def _chunks(process: Process) -> Iterator[tuple[str, bytes]]:
    """What comes on either pipe as it comes, and a ("tick", b"") at least each half second."""
    with selectors.DefaultSelector() as selector:
        for name, stream in (("stdout", process.stdout), ("stderr", process.stderr)):
            selector.register(_open(stream), selectors.EVENT_READ, name)
        next_tick = time.monotonic()
        while selector.get_map():
            for key, _ in selector.select(max(0.0, next_tick - time.monotonic())):
                chunk = os.read(key.fd, 65_536)
                if chunk:
                    yield str(key.data), chunk
                else:
                    selector.unregister(key.fileobj)
            if time.monotonic() >= next_tick:
                next_tick = time.monotonic() + _TICK_SECONDS
                yield "tick", b""


def _open(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise RuntimeError("the process has no pipe")
    return stream
