"""Reads commits and trees of a git folder, and never goes online for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from scanner.domain.errors import UserError
from scanner.domain.revisions import Revision, Tree
from scanner.git.blobs import GitBlobs
from scanner.git.causes import CORRUPT, EMPTY, NO_COMMIT, TOO_LARGE, UNREADABLE, detail_of
from scanner.git.command import Bounds, Listeners, Outcome, run_git
from scanner.git.environment import closed_environment
from scanner.git.text import clean
from scanner.git.tree_listing import TreeListing

NAME_LENGTH: Final = 200
SUBJECT_LENGTH: Final = 300
_COMMIT: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_FORMAT: Final = "--format=%H%x00%ct%x00%an%x00%ae%x00%s"
_TEXT_BYTES: Final = 65_536
_UNKNOWN: Final = re.compile(rb"bad revision|unknown revision|ambiguous argument|expected commit")
_CLOSED: Final = re.compile(
    rb"not a git repository|permission denied|unknown repository extension|bad config"
    rb"|expected git repo version|unknown (ref storage|object) format|invalid value",
    re.IGNORECASE,
)


class GitObjects:
    """Commits, trees and blobs of one git folder, read in place."""

    def __init__(self, git_dir: Path, most_files: int) -> None:
        self.git_dir = git_dir
        self._most_files = most_files

    def revision(self, ref: str) -> Revision:
        """The commit behind a ref, a tag or a sha.

        Raises UserError "git.no-commit", "git.empty" for a HEAD without commits, or "git.corrupt".
        """
        outcome = self._run(
            [
                *("rev-list", "--max-count=1", "--no-commit-header", _FORMAT),
                *("--end-of-options", f"{ref}^{{commit}}", "--"),
            ],
            Bounds(output_bytes=_TEXT_BYTES),
        )
        fields = outcome.stdout.split(b"\0", 4)
        if len(fields) == 5 and (outcome.ok or outcome.stopped == "output"):
            return revision_of(fields)
        if outcome.ok or _UNKNOWN.search(outcome.stderr):
            raise (EMPTY if ref == "HEAD" else NO_COMMIT).error(detail_of(outcome))
        raise self._error(outcome)

    def tree(self, commit: str) -> Tree:
        """The regular files of a commit. Raises UserError when there are too many."""
        revision = self.revision(commit)
        listing = TreeListing(self._most_files)
        outcome = self._run(
            ["ls-tree", "-r", "-z", "-l", "--full-tree", revision.commit],
            listeners=Listeners(stdout=listing.feed),
        )
        if not outcome.ok:
            raise self._error(outcome)
        return Tree(revision, listing.entries())

    def blobs(self) -> GitBlobs:
        """Reads the bytes of files."""
        return GitBlobs(self.git_dir)

    def _run(
        self,
        arguments: list[str],
        bounds: Bounds | None = None,
        listeners: Listeners | None = None,
    ) -> Outcome:
        command = [f"--git-dir={self.git_dir}", *arguments]
        return run_git(command, closed_environment(), bounds, listeners)

    def _error(self, outcome: Outcome) -> UserError:
        if outcome.stopped == "time":
            return TOO_LARGE.error(detail_of(outcome))
        cause = UNREADABLE if _CLOSED.search(outcome.stderr) else CORRUPT
        return cause.error(detail_of(outcome))


def revision_of(fields: Sequence[bytes]) -> Revision:
    """A commit of sha, seconds, author, e-mail and subject."""
    commit, seconds, author, email, subject = fields
    return Revision(
        commit=commit.decode("ascii"),
        committed_at=_time(seconds),
        author=clean(author, NAME_LENGTH),
        author_email=clean(email, NAME_LENGTH),
        subject=clean(subject, SUBJECT_LENGTH),
    )


def _time(seconds: bytes) -> datetime:
    """The time of a commit; a clock that cannot be right counts as 1970, as it does for git."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, UTC)
