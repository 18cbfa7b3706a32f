"""Bare repositories of our own making: one ref, no settings of anybody."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from scanner.git.causes import CORRUPT, detail_of, error_of
from scanner.git.command import Bounds, run_git
from scanner.git.environment import closed_environment

TIP: Final = "refs/codevitals/tip"
"""What was fetched last; HEAD points at it."""


def make_repository(git_dir: Path, object_format: str) -> None:
    """An empty one; "sha1" or "sha256"."""
    options = ["--quiet", "--bare", "--template=", f"--object-format={object_format}"]
    outcome = run_git(["init", *options, "--", str(git_dir)], closed_environment())
    if not outcome.ok:
        raise error_of(outcome)
    (git_dir / "HEAD").write_text(f"ref: {TIP}\n")
    (git_dir / "objects/info").mkdir(exist_ok=True)


def borrow(git_dir: Path, lender: Path, tip: str) -> None:
    """Let an empty repository see the objects and the tip of another, so only news are fetched."""
    (git_dir / "objects/info/alternates").write_text(f"{lender / 'objects'}\n")
    ref = git_dir / TIP
    ref.parent.mkdir(parents=True, exist_ok=True)
    ref.write_text(f"{tip}\n")


def tip_of(git_dir: Path) -> str:
    """The object that TIP names. Raises UserError "git.corrupt" when there is none."""
    arguments = [f"--git-dir={git_dir}", "rev-parse", "--verify", TIP]
    outcome = run_git(arguments, closed_environment())
    if not outcome.ok:
        raise CORRUPT.error(detail_of(outcome))
    return outcome.stdout.decode("ascii").strip()


def adopt(git_dir: Path, giver: Path) -> None:
    """Move the objects of a repository over, then its tip.

    The index of a pack comes last, for with it the pack is there.
    """
    source = giver / "objects"
    files = [path for path in source.rglob("*") if path.is_file() and path.parent.name != "info"]
    for path in sorted(files, key=lambda each: each.suffix == ".idx"):
        target = git_dir / "objects" / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(path, target)
    arguments = [f"--git-dir={git_dir}", "update-ref", TIP, tip_of(giver)]
    outcome = run_git(arguments, closed_environment())
    if not outcome.ok:
        raise error_of(outcome)


def packs_of(git_dir: Path) -> list[Path]:
    """The packs there are."""
    return list((git_dir / "objects/pack").glob("*.pack"))


def pack_together(git_dir: Path, seconds: float) -> str:
    """Make one pack of all; what old snapshots refer to is kept. Returns what went wrong."""
    options = ["-a", "-d", "-q", "--keep-unreachable"]
    outcome = run_git(
        [f"--git-dir={git_dir}", "repack", *options],
        closed_environment(),
        Bounds(seconds=seconds),
    )
    return "" if outcome.ok else detail_of(outcome)
