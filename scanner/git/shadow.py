"""A repository of ours that holds nothing and borrows the objects of another.

Questions that git answers by way of settings are asked there, so the settings, references and
attributes of a repository on disk have no say, and what git writes down to answer faster is
written here and not there.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Final

from scanner.git.bare import TIP, make_repository
from scanner.git.causes import UNREADABLE, detail_of
from scanner.git.command import Bounds, run_git
from scanner.git.environment import closed_environment

SHADOW: Final = "shadow.git"
_SHA1_LENGTH: Final = 40
_SHALLOW_BYTES: Final = 1 << 20


def shadow_of(git_dir: Path, commit: str, folder: Path) -> Path:
    """The shadow in a folder, with this commit as its tip; made where there is none yet."""
    shadow = folder.absolute() / SHADOW
    if not shadow.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f"{SHADOW}.", dir=folder.absolute()))
        make_repository(made, "sha1" if len(commit) == _SHA1_LENGTH else "sha256")
        try:
            os.rename(made, shadow)
        except OSError:  # another worker was faster
            shutil.rmtree(made, ignore_errors=True)
    lender = path_in(git_dir, "objects").encode("utf-8", "surrogateescape")
    _write(shadow / "objects/info/alternates", lender + b"\n")
    _write(shadow / TIP, f"{commit}\n".encode())
    edge = _shallow_commits(git_dir)
    if edge:
        _write(shadow / "shallow", edge)
    else:
        (shadow / "shallow").unlink(missing_ok=True)
    return shadow


def path_in(git_dir: Path, name: str) -> str:
    """Where a part of a git folder lies; those of a linked work tree are elsewhere."""
    outcome = run_git(
        [f"--git-dir={git_dir}", "rev-parse", "--path-format=absolute", "--git-path", name],
        closed_environment(),
    )
    if not outcome.ok:
        raise UNREADABLE.error(detail_of(outcome))
    return outcome.stdout.decode("utf-8", "surrogateescape").rstrip("\n")


def _shallow_commits(git_dir: Path) -> bytes:
    """The commits whose parents are not there, as git keeps them."""
    try:
        with Path(path_in(git_dir, "shallow")).open("rb") as file:
            return file.read(_SHALLOW_BYTES)
    except FileNotFoundError:
        return b""


def write_graph(shadow: Path, seconds: float) -> str:
    """Write down which commit changed which paths. Returns what went wrong."""
    arguments = ["commit-graph", "write", "--reachable", "--changed-paths", "--split"]
    outcome = run_git(
        [f"--git-dir={shadow}", *arguments, "--no-progress"],
        closed_environment(),
        Bounds(seconds=seconds),
    )
    if outcome.ok:
        return ""
    for name in ("commit-graphs", "commit-graph"):
        shutil.rmtree(shadow / "objects/info" / name, ignore_errors=True)
    return detail_of(outcome)


def _write(path: Path, content: bytes) -> None:
    """All of it or nothing, whoever reads meanwhile."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}")
    part.write_bytes(content)
    os.replace(part, path)
