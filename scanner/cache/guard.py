"""Locks between processes, held by the kernel: whoever is killed lets go of them."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_PAUSE: Final = 0.02  # seconds between two tries


class BusyError(Exception):
    """Others held the lock for as long as somebody wanted to wait."""


class Guard:
    """Many may share a file, or one may have it alone. The file of the lock itself stays.

    Its length is its generation: it grows whenever what it guards was thrown away, so that of two
    who want to throw away the same thing only the first one does.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def shared(self) -> Iterator[int]:
        """Hold it with others; yields the generation. Waits for whoever has it alone.

        Raises OSError when the folder cannot be written.
        """
        with self._opened() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH)
            yield os.fstat(lock).st_size

    @contextmanager
    def alone(self, patience: float = 0.0) -> Iterator[int]:
        """Hold it alone; yields the generation.

        Raises BusyError when others hold it for longer than `patience` seconds, and OSError.
        """
        deadline = time.monotonic() + patience
        with self._opened() as lock:
            while not _is_taken(lock):
                if time.monotonic() >= deadline:
                    raise BusyError(self.path.name)
                time.sleep(_PAUSE)
            yield os.fstat(lock).st_size

    def renew(self) -> None:
        """Begin the next generation; only while it is held alone."""
        with self.path.open("ab") as lock:
            lock.write(b".")

    @contextmanager
    def _opened(self) -> Iterator[int]:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            yield lock
        finally:
            os.close(lock)


def _is_taken(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
