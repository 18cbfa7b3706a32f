"""Files of a folder in the framing of `git cat-file --batch`, written by a thread of its own."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Sequence
from queue import SimpleQueue
from typing import BinaryIO, Final

Opened = tuple[int, Iterable[bytes]]
Opener = Callable[[str], Opened | None]
"""The size in bytes and the pieces of what is behind a name; None when nothing is."""

_END: Final = None


class FolderFeed:
    """A pipe that is filled as names are asked for; the asker is never blocked by it."""

    def __init__(self, opener: Opener) -> None:
        self._opener = opener
        self._read_end, self._write_end = os.pipe()
        self._names: SimpleQueue[str | None] = SimpleQueue()
        self._is_broken = False
        self._is_held = True
        self._thread = threading.Thread(target=self._write, name="folder-feed", daemon=True)
        self._thread.start()

    def fileno(self) -> int:
        """The read end."""
        return self._read_end

    def release(self) -> None:
        """Close this process's copy of the read end."""
        if self._is_held:
            self._is_held = False
            os.close(self._read_end)

    def ask(self, names: Sequence[str]) -> None:
        """Ask for these files, in this order. Raises BrokenPipeError when nobody reads."""
        if self._is_broken:
            raise BrokenPipeError
        for name in names:
            self._names.put(name)

    def finish(self) -> None:
        """No more will be asked."""
        self._names.put(_END)

    def close(self) -> None:
        """Stop the thread. The reader must be gone by now, or have read everything."""
        self.release()
        self.finish()
        self._thread.join()

    def _write(self) -> None:
        try:
            with os.fdopen(self._write_end, "wb") as pipe:
                while (name := self._names.get()) is not _END:
                    _write_object(pipe, name, self._opener(name))
                    pipe.flush()
        except (BrokenPipeError, EOFError):
            pass  # the reader is gone, or a file has shrunk; whoever asks next is told so
        finally:
            self._is_broken = True


def _write_object(pipe: BinaryIO, name: str, opened: Opened | None) -> None:
    if opened is None:
        pipe.write(b"%s missing\n" % name.encode())
        return
    size, pieces = opened
    pipe.write(b"%s blob %d\n" % (name.encode(), size))
    for piece in pieces:
        pipe.write(piece)
    pipe.write(b"\n")
