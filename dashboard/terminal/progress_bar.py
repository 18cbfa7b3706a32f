"""A bar on a terminal's standard error; nothing where that is no terminal."""

from __future__ import annotations

import sys
import time
from typing import Final, TextIO

WIDTH: Final = 28
_EVERY: Final = 0.1  # seconds between two drawings
_NAMES: Final = {
    "fetch": "Fetching",
    "tree": "Listing",
    "facts": "Parsing",
    "judge": "Judging",
}


class ProgressBar:
    """Implements Progress; `close` clears the line."""

    def __init__(self, stream: TextIO = sys.stderr) -> None:
        self._stream = stream
        self._is_shown = stream.isatty()
        self._drawn_at = 0.0

    def __call__(self, phase: str, done: int, total: int) -> None:
        """Draw, unless that was done a moment ago."""
        now = time.monotonic()
        if not self._is_shown or (now - self._drawn_at < _EVERY and done < total):
            return
        self._drawn_at = now
        share = done / total if total else 0.0
        filled = round(share * WIDTH)
        bar = "█" * filled + "░" * (WIDTH - filled)
        name = _NAMES.get(phase, phase)
        self._stream.write(f"\r\033[K{name:<9}{bar} {share:4.0%}")
        self._stream.flush()

    def close(self) -> None:
        """Leave an empty line."""
        if self._is_shown:
            self._stream.write("\r\033[K")
            self._stream.flush()
