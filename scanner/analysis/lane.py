"""A feed of blobs with the child that measures them."""

from __future__ import annotations

import os
import signal
import time
from collections import deque
from collections.abc import Sequence
from typing import Final

from scanner.analysis.child_process import ChildProcess
from scanner.application.ports import BlobSource
from scanner.child import reasons
from scanner.child.loop import BROKEN_STREAM, OUT_OF_MEMORY
from scanner.domain.revisions import TreeEntry

UNREADABLE: Final = "could not be read from the repository"
_READY: Final = b'["parser",'


class Lane:
    """Blobs are asked for ahead, so that neither git nor the child ever waits for the asker."""

    def __init__(
        self, source: BlobSource, command: Sequence[str], folder: str, patience: float, window: int
    ) -> None:
        self._feed = source.open_feed()
        self._patience = patience
        self._window = window
        self._asked: deque[TreeEntry] = deque()
        self._is_ready = False
        self._deadline = time.monotonic() + self._patience
        try:
            self.child = ChildProcess(command, self._feed.fileno(), folder)
        except BaseException:
            self._feed.close()
            raise
        self._feed.release()

    @property
    def is_ready(self) -> bool:
        """Whether the child ever spoke."""
        return self._is_ready

    @property
    def is_idle(self) -> bool:
        """Nothing is under way."""
        return not self._asked

    @property
    def seconds_left(self) -> float:
        """Until the file under way is overdue."""
        return max(0.0, self._deadline - time.monotonic())

    def ask(self, waiting: deque[TreeEntry]) -> None:
        """Take as much from the queue as may be under way.

        What a broken feed cannot be asked for counts as under way; the end of the child follows.
        """
        room = self._window - len(self._asked)
        if not waiting or room <= self._window // 2:
            return
        batch = [waiting.popleft() for _ in range(min(room, len(waiting)))]
        if not self._asked:
            self._deadline = time.monotonic() + self._patience
        self._asked.extend(batch)
        try:
            self._feed.ask([entry.blob for entry in batch])
        except BrokenPipeError:
            os.killpg(self.child.pid, signal.SIGTERM)

    def lines(self) -> list[bytes] | None:
        """Answers as they come, one for each file asked for; None when the child has ended."""
        lines = self.child.lines()
        if lines and not self._is_ready:
            self._is_ready = lines.pop(0).startswith(_READY)
        return lines

    @property
    def under_way(self) -> TreeEntry | None:
        """The file that the next answer is about."""
        return self._asked[0] if self._asked else None

    def answered(self) -> None:
        """The next answer was understood."""
        self._asked.popleft()
        self._deadline = time.monotonic() + self._patience

    def end(self, is_overdue: bool) -> tuple[str, list[TreeEntry]]:
        """Why the child ended before its work was done, and what was under way, first first."""
        if is_overdue:
            self.child.kill()
            reason = reasons.TIME
        else:
            reason = _reason(self.child.end())
        self._feed.close()
        return reason, list(self._asked)

    def close(self) -> None:
        """End everything, whatever its state."""
        self.child.kill()
        self._feed.close()


def _reason(code: int | None) -> str:
    if code == -signal.SIGXCPU:
        return reasons.TIME
    if code == OUT_OF_MEMORY:
        return reasons.MEMORY
    feed_broke = code in (0, BROKEN_STREAM, -signal.SIGTERM)
    return UNREADABLE if feed_broke else reasons.CRASH
