"""The bytes of files, straight from `git cat-file` to whoever parses them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Final

from scanner.domain.revisions import TreeEntry
from scanner.git.causes import CORRUPT, detail_of
from scanner.git.command import Bounds, end, run_git, start_feed
from scanner.git.environment import closed_environment

_NAME: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


class GitBlobFeed:
    """A long-lived `cat-file --batch`; implements BlobFeed.

    What is asked and what is answered wait in two pipes. Ask for a few hundred names at a time
    and take the answers: with both pipes full, `ask` waits for the reader.
    """

    def __init__(self, git_dir: Path) -> None:
        self._process = start_feed(
            [f"--git-dir={git_dir}", "cat-file", "--batch"], closed_environment()
        )

    def fileno(self) -> int:
        """The read end of the answers."""
        return _pipe(self._process.stdout).fileno()

    def release(self) -> None:
        """Close this process's read end; a child holds one of its own."""
        _pipe(self._process.stdout).close()

    def ask(self, names: Sequence[str]) -> None:
        """Ask for objects in this order. Raises BrokenPipeError when git is gone."""
        for name in names:
            if not _NAME.fullmatch(name):
                raise ValueError(f"not the name of an object: {name!r}")
        stdin = _pipe(self._process.stdin)
        stdin.write("".join(f"{name}\n" for name in names).encode("ascii"))
        stdin.flush()

    def finish(self) -> None:
        """Let git end after the last answer."""
        _pipe(self._process.stdin).close()

    def close(self) -> None:
        """Stop git, whatever it does, and reap it."""
        end(self._process)


class GitBlobs:
    """The objects of one git folder; implements BlobSource."""

    def __init__(self, git_dir: Path) -> None:
        self._git_dir = git_dir

    def open_feed(self) -> GitBlobFeed:
        """A new git that answers."""
        return GitBlobFeed(self._git_dir)

    def read(self, entry: TreeEntry, limit: int) -> bytes:
        """The bytes of a file, cut at `limit`. Raises UserError when they are not there."""
        if not _NAME.fullmatch(entry.blob):
            raise ValueError(f"not the name of an object: {entry.blob!r}")
        outcome = run_git(
            [f"--git-dir={self._git_dir}", "cat-file", "blob", entry.blob],
            closed_environment(),
            Bounds(output_bytes=limit),
        )
        if not outcome.ok and outcome.stopped != "output":
            raise CORRUPT.error(detail_of(outcome))
        return outcome.stdout[:limit]


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise RuntimeError("the process has no pipe")
    return stream
