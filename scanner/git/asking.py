"""Asks a git many questions at once and takes the answers as they come."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO, Final

from scanner.git.causes import CORRUPT, TOO_LARGE
from scanner.git.command import READ_SECONDS, Process, end, start_feed
from scanner.git.environment import closed_environment

_CHUNK: Final = 1 << 16


def ask_git(
    git_dir: Path,
    arguments: list[str],
    asked: bytes,
    take: Callable[[bytes], object],
    seconds: float = READ_SECONDS,
) -> None:
    """Write everything to a git's stdin while `take` is given what it prints.

    Raises UserError when git fails or takes longer than so many seconds; what `take` raises ends
    git too.
    """
    process = start_feed([f"--git-dir={git_dir}", *arguments], closed_environment())
    asker = threading.Thread(target=_ask, args=(_pipe(process.stdin), asked), daemon=True)
    is_late = threading.Event()
    watch = threading.Timer(seconds, _stop, args=(process, is_late))
    watch.start()
    asker.start()
    try:
        answers = _pipe(process.stdout)
        while chunk := os.read(answers.fileno(), _CHUNK):
            take(chunk)
        status = process.wait()
    finally:
        watch.cancel()
        _stop(process)
        asker.join()
        end(process)
    if is_late.is_set():
        raise TOO_LARGE.error(f"git was not done after {seconds:g} seconds")
    if status:
        raise CORRUPT.error(f"git ended with {status}")


def _ask(stdin: IO[bytes], asked: bytes) -> None:
    with contextlib.suppress(BrokenPipeError):  # git is gone, and its reader says why
        stdin.write(asked)
        stdin.close()


def _stop(process: Process, is_late: threading.Event | None = None) -> None:
    """Kill it, so that neither side waits for it any more."""
    if is_late is not None:
        is_late.set()
    with contextlib.suppress(ProcessLookupError, PermissionError):  # it is gone already
        os.killpg(process.pid, signal.SIGKILL)


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise RuntimeError("the process has no pipe")
    return stream
