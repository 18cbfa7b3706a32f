"""Writes repositories from plain values: what a demonstration is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from scanner.domain.errors import UserError
from scanner.git.causes import error_of
from scanner.git.command import end, run_git, start_feed
from scanner.git.environment import closed_environment

BRANCH: Final = "refs/heads/main"
_PATIENCE: Final = 60.0  # seconds for one import


@dataclass(frozen=True, slots=True)
class NewCommit:
    """One commit to write; None deletes a file. `author` reads "Name <address>"."""

    when: datetime
    author: str
    subject: str
    files: Mapping[str, str | None]
    tag: str = ""


def make_bare(folder: Path) -> None:
    """An empty bare repository whose branch is main. Raises UserError."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    options = ["--quiet", "--bare", "--template=", "--initial-branch=main"]
    outcome = run_git(["init", *options, "--", str(folder)], closed_environment())
    if not outcome.ok:
        raise error_of(outcome)


def append(folder: Path, commits: Sequence[NewCommit], *, is_first: bool) -> None:
    """Put commits on the branch, oldest first, in one run of git. Raises UserError."""
    if not commits:
        return
    arguments = [f"--git-dir={folder}", "fast-import", "--quiet", "--date-format=raw"]
    feed = start_feed(arguments, closed_environment())
    try:
        if feed.stdin is None:
            raise RuntimeError("git has no pipe")
        for number, commit in enumerate(commits):
            feed.stdin.write(_commit(commit, goes_on=not (number or is_first)))
        feed.stdin.close()
        status = feed.wait(_PATIENCE)
    finally:
        end(feed)
    if status:
        raise UserError(
            "git.write",
            f"Git could not write {folder.name}.",
            "See whether the disk is full, and try again.",
        )


def rename_branch(folder: Path) -> None:
    """Call the branch otherwise; whoever follows it by its name finds it gone. Raises UserError."""
    outcome = run_git([f"--git-dir={folder}", "branch", "-M", "trunk"], closed_environment())
    if not outcome.ok:
        raise error_of(outcome)


def _commit(commit: NewCommit, *, goes_on: bool) -> bytes:
    """As git takes it; the first one of a run says that it goes on from what is there."""
    who = f"{commit.author} {int(commit.when.timestamp())} +0000"
    head = [f"commit {BRANCH}", "mark :1", f"author {who}", f"committer {who}"]
    text = "\n".join(head).encode() + b"\n" + _data(commit.subject)
    text += f"from {BRANCH}^0\n".encode() if goes_on else b""
    text += b"".join(_changes(commit.files)) + b"\n"
    if commit.tag:
        text += f"reset refs/tags/{commit.tag}\nfrom :1\n\n".encode()
    return text


def _changes(files: Mapping[str, str | None]) -> Iterator[bytes]:
    for path, content in files.items():
        if content is None:
            yield f"D {path}\n".encode()
        else:
            yield f"M 100644 inline {path}\n".encode() + _data(content)


def _data(text: str) -> bytes:
    raw = text.encode()
    return b"data %d\n" % len(raw) + raw + b"\n"
