"""Reads how far a fetch is out of what git prints."""

from __future__ import annotations

import re
from typing import Final

from scanner.application.ports import Progress

WHOLE: Final = 100
_STEP: Final = re.compile(rb"^(Receiving objects|Resolving deltas): +(\d{1,3})% ", re.M)
_SHARES: Final = {b"Receiving objects": (0, 70), b"Resolving deltas": (70, 30)}  # start, width


class FetchProgress:
    """Turns git's words into percents of the whole fetch, never backwards.

    Lines of the host begin with `remote:` and are not believed. Git ends its lines with \\r.
    """

    def __init__(self, report: Progress) -> None:
        self._report = report
        self._rest = b""
        self._percent = 0

    def feed(self, chunk: bytes) -> None:
        """Take what git printed next."""
        lines = (self._rest + chunk).replace(b"\r", b"\n")
        whole, _, self._rest = lines.rpartition(b"\n")
        self._rest = self._rest[-1_000:]
        steps = _STEP.findall(whole)
        if steps:
            self._move(*steps[-1])

    def _move(self, step: bytes, percent: bytes) -> None:
        start, width = _SHARES[step]
        reached = start + width * min(int(percent), WHOLE) // WHOLE
        if reached > self._percent:
            self._percent = reached
            self._report("fetch", reached, WHOLE)
