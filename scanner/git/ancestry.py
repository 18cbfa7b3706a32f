"""Where the files of a git folder come from; never goes online for it."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from scanner.git.command import Bounds, Outcome, run_git
from scanner.git.environment import closed_environment
from scanner.git.text import safe_path

COMMIT: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
RENAME_SECONDS: Final = 20.0
RENAME_BYTES: Final = 16 << 20
MOST_RENAMES: Final = 2_000  # files on either side that are compared by content
_MODULES: Final = ("*.py", "*.pyi")
logger = logging.getLogger(__name__)


class GitAncestry:
    """Implements Ancestry for one git folder."""

    def __init__(self, git_dir: Path) -> None:
        self._git_dir = git_dir

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
