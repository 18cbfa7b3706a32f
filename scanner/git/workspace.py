"""A folder for one fetch, gone when the fetch is over, and swept when its process died."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from scanner.git.causes import DISK_FULL

_PREFIX: Final = "incoming-"
_LOCK: Final = "alive"


@contextmanager
def workspace(parent: Path) -> Iterator[Path]:
    """A new folder under `parent`, readable by nobody else, removed at the end.

    First removes those of processes that were killed: a living one holds a lock in its folder.
    """
    parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _sweep(parent)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
    try:
        unseen = folder / "lock"
        with unseen.open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            unseen.rename(folder / _LOCK)  # whoever sees it finds it locked
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def check_free_space(folder: Path, bytes_needed: int) -> None:
    """Raise UserError "git.disk-full" when less is free on the folder's disk."""
    free = shutil.disk_usage(folder).free
    if free < bytes_needed:
        raise DISK_FULL.error(f"{free} bytes are free, {bytes_needed} must be")


def folder_bytes(folder: Path) -> int:
    """The size of all files under a folder; those that vanish meanwhile count nothing."""
    total = 0
    for base, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.lstat(os.path.join(base, name)).st_size
            except FileNotFoundError:  # git renames its temporary files at any time
                continue
    return total


def _sweep(parent: Path) -> None:
    for folder in parent.glob(f"{_PREFIX}*"):
        if not _is_alive(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _is_alive(folder: Path) -> bool:
    try:
        with (folder / _LOCK).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except FileNotFoundError:
        return _is_new(folder)
    return False


def _is_new(folder: Path) -> bool:
    """Whether the folder was made in this minute: its lock may come any moment."""
    try:
        return time.time() - folder.stat().st_mtime < 60
    except FileNotFoundError:
        return False
