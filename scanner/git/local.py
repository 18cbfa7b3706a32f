"""A repository on this machine, read where it lies and never written to.

Its own settings may be hostile. What is run here reads commits, trees and blobs, for which git
starts no program of anybody; the one question about the work tree is asked with settings of ours.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from scanner.application.configuration import Configuration
from scanner.application.ports import Progress
from scanner.domain.errors import UserError
from scanner.domain.revisions import Origin, Revision, Tree
from scanner.git.ancestry import GitAncestry
from scanner.git.bare import make_repository
from scanner.git.blobs import GitBlobs
from scanner.git.causes import BRANCH_GONE, NO_COMMIT, UNREADABLE, detail_of
from scanner.git.command import Bounds, run_git
from scanner.git.environment import closed_environment
from scanner.git.local_path import is_under
from scanner.git.objects import GitObjects
from scanner.git.shadow import path_in

_SHA1_LENGTH: Final = 40
_STATUS_SECONDS: Final = 60.0
_STATUS: Final = (
    *("status", "--porcelain=v1", "-z", "--no-renames"),
    *("--untracked-files=all", "--ignore-submodules=all"),
)
_MODULES: Final = (b".py", b".pyi")
logger = logging.getLogger(__name__)


class LocalRepository:
    """Implements Mirror for a repository on disk. `work_tree` is None for a bare one."""

    def __init__(self, git_dir: Path, work_tree: Path | None, most_files: int) -> None:
        self.git_dir = git_dir
        self.work_tree = work_tree
        self._objects = GitObjects(git_dir, most_files)

    def refresh(self, origin: Origin, report: Progress) -> Revision:
        """The revision of the origin's branch, or of HEAD; nothing is fetched."""
        report("fetch", 100, 100)
        if not origin.branch:
            return self.revision("HEAD")
        try:
            return self.revision(f"refs/heads/{origin.branch}")
        except UserError as error:
            if error.code != NO_COMMIT.error_code:
                raise
            raise BRANCH_GONE.error(error.detail) from error

    def revision(self, ref: str) -> Revision:
        """The commit behind a ref, a tag or a sha. Raises UserError when there is none."""
        return self._objects.revision(ref)

    def tree(self, commit: str) -> Tree:
        """The files of a commit."""
        return self._objects.tree(commit)

    def blobs(self) -> GitBlobs:
        """Reads objects of this repository."""
        return self._objects.blobs()

    def ancestry(self, folder: Path | None = None) -> GitAncestry:
        """Where the files of this repository come from; `folder` is for notes on that."""
        return GitAncestry(self.git_dir, folder)

    def is_dirty(self) -> bool:
        """Whether tracked files differ from HEAD, or there are new modules that are not ignored.

        Git may run filters and monitors that a repository's settings name. So the question is
        asked from an empty repository of ours that only borrows index and objects.
        """
        if self.work_tree is None:
            return False
        head = self.revision("HEAD").commit
        with tempfile.TemporaryDirectory(prefix="codevitals-status-") as folder:
            asking = Path(folder) / "asking.git"
            make_repository(asking, "sha1" if len(head) == _SHA1_LENGTH else "sha256")
            (asking / "HEAD").write_text(f"{head}\n")
            return self._has_changes(asking, self.work_tree)

    def _has_changes(self, asking: Path, work_tree: Path) -> bool:
        variables = [
            ("GIT_INDEX_FILE", path_in(self.git_dir, "index")),
            ("GIT_OBJECT_DIRECTORY", path_in(self.git_dir, "objects")),
        ]
        settings = [("core.excludesFile", path_in(self.git_dir, "info/exclude"))]
        outcome = run_git(
            [f"--git-dir={asking}", f"--work-tree={work_tree}", "-C", str(work_tree), *_STATUS],
            closed_environment(settings=settings, variables=variables),
            Bounds(seconds=_STATUS_SECONDS),
        )
        if not outcome.ok and outcome.stopped != "output":
            logger.info("git could not tell whether the tree is dirty: %s", detail_of(outcome))
            return False
        return any(_matters(line) for line in outcome.stdout.split(b"\0"))


def open_local(
    path: Path, configuration: Configuration, roots: Sequence[Path] | None = None
) -> LocalRepository | None:
    """The repository whose top folder this is, or that is bare; None for any other folder.

    With `roots`, what `.git` points to must lie under one of them too. Raises UserError
    "git.unreadable" where git itself cannot open it.
    """
    folder = path.resolve()
    git_dir = find_git_dir(folder)
    if git_dir is None:
        return None
    if roots is not None and not any(is_under(git_dir, root) for root in roots):
        raise UNREADABLE.error("the .git file leads out of the folders that are open")
    work_tree = None if git_dir == folder else folder
    repository = LocalRepository(git_dir, work_tree, configuration.limits.tree_files)
    outcome = run_git([f"--git-dir={git_dir}", "rev-parse", "--git-dir"], closed_environment())
    if not outcome.ok:
        raise UNREADABLE.error(detail_of(outcome))
    return repository


def find_git_dir(folder: Path) -> Path | None:
    """The git folder of a resolved folder: `.git`, what a `.git` file names, or the folder.

    Raises UserError "git.unreadable" where `.git` cannot be read.
    """
    dot_git = folder / ".git"
    if dot_git.is_dir():
        return dot_git.resolve()
    if dot_git.is_file():
        return _pointed_to(dot_git)
    is_bare = (folder / "HEAD").is_file() and (folder / "objects").is_dir()
    return folder if is_bare and (folder / "refs").is_dir() else None


def _pointed_to(dot_git: Path) -> Path | None:
    try:
        with dot_git.open("rb") as file:
            start = file.read(5_000)
    except OSError as error:
        raise UNREADABLE.error(str(error.strerror)) from error
    word, _, target = start.partition(b"gitdir:")
    if word or not target.strip() or b"\0" in target:
        return None
    return (dot_git.parent / target.strip().decode("utf-8", "surrogateescape")).resolve()


def _matters(line: bytes) -> bool:
    """A line of status: a change of a tracked file, or a new module."""
    if line.startswith(b"??"):
        return line.endswith(_MODULES)
    return bool(line)
