"""The bare mirror of a repository on a host.

A fetch works in a folder of its own and only borrows what the mirror has. Until every object has
arrived and was checked, the mirror is not touched, so it stays usable whatever happens.
"""

from __future__ import annotations

import errno
import logging
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from scanner.application.configuration import Configuration
from scanner.application.ports import Progress
from scanner.domain.revisions import Origin, Revision, Tree
from scanner.git.ancestry import GitAncestry
from scanner.git.bare import pack_together, packs_of
from scanner.git.blobs import GitBlobs
from scanner.git.branch_name import check_branch
from scanner.git.causes import DISK_FULL
from scanner.git.incoming import Incoming
from scanner.git.objects import GitObjects
from scanner.git.remote import Remote
from scanner.git.workspace import check_free_space, workspace

_MIRROR: Final = "mirror.git"
MANY_PACKS: Final = 24  # from here on they are packed into one
logger = logging.getLogger(__name__)


class RemoteMirror:
    """Implements Mirror for a repository on a host. Its HEAD is what was fetched last.

    `folder` is for everything this machine keeps of the repository; the mirror is `mirror.git`
    in it. Several processes may use one mirror at the same time.
    """

    def __init__(self, folder: Path, configuration: Configuration) -> None:
        folder = folder.absolute()  # git runs elsewhere
        self.git_dir = folder / _MIRROR
        self._folder = folder
        self._configuration = configuration
        self._objects = GitObjects(self.git_dir, configuration.limits.tree_files)

    def refresh(self, origin: Origin, report: Progress) -> Revision:
        """Fetch the branch of the origin, or the host's default, and return its revision.

        Reports percents as ("fetch", done, 100). Raises UserError; the mirror is as it was then.
        """
        branch = check_branch(origin.branch)
        source = f"refs/heads/{branch}" if branch else "HEAD"
        return self._bring(origin, lambda remote: source, report)

    def refresh_ref(self, origin: Origin, ref: str, report: Progress) -> Revision:
        """Fetch any branch, tag or whole sha, whatever the origin's branch is."""
        return self._bring(origin, lambda remote: remote.refs().find(ref), report)

    def revision(self, ref: str) -> Revision:
        """The commit behind a ref that was fetched. Raises UserError when there is none."""
        return self._objects.revision(ref)

    def tree(self, commit: str) -> Tree:
        """The files of a commit."""
        return self._objects.tree(commit)

    def blobs(self) -> GitBlobs:
        """Reads objects of this mirror."""
        return self._objects.blobs()

    def tags(self, origin: Origin) -> Mapping[str, tuple[str, ...]]:
        """What the host's tags lead to, names by commit. Raises UserError."""
        with workspace(self._folder) as space:
            return Remote(origin, self._configuration, space).refs().tags()

    def ancestry(self, folder: Path | None = None) -> GitAncestry:
        """Where the files of this mirror come from; `folder` is for notes on that."""
        return GitAncestry(self.git_dir, folder)

    def _bring(self, origin: Origin, choose: Callable[[Remote], str], report: Progress) -> Revision:
        limits = self._configuration.limits
        report("fetch", 0, 0)
        with _told_disk_full(), workspace(self._folder) as space:
            check_free_space(space, limits.free_disk_bytes)
            remote = Remote(origin, self._configuration, space)
            Incoming(remote, choose(remote), space, limits, report).bring(self.git_dir)
            revision = self.revision("HEAD")
            self._tidy()
        report("fetch", 100, 100)
        return revision

    def _tidy(self) -> None:
        """Keep the number of packs small, where there is room to pack them."""
        packs = packs_of(self.git_dir)
        limits = self._configuration.limits
        size = sum(pack.stat().st_size for pack in packs)
        free = shutil.disk_usage(self.git_dir).free
        if len(packs) < MANY_PACKS or free < size + limits.free_disk_bytes:
            return
        problem = pack_together(self.git_dir, limits.fetch_seconds)
        if problem:
            logger.warning("the packs of a mirror could not be packed into one: %s", problem)


@contextmanager
def _told_disk_full() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DISK_FULL.error(os.strerror(error.errno)) from error
        raise


def drop_mirror(folder: Path) -> None:
    """Remove the mirror of a repository; while nobody uses it. A kill leaves no half of one."""
    git_dir = folder / _MIRROR
    if git_dir.exists():
        with workspace(folder) as space:
            os.rename(git_dir, space / "dropped.git")
