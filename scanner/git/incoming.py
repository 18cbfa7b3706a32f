"""One fetch into a mirror: aside first, into place when all of it is good."""

from __future__ import annotations

import logging
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from scanner.application.configuration import Limits
from scanner.application.ports import Progress
from scanner.domain.errors import UserError
from scanner.git.bare import TIP, adopt, borrow, make_repository, tip_of
from scanner.git.causes import CORRUPT, OBJECT_FORMAT, TOO_LARGE
from scanner.git.objects import GitObjects
from scanner.git.remote import Destination, Remote
from scanner.git.workspace import folder_bytes

_SHA1_LENGTH: Final = 40
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Incoming:
    """A fetch of one ref. `space` is a folder of its own on the disk of the mirror."""

    remote: Remote
    source: str  # a full ref, HEAD or a sha
    space: Path
    limits: Limits
    report: Progress

    def bring(self, mirror: Path) -> None:
        """Add to the mirror; build it anew when there is none, or it is too bad to add to.

        Raises UserError; the mirror is as it was then.
        """
        if mirror.exists():
            try:
                return self._add_to(mirror)
            except UserError as error:
                if error.code not in (CORRUPT.error_code, TOO_LARGE.error_code):
                    raise
                logger.warning("building a mirror anew after %s: %s", error.code, error.detail)
        return self._build(mirror)

    def _add_to(self, mirror: Path) -> None:
        fresh = self.space / "added.git"
        tip = tip_of(mirror)
        make_repository(fresh, "sha1" if len(tip) == _SHA1_LENGTH else "sha256")
        borrow(fresh, mirror, tip)
        self._fetch(fresh, self.limits.mirror_bytes - folder_bytes(mirror))
        adopt(mirror, fresh)

    def _build(self, mirror: Path) -> None:
        fresh = self._fetched_anew()
        if mirror.exists():
            os.rename(mirror, self.space / "replaced.git")
        os.rename(fresh, mirror)

    def _fetched_anew(self) -> Path:
        fresh = self.space / "sha1.git"
        make_repository(fresh, "sha1")
        try:
            self._fetch(fresh, self.limits.mirror_bytes)
        except UserError as error:
            if error.code != OBJECT_FORMAT.error_code:
                raise
            fresh = self.space / "sha256.git"
            make_repository(fresh, "sha256")
            self._fetch(fresh, self.limits.mirror_bytes)
        return fresh

    def _fetch(self, git_dir: Path, room: int) -> None:
        def watch() -> str:
            if folder_bytes(git_dir) >= room:
                return "size"
            free = shutil.disk_usage(git_dir).free
            return "disk" if free < self.limits.free_disk_bytes else ""

        if room <= 0:
            raise TOO_LARGE.error("the mirror is at its limit")
        self.remote.fetch(self.source, Destination(git_dir, TIP, room, watch), self.report)
        GitObjects(git_dir, self.limits.tree_files).revision(TIP)
