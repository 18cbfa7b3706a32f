"""One analysis child: started in its own session with nothing but pipes, and surely ended."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Final

_ENVIRONMENT: Final[Mapping[str, str]] = {"LC_ALL": "C.UTF-8"}
_CHUNK: Final = 1 << 18
_LONGEST_LINE: Final = 64 << 20
_GRACE_SECONDS: Final = 2.0


class ChildProcess:
    """Reads objects from one descriptor and answers in lines."""

    def __init__(self, command: Sequence[str], stdin: int, folder: str) -> None:
        self._process = subprocess.Popen(
            command,
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=_ENVIRONMENT,
            bufsize=0,
            start_new_session=True,
        )
        if self._process.stdout is None:
            raise RuntimeError("a pipe was asked for and not made")
        self._out = self._process.stdout
        self._tail: list[bytes] = []
        self._kept = 0

    @property
    def pid(self) -> int:
        """The process, and its group too."""
        return self._process.pid

    def fileno(self) -> int:
        """Where the answers come from."""
        return self._out.fileno()

    def lines(self) -> list[bytes] | None:
        """Whole lines that have come, after waiting for some bytes; None at the end.

        A line without end is an end too.
        """
        chunk = os.read(self._out.fileno(), _CHUNK)
        if not chunk or self._kept > _LONGEST_LINE:
            return None
        head, separator, rest = chunk.partition(b"\n")
        self._tail.append(head)
        self._kept += len(head)
        if not separator:
            return []
        first = b"".join(self._tail)
        *lines, last = rest.split(b"\n")
        self._tail, self._kept = [last], len(last)
        return [first, *lines]

    def end(self) -> int | None:
        """Wait a little, kill what is left, and give the exit code; None when it had to be killed.

        A code below zero is the signal that ended it.
        """
        code: int | None = None
        with suppress(subprocess.TimeoutExpired):
            code = self._process.wait(_GRACE_SECONDS)
        self.kill()
        return code

    def kill(self) -> None:
        """End the whole process group now, whatever its state."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._out.close()
