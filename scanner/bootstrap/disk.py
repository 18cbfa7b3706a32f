"""The disk of this machine: what it keeps, and what goes when that is too much."""

from __future__ import annotations

import logging
import os
import shutil
import socket
import time
import uuid
from collections.abc import Collection
from pathlib import Path
from typing import Final

from scanner.analysis.reader import SandboxedReader
from scanner.application.disk import DiskBudget, ThisMachine
from scanner.bootstrap.caches import tend
from scanner.bootstrap.environment import cache_file, configuration, mirror_folder, use_guard
from scanner.cache.file import CacheFile
from scanner.cache.guard import BusyError
from scanner.domain.budget import Part
from scanner.domain.errors import UserError
from scanner.git.mirror import drop_mirror
from scanner.git.workspace import folder_bytes
from scanner.storage.clock import database_clock
from scanner.storage.machines import Machines

_DAY: Final = 86_400
logger = logging.getLogger(__name__)


def disk_budget() -> DiskBudget:
    """Keeps this machine inside its budget."""
    return DiskBudget(Machines(), MachineFiles(), database_clock)


def settle(repository_id: int) -> None:
    """After a piece of work: prune the cache, make room. What goes wrong is logged: it may wait."""
    try:
        tend(repository_id)
        disk_budget().settle(repository_id)
    except (UserError, OSError) as error:
        logger.warning("the disk could not be tidied: %s", error)


class MachineFiles:
    """Implements KeptFiles."""

    def machine(self) -> ThisMachine:
        """This machine, known by a name that lies in its data directory."""
        settings = configuration()
        return ThisMachine(
            key=machine_key(settings.data_dir),
            name=socket.gethostname(),
            folder=str(settings.data_dir),
            engine=SandboxedReader(settings).engine(),
            budget=settings.disk_bytes,
            free=shutil.disk_usage(settings.data_dir).free,
        )

    def sizes(self, repository_id: int) -> tuple[int, int]:
        """The bytes of mirror and cache."""
        folder, cache = mirror_folder(repository_id), CacheFile(cache_file(repository_id)).size()
        return folder_bytes(folder) - cache, cache

    def drop(self, repository_id: int, part: Part) -> bool:
        """Remove one part; False while somebody uses the repository."""
        try:
            with use_guard(repository_id).alone():
                if part == "cache":
                    CacheFile(cache_file(repository_id)).discard()
                else:
                    drop_mirror(mirror_folder(repository_id))
        except BusyError:
            return False
        return True

    def old(self) -> Collection[int]:
        """The repositories of which something has been kept for a day or longer."""
        limit = time.time() - _DAY
        with os.scandir(_mirrors()) as entries:
            return {
                int(entry.name)
                for entry in entries
                if entry.name.isdigit() and entry.stat(follow_symlinks=False).st_ctime < limit
            }

    def forget(self, repository_id: int) -> None:
        """Remove all of a repository."""
        shutil.rmtree(mirror_folder(repository_id), ignore_errors=True)


def machine_key(data_dir: Path) -> str:
    """The name of a data directory, made once; of two that make it at once, one wins."""
    path = data_dir / "machine"
    if not path.exists():
        draft = data_dir / f".machine-{uuid.uuid4().hex}"
        draft.write_text(f"{uuid.uuid4().hex}\n")
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()[:32]


def _mirrors() -> Path:
    return configuration().data_dir / "mirrors"
