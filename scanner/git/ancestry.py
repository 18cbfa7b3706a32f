"""Where the files of a git folder come from; never goes online for it."""

from __future__ import annotations

import logging
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from scanner.domain.revisions import FileChange
from scanner.git.blame import BlameReader
from scanner.git.causes import NO_COMMIT
from scanner.git.command import Bounds, Outcome, run_git
from scanner.git.environment import closed_environment
from scanner.git.file_changes import file_changes
from scanner.git.shadow import shadow_of, write_graph
from scanner.git.text import safe_path

COMMIT: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
RENAME_SECONDS: Final = 20.0
LIST_SECONDS: Final = 20.0
LIST_BYTES: Final = 4 << 20
MOST_BETWEEN: Final = 20_000
GRAPH_SECONDS: Final = 120.0
RENAME_BYTES: Final = 16 << 20
MOST_RENAMES: Final = 2_000  # files on either side that are compared by content
_MODULES: Final = ("*.py", "*.pyi")
logger = logging.getLogger(__name__)


class GitAncestry:
    """Implements Ancestry for one git folder. `folder` is for what is kept to answer faster."""

    def __init__(self, git_dir: Path, folder: Path | None = None) -> None:
        self._git_dir = git_dir
        self._folder = folder

    def renames(self, before: str, after: str) -> Mapping[str, str]:
        """New path by old path of the modules renamed between two commits.

        Files that are alike by half count as one; where their content is not here, or there is
        too much of it, only files of the same content do. Empty where a commit is not here.
        """
        if not (COMMIT.fullmatch(before) and COMMIT.fullmatch(after)):
            return {}
        for alike in ("50%", "100%"):
            outcome = self._compared(before, after, alike)
            if outcome.ok:
                return _renames(outcome.stdout)
        logger.info("git cannot tell what was renamed since %s", before)
        return {}

    def changes(self, commit: str, path: str, most: int) -> list[FileChange]:
        """The last changes of a file up to a commit, the newest first, through its renames.

        Raises UserError when git takes too long, or there is no such commit.
        """
        if not COMMIT.fullmatch(commit):
            raise NO_COMMIT.error()
        return file_changes(self._git_dir, self.renames, commit, path, most)

    def between(self, before: str, after: str) -> frozenset[str]:
        """The commits that lead to `after` and not to `before`; empty where git cannot tell."""
        if not (COMMIT.fullmatch(before) and COMMIT.fullmatch(after)):
            return frozenset()
        limit = f"--max-count={MOST_BETWEEN}"
        arguments = ["rev-list", limit, "--end-of-options", after, f"^{before}", "--"]
        outcome = self._run(arguments, Bounds(seconds=LIST_SECONDS, output_bytes=LIST_BYTES))
        return frozenset(outcome.stdout.decode("ascii").split()) if outcome.ok else frozenset()

    def prepare(self, commit: str) -> None:
        """Write down which commit changed which paths: blame is several times faster then."""
        if self._folder is not None:
            problem = write_graph(self._shadow(commit, self._folder), GRAPH_SECONDS)
            if problem:
                logger.info("the commit graph could not be written: %s", problem)

    @contextmanager
    def blame(self, commit: str) -> Iterator[BlameReader]:
        """Asks where the lines of a commit's files come from."""
        with tempfile.TemporaryDirectory(prefix="codevitals-blame-") as name:
            folder = Path(name)
            shadow = self._shadow(commit, self._folder or folder)
            yield BlameReader(shadow, commit, folder)

    def _shadow(self, commit: str, folder: Path) -> Path:
        """Where git blames: the settings of a repository on disk could lead it astray."""
        if not COMMIT.fullmatch(commit):
            raise NO_COMMIT.error()
        return shadow_of(self._git_dir, commit, folder)

    def _compared(self, before: str, after: str, alike: str) -> Outcome:
        return self._run(
            [
                *("diff-tree", "-r", "-z", "--no-commit-id", "--no-ext-diff", "--no-textconv"),
                *(f"--find-renames={alike}", f"-l{MOST_RENAMES}", "--diff-filter=R"),
                *("--name-status", "--end-of-options", before, after, "--", *_MODULES),
            ],
            Bounds(seconds=RENAME_SECONDS, output_bytes=RENAME_BYTES),
        )

    def _run(self, arguments: list[str], bounds: Bounds) -> Outcome:
        return run_git([f"--git-dir={self._git_dir}", *arguments], closed_environment(), bounds)


def _renames(listing: bytes) -> dict[str, str]:
    """`R<percent> NUL old NUL new NUL`, again and again."""
    fields = listing.split(b"\0")
    return {
        safe_path(old): safe_path(new)
        for word, old, new in zip(fields[::3], fields[1::3], fields[2::3], strict=False)
        if word.startswith(b"R")
    }
