"""The last steps of a first-parent chain: which modules each commit touched, and who was renamed.

A step never changes, so it is compared once and noted beside the mirror: a scan pays for the
commits that came since the last one.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Protocol

from scanner.domain.churn import Step, Touch
from scanner.domain.errors import UserError
from scanner.git.ancestry import COMMIT
from scanner.git.asking import ask_git
from scanner.git.causes import CORRUPT, NO_COMMIT, TOO_LARGE, detail_of
from scanner.git.command import Bounds, run_git
from scanner.git.environment import closed_environment
from scanner.git.text import safe_path

MOST_STEPS: Final = 20_000
MOST_BYTES: Final = 64 << 20
CHAIN_SECONDS: Final = 30.0
COMPARE_SECONDS: Final = 60.0
MOST_RENAMES: Final = 1_000  # files on either side of one step that are compared by content
_COMPARE: Final = ("diff-tree", "--stdin", "--root", "-r", "-z", "--name-status", "--no-ext-diff")
_MODULES: Final = ("--", "*.py", "*.pyi")
_NAME: Final = re.compile(rb"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_PAIRED: Final = (b"R", b"C")
logger = logging.getLogger(__name__)


class StepNotes(Protocol):
    """Where steps are kept; what is lost is compared again."""

    def get(self, commits: Sequence[str]) -> Mapping[str, tuple[Touch, ...]]:
        """What is known of these commits."""
        ...

    def put(self, touches: Mapping[str, tuple[Touch, ...]]) -> None:
        """Keep these. Raises UserError where that is not possible."""
        ...


class RecentSteps:
    """Reads the end of a chain in one git folder."""

    def __init__(self, git_dir: Path, notes: StepNotes | None = None) -> None:
        self._git_dir = git_dir
        self._notes = notes

    def steps(self, commit: str, days: int) -> list[Step]:
        """The steps of so many days up to a commit, the newest first. Raises UserError."""
        chain = self._chain(commit, days)
        commits = [name for name, _, _ in chain]
        touches = dict(self._notes.get(commits)) if self._notes else {}
        missing = [(name, parent) for name, _, parent in chain if name not in touches]
        if missing:
            found = self._compared(missing)
            touches |= found
            self._keep(found)
        return [Step(name, at, touches.get(name, ())) for name, at, _ in chain]

    def _chain(self, commit: str, days: int) -> list[tuple[str, datetime, str]]:
        """(commit, when, its first parent or "") of the window, the newest first."""
        if not COMMIT.fullmatch(commit):
            raise NO_COMMIT.error()
        head = self._listed(commit, "--max-count=1")
        since = head[0][1] - timedelta(days=days)
        bounds = (f"--max-age={int(since.timestamp())}", f"--max-count={MOST_STEPS}")
        return [each for each in self._listed(commit, *bounds) if each[1] >= since] or head

    def _listed(self, commit: str, *bounds: str) -> list[tuple[str, datetime, str]]:
        outcome = run_git(
            [
                *(f"--git-dir={self._git_dir}", "rev-list", "--first-parent", *bounds),
                *("--no-commit-header", "--format=%H %ct %P", "--end-of-options", commit, "--"),
            ],
            closed_environment(),
            Bounds(seconds=CHAIN_SECONDS, output_bytes=MOST_BYTES),
        )
        if not outcome.ok:
            raise (TOO_LARGE if outcome.stopped else CORRUPT).error(detail_of(outcome))
        rows = [line.decode("ascii").split(" ") for line in outcome.stdout.splitlines()]
        return [(name, datetime.fromtimestamp(int(at), UTC), first) for name, at, first, *_ in rows]

    def _compared(self, pairs: Sequence[tuple[str, str]]) -> dict[str, tuple[Touch, ...]]:
        """What each commit touched; without renames where their content takes too long."""
        asked = "".join(f"{name} {parent}".rstrip() + "\n" for name, parent in pairs)
        try:
            return self._asked(pairs, asked, ("--find-renames=50%", f"-l{MOST_RENAMES}"))
        except UserError as error:
            logger.info("renames are passed over: %s", error.detail)
            return self._asked(pairs, asked, ("--no-renames",))

    def _asked(
        self, pairs: Sequence[tuple[str, str]], asked: str, renames: tuple[str, ...]
    ) -> dict[str, tuple[Touch, ...]]:
        listing = bytearray()

        def take(chunk: bytes) -> None:
            listing.extend(chunk)
            if len(listing) > MOST_BYTES:
                raise TOO_LARGE.error("the last steps hold too many changes")

        command = [*_COMPARE, *renames, *_MODULES]
        ask_git(self._git_dir, command, asked.encode("ascii"), take, COMPARE_SECONDS)
        found: dict[str, list[Touch]] = {name: [] for name, _ in pairs}
        for commit, touch in _touches(bytes(listing)):
            found[commit].append(touch)
        return {commit: tuple(touches) for commit, touches in found.items()}

    def _keep(self, found: Mapping[str, tuple[Touch, ...]]) -> None:
        if self._notes is None:
            return
        try:
            self._notes.put(found)
        except UserError as error:
            logger.warning("steps are not kept: %s", error.detail or error.message)


def _touches(listing: bytes) -> Iterator[tuple[str, Touch]]:
    """`commit NUL`, then `letter NUL path NUL`, or `R<percent> NUL old NUL new NUL`."""
    fields = iter(listing.split(b"\0")[:-1])
    commit = ""
    for word in fields:
        if _NAME.fullmatch(word):
            commit = word.decode("ascii")
            continue
        before = safe_path(next(fields, b""))
        after = safe_path(next(fields, b"")) if word[:1] in _PAIRED else before
        if not (commit and after):
            raise CORRUPT.error("git listed something that is no change")
        yield commit, Touch("" if word == b"A" else before, "" if word == b"D" else after)
