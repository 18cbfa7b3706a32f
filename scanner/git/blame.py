"""The commits that brought the lines of files, from `git blame`.

One process a file, with all its lines of interest. Commits that the repository lists in
`.git-blame-ignore-revs`, as teams do with those that only formatted, are looked through, and so
are changes of blanks. Names are mapped as its `.mailmap` says.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from scanner.domain.errors import UserError
from scanner.domain.provenance import Provenance
from scanner.git.causes import CORRUPT, TOO_LARGE, detail_of
from scanner.git.command import Bounds, Outcome, run_git
from scanner.git.environment import closed_environment
from scanner.git.text import clean, raw_path

IGNORED: Final = ".git-blame-ignore-revs"
SECONDS: Final = 30.0  # for one file
OUTPUT_BYTES: Final = 64 << 20
MEMORY_BYTES: Final = 2 << 30
MOST_RANGES: Final = 200  # of one file; where there are more, all of it is asked for
MOST_IGNORED: Final = 10_000
NAME_LENGTH: Final = 200
_LIST_BYTES: Final = 1 << 20
_SHA: Final = re.compile(rb"^([0-9a-f]{40}(?:[0-9a-f]{24})?)[ \t]*(?:#.*)?\r?$", re.MULTILINE)
_HEADER: Final = re.compile(rb"([0-9a-f]{40,64}) \d+ (\d+) (\d+)")
_SHORT: Final = re.compile(rb"has only \d+ lines?")

Range = tuple[int, int]
"""First and last line, from 1."""


class BlameReader:
    """Asks for the lines of one commit's files in a git folder of ours.

    `folder` is for a file of its own.
    """

    def __init__(self, git_dir: Path, commit: str, folder: Path) -> None:
        self._git_dir = git_dir
        self._commit = commit
        self._is_shallow = (git_dir / "shallow").exists()
        self._ignored = folder / "ignored"
        self._ignored.write_bytes(self._ignored_commits())

    def lines(self, path: str, ranges: Sequence[Range]) -> Mapping[int, Provenance]:
        """The provenance of each line in these ranges, by line.

        Raises UserError "git.too-large" when it takes too long, and "git.corrupt" when a part of
        the history is missing.
        """
        raw = raw_path(path)
        if raw is None or not ranges:
            return {}
        merged = _merged(ranges)
        outcome = self._blame(raw, merged if len(merged) <= MOST_RANGES else [])
        if not outcome.ok and _SHORT.search(outcome.stderr):  # Python counts more line ends
            outcome = self._blame(raw, [])
        if not outcome.ok:
            raise _error(outcome)
        return dict(_parsed(outcome.stdout, self._is_shallow))

    def _blame(self, path: bytes, ranges: Sequence[Range]) -> Outcome:
        asked = [part for first, last in ranges for part in ("-L", f"{first},{last}")]
        return run_git(
            [
                *(f"--git-dir={self._git_dir}", "blame", "--incremental", "-w", "--no-textconv"),
                f"--ignore-revs-file={self._ignored}",
                *(*asked, self._commit, "--", os.fsdecode(path)),
            ],
            closed_environment(settings=[("mailmap.blob", f"{self._commit}:.mailmap")]),
            Bounds(SECONDS, OUTPUT_BYTES, memory_bytes=MEMORY_BYTES),
        )

    def _ignored_commits(self) -> bytes:
        """Whole shas alone: git refuses a list with anything else in it."""
        outcome = run_git(
            [f"--git-dir={self._git_dir}", "cat-file", "blob", f"{self._commit}:{IGNORED}"],
            closed_environment(),
            Bounds(output_bytes=_LIST_BYTES),
        )
        if not outcome.ok:
            return b""
        shas = [sha for sha in _SHA.findall(outcome.stdout) if len(sha) == len(self._commit)]
        return b"".join(sha + b"\n" for sha in shas[:MOST_IGNORED])


def _error(outcome: Outcome) -> UserError:
    return (TOO_LARGE if outcome.stopped else CORRUPT).error(detail_of(outcome))


def _merged(ranges: Sequence[Range]) -> list[Range]:
    merged: list[Range] = []
    for first, last in sorted((max(1, first), max(1, first, last)) for first, last in ranges):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged


class _Commit(NamedTuple):
    """What is said of a commit, once."""

    author: str = ""
    seconds: int = 0
    is_boundary: bool = False


def _parsed(output: bytes, is_shallow: bool) -> Iterator[tuple[int, Provenance]]:
    """Lines and their provenance; of each commit the details come with its first lines alone."""
    commits: dict[bytes, _Commit] = {}
    sha, first, count = b"", 0, 0
    for line in output.split(b"\n"):
        header = _HEADER.fullmatch(line)
        if header:
            sha, first, count = header[1], int(header[2]), int(header[3])
            commits.setdefault(sha, _Commit())
        elif line.startswith(b"filename "):
            found = _provenance(sha, commits[sha], is_shallow)
            yield from ((number, found) for number in range(first, first + count))
        elif sha:
            commits[sha] = _told(commits[sha], line)


def _told(commit: _Commit, line: bytes) -> _Commit:
    key, _, value = line.partition(b" ")
    if key == b"author":
        return commit._replace(author=clean(value, NAME_LENGTH))
    if key == b"committer-time" and value.isdigit():
        return commit._replace(seconds=int(value))
    return commit._replace(is_boundary=True) if key == b"boundary" else commit


def _provenance(sha: bytes, commit: _Commit, is_shallow: bool) -> Provenance:
    try:
        at = datetime.fromtimestamp(commit.seconds, UTC)
    except (ValueError, OverflowError, OSError):
        at = datetime.fromtimestamp(0, UTC)
    is_edge = commit.is_boundary and is_shallow
    return Provenance(sha.decode("ascii"), commit.author, at, is_edge)
