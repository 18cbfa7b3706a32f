"""One cache file: opened for each piece of work, rebuilt when damaged.

Several processes may use it at once, and any of them may be killed at any moment: SQLite's
write-ahead log keeps the file whole. A damaged file is thrown away while nobody else has it open,
lest the log of one file is read into the next. What cannot be read counts as not there.
"""

from __future__ import annotations

import logging
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final, TypeVar

from scanner.cache.guard import BusyError, Guard
from scanner.cache.layout import lay_out
from scanner.domain.errors import UserError

Result = TypeVar("Result")
FULL: Final = "cache.disk-full"
SUFFIXES: Final = ("", "-wal", "-shm")
_BUSY_SECONDS: Final = 20.0
_BUSY: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_TORN: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_UNUSABLE: Final = frozenset(
    {
        *(sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN),
        *(sqlite3.SQLITE_PERM, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_AUTH, sqlite3.SQLITE_NOMEM),
    }
)
_PRIMARY: Final = 0xFF  # the extended code of an error holds its kind in the low byte
_LITTLE_ROOM: Final = 1 << 20

logger = logging.getLogger(__name__)


class _DamagedError(Exception):
    """Nothing in the file can be relied on; it was opened in this generation."""

    def __init__(self, generation: int, kind: int) -> None:
        super().__init__()
        self.generation = generation
        self.kind = kind  # SQLite's code


class CacheFile:
    """A SQLite file that may be thrown away at any time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._guard = Guard(path.with_name(f"{path.name}.lock"))

    def work(self, work: Callable[[sqlite3.Connection], Result]) -> Result | None:
        """Do a piece of work; on a damaged file, once more on a new one.

        None when others kept the file busy for too long, or it was damaged at once again. Raises
        UserError when there is no room or no permission.
        """
        try:
            try:
                return self._once(work)
            except _DamagedError as damage:
                self._start_anew(damage.generation)
                return self._once(work)
        except BusyError:
            logger.warning("cache %s was busy for too long, passed over", self.path.name)
        except _DamagedError as damage:
            if damage.kind not in _TORN:  # a new file does not take this work: a fault of ours
                raise
            logger.warning("cache %s is damaged again, passed over", self.path.name)
        return None

    def size(self) -> int:
        """Bytes on the disk, the log included."""
        return sum(_size(self.path.with_name(self.path.name + suffix)) for suffix in SUFFIXES)

    def discard(self) -> None:
        """Remove the file. Raises BusyError while it is open, and OSError."""
        with self._guard.alone():
            self._guard.renew()
            remove(self.path)

    @contextmanager
    def opened(self) -> Iterator[sqlite3.Connection]:
        """The file as it is, to look at; its errors are sqlite3's own. Raises OSError too."""
        with self._guard.shared(), closing(self._connected()) as file:
            yield file

    def _once(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        try:
            with self._guard.shared() as generation:
                return self._inside(work, generation)
        except OSError as error:
            raise self._unusable(str(error)) from error

    def _inside(self, work: Callable[[sqlite3.Connection], Result], generation: int) -> Result:
        try:
            with closing(self._connected()) as file:
                lay_out(file)
                return work(file)
        except sqlite3.DatabaseError as error:
            # What SQLite's own interface raises, such as for text that is none, has no code.
            kind = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & _PRIMARY
            if kind in _BUSY:
                raise BusyError from error
            if kind in _UNUSABLE:
                raise self._explained(error, kind) from error
            raise _DamagedError(generation, kind) from error

    def _connected(self) -> sqlite3.Connection:
        file = sqlite3.connect(self.path, timeout=_BUSY_SECONDS, isolation_level=None)
        file.execute("PRAGMA synchronous = NORMAL")
        return file

    def _start_anew(self, generation: int) -> None:
        """Throw the file away, unless somebody did so since it was seen to be damaged."""
        with self._guard.alone(_BUSY_SECONDS) as current:
            if current == generation:
                logger.warning("cache %s is damaged and starts anew", self.path.name)
                self._guard.renew()
                remove(self.path)

    def _explained(self, error: sqlite3.DatabaseError, kind: int) -> UserError:
        room = shutil.disk_usage(self.path.parent).free
        if kind != sqlite3.SQLITE_FULL and room > _LITTLE_ROOM:
            return self._unusable(str(error))
        return UserError(
            FULL,
            "There is no room left on the disk for the facts of this scan.",
            "Free some space in the data directory; the cache there may be deleted.",
            str(error),
        )

    def _unusable(self, detail: str) -> UserError:
        return UserError(
            "cache.unusable",
            f"The cache {self.path} cannot be opened or written.",
            "Let the worker's user own the data directory; the cache may be deleted.",
            detail,
        )


def remove(path: Path) -> None:
    """Remove a cache file with its log; only while nobody else has it open."""
    for suffix in SUFFIXES:
        with suppress(FileNotFoundError):
            path.with_name(path.name + suffix).unlink()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
