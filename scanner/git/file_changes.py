"""The changes of one file along a first-parent chain, through its renames."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

from scanner.domain.revisions import FileChange
from scanner.git.asking import ask_git
from scanner.git.causes import CORRUPT, TOO_LARGE, detail_of
from scanner.git.command import Bounds, run_git
from scanner.git.environment import closed_environment
from scanner.git.text import raw_path

SECONDS: Final = 10.0
MOST_NAMES: Final = 8  # of one file
LIST_BYTES: Final = 4 << 20
_RAW: Final = re.compile(rb":\d{6} (?P<mode>\d{6}) [0-9a-f]{40,64} (?P<blob>[0-9a-f]{40,64}) [AM]")

Renames = Callable[[str, str], Mapping[str, str]]
"""New path by old path between two commits."""


class _Listed(NamedTuple):
    """A commit that touched a path, and its first parent, "" for the first commit."""

    commit: str
    at: datetime
    parent: str


def file_changes(
    git_dir: Path, renames: Renames, commit: str, path: str, most: int
) -> list[FileChange]:
    """The last changes of a file up to a commit, the newest first. Raises UserError.

    A change that removed it is left out.
    """
    found: list[FileChange] = []
    name, tip = path, commit
    for _ in range(MOST_NAMES):
        listed = _listed(git_dir, tip, name, most - len(found))
        blobs = _blobs(git_dir, name, listed)
        found += [
            FileChange(each.commit, each.at, name, blobs[each.commit])
            for each in listed
            if each.commit in blobs
        ]
        birth = listed[-1] if listed else None
        if birth is None or not birth.parent or len(found) >= most:
            break
        before = _name_before(renames, birth, name)
        if not before:
            break
        name, tip = before, birth.parent
    return found


def _name_before(renames: Renames, birth: _Listed, name: str) -> str:
    """What a file was called before the commit that brought this name; "" without a rename."""
    older = renames(birth.parent, birth.commit)
    return next((old for old, new in older.items() if new == name), "")


def _listed(git_dir: Path, tip: str, path: str, most: int) -> list[_Listed]:
    outcome = run_git(
        [
            *(f"--git-dir={git_dir}", "rev-list", "--first-parent", f"--max-count={most}"),
            *("--no-commit-header", "--format=%H %ct %P", "--end-of-options", tip),
            *("--", _only(path)),
        ],
        closed_environment(),
        Bounds(seconds=SECONDS, output_bytes=LIST_BYTES),
    )
    if not outcome.ok:
        raise (TOO_LARGE if outcome.stopped else CORRUPT).error(detail_of(outcome))
    rows = [line.decode("ascii").split(" ") for line in outcome.stdout.splitlines()]
    return [_Listed(name, datetime.fromtimestamp(int(at), UTC), up) for name, at, up, *_ in rows]


def _blobs(git_dir: Path, path: str, listed: Sequence[_Listed]) -> dict[str, str]:
    """The content that each commit gave a path."""
    asked = "".join(f"{each.commit} {each.parent}".rstrip() + "\n" for each in listed)
    answers = bytearray()
    options = ("--stdin", "--root", "-r", "--raw", "-z", "--no-renames", "--no-abbrev")
    command = ["diff-tree", *options, "--", _only(path)]
    ask_git(git_dir, command, asked.encode("ascii"), answers.extend, SECONDS)
    fields = bytes(answers).split(b"\0")
    blobs = {}
    for commit, line in pairwise(fields):
        found = _RAW.fullmatch(line)
        if found and found["mode"].startswith(b"100"):
            blobs[commit.decode("ascii", "replace")] = found["blob"].decode("ascii")
    return blobs


def _only(path: str) -> str:
    """A pathspec for this very path."""
    raw = raw_path(path)
    if not raw:
        raise CORRUPT.error("no path of a tree")
    return f":(top,literal){os.fsdecode(raw)}"
