"""Commits that are made without a work tree, and the git commands of the bench."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

_AUTHOR = {
    "GIT_AUTHOR_NAME": "bench",
    "GIT_AUTHOR_EMAIL": "bench@example.org",
    "GIT_COMMITTER_NAME": "bench",
    "GIT_COMMITTER_EMAIL": "bench@example.org",
}


def lengthen(repository: Path, path: str) -> None:
    """Add a commit to HEAD that appends a line to one file of a bare repository."""
    own = {**_AUTHOR, "GIT_INDEX_FILE": str(repository / "index-of-bench")}
    content = git(repository, "show", f"HEAD:{path}") + b"\n# one line more\n"
    blob = _word(git(repository, "hash-object", "-w", "--stdin", given=content))
    git(repository, "read-tree", "HEAD", own=own)
    git(repository, "update-index", "--cacheinfo", f"100644,{blob},{path}", own=own)
    tree = _word(git(repository, "write-tree", own=own))
    commit = _word(git(repository, "commit-tree", tree, "-p", "HEAD", "-m", "More", own=own))
    git(repository, "update-ref", "HEAD", commit)


def git(
    folder: Path, *arguments: str, given: bytes = b"", own: Mapping[str, str] | None = None
) -> bytes:
    """What git printed. Raises CalledProcessError."""
    environment = {**os.environ, **(own or {})}
    command = ("git", *arguments)
    done = subprocess.run(
        command, cwd=folder, input=given, stdout=subprocess.PIPE, env=environment, check=True
    )
    return done.stdout


def _word(output: bytes) -> str:
    return output.decode().strip()
