"""Lines for whoever started the supervisor; a closed terminal is no reason to fail."""

from __future__ import annotations

import sys
from contextlib import suppress


def say(line: str) -> None:
    """A line on standard output."""
    with suppress(OSError, ValueError):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


def warn(line: str) -> None:
    """A line about trouble, on standard error."""
    with suppress(OSError, ValueError):
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()
