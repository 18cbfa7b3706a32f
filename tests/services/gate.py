"""A gate in front of the parser: holds scans in the midst of their work until a test opens it.

It is an interpreter for CODEVITALS_INTERPRETER that waits before it becomes the real one.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from tests.services.processes import await_value

_PROBE_ARGUMENTS = 5  # flags and folder; a real read has its limits behind them
_SCRIPT = """#!/bin/sh
if [ "$#" -gt {probe} ] && [ -e {closed} ]; then
    echo "$PPID" > {held}.new && mv {held}.new {held}
    while [ -e {closed} ]; do sleep 0.05; done
fi
exec {python} "$@"
"""


class Gate:
    """Closed when it is made."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._closed = folder / "closed"
        self._held = folder / "held"
        self.interpreter = folder / "python"
        self.interpreter.write_text(
            _SCRIPT.format(
                probe=_PROBE_ARGUMENTS, closed=self._closed, held=self._held, python=sys.executable
            )
        )
        self.interpreter.chmod(0o755)
        self._closed.touch()

    def open(self) -> None:
        """Let everybody through."""
        self._closed.unlink(missing_ok=True)

    def held_process(self) -> int:
        """The id of the worker's process that scans, once its parser stands at the gate."""
        await_value(self._held.exists, what="a scan at the gate")
        process = int(self._held.read_text())
        self._held.unlink()
        return process

    def kill_held(self) -> None:
        """Kill the process that scans, without a word."""
        os.kill(self.held_process(), signal.SIGKILL)
