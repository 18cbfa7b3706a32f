"""One cache file: opened for each piece of work, rebuilt when damaged.

Several processes may use it at once, and any of them may be killed at any moment: SQLite's
write-ahead log keeps the file whole. What cannot be read counts as not there.
"""

from __future__ import annotations

import logging
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Final, TypeVar

from scanner.domain.errors import UserError
from scanner.domain.facts import FACTS_VERSION

Result = TypeVar("Result")
_LAYOUT: Final = 1000 + FACTS_VERSION
_FULL: Final = "cache.disk-full"
_BUSY_SECONDS: Final = 20.0
_SCHEMA: Final = """
DROP TABLE IF EXISTS facts;
DROP TABLE IF EXISTS figures;
CREATE TABLE facts (
    blob TEXT NOT NULL, engine TEXT NOT NULL, content BLOB NOT NULL, PRIMARY KEY (blob, engine)
) WITHOUT ROWID;
CREATE TABLE figures (
    blob TEXT NOT NULL, engine TEXT NOT NULL, content BLOB NOT NULL, PRIMARY KEY (blob, engine)
) WITHOUT ROWID;
"""
_DAMAGED: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_BUSY: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_PRIMARY: Final = 0xFF  # the extended code of an error holds its kind in the low byte
_LITTLE_ROOM: Final = 1 << 20

logger = logging.getLogger(__name__)


class CacheFile:
    """Contents by table, blob and engine."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self, table: str, engine: str, blobs: Sequence[str]) -> list[tuple[str, bytes]]:
        """What is known of these blobs, at most a few hundred at once."""
        return self._ask("blob, content", table, engine, blobs)

    def known(self, table: str, engine: str, blobs: Sequence[str]) -> list[str]:
        """Those of these blobs, at most a few hundred at once, that have a content."""
        return [blob for (blob,) in self._ask("blob", table, engine, blobs)]

    def _ask(self, columns: str, table: str, engine: str, blobs: Sequence[str]) -> list[Any]:
        marks = ",".join("?" * len(blobs))
        query = f"SELECT {columns} FROM {table} WHERE engine = ? AND blob IN ({marks})"  # noqa: S608
        try:
            return self._work(lambda file: file.execute(query, (engine, *blobs)).fetchall()) or []
        except UserError as error:
            if error.code != _FULL:
                raise
            logger.warning("cache %s is passed over: %s", self.path.name, error.detail)
            return []

    def write(self, table: str, engine: str, rows: Sequence[tuple[str, bytes]]) -> None:
        """Keep these, all or none. Raises UserError when there is no room or no permission."""
        insert = f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?)"  # noqa: S608
        self._change(insert, [(blob, engine, content) for blob, content in rows])

    def forget(self, table: str, engine: str, blobs: Sequence[str]) -> None:
        """Drop contents that turned out to be damaged."""
        delete = f"DELETE FROM {table} WHERE engine = ? AND blob = ?"  # noqa: S608
        self._change(delete, [(engine, blob) for blob in blobs])

    def forget_other_engines(self, table: str, engine: str) -> None:
        """Drop what no engine of today will ask for."""
        self._change(f"DELETE FROM {table} WHERE engine <> ?", [(engine,)])  # noqa: S608

    def _change(self, statement: str, rows: Sequence[tuple[str | bytes, ...]]) -> None:
        def change(file: sqlite3.Connection) -> None:
            file.execute("BEGIN IMMEDIATE")
            file.executemany(statement, rows)
            file.execute("COMMIT")

        self._work(change)

    def _work(self, work: Callable[[sqlite3.Connection], Result]) -> Result | None:
        """Do a piece of work; on a damaged file, once more on a new one.

        None when the file is still damaged, or others kept it busy for too long.
        """
        try:
            return self._once(work)
        except sqlite3.DatabaseError as error:
            kind = error.sqlite_errorcode & _PRIMARY
            if kind in _BUSY:
                logger.warning("cache %s was busy for too long, passed over", self.path.name)
                return None
            if kind not in _DAMAGED:
                raise self._explained(error) from error
        logger.warning("cache %s is damaged and starts anew", self.path.name)
        self._remove()
        try:
            return self._once(work)
        except sqlite3.DatabaseError as error:
            raise self._explained(error) from error

    def _once(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise self._unusable(str(error)) from error
        with closing(
            sqlite3.connect(self.path, timeout=_BUSY_SECONDS, isolation_level=None)
        ) as file:
            if not _is_laid_out(file):
                _lay_out(file)
            file.execute("PRAGMA synchronous = NORMAL")
            return work(file)

    def _explained(self, error: sqlite3.DatabaseError) -> UserError:
        room = shutil.disk_usage(self.path.parent).free
        if error.sqlite_errorcode & _PRIMARY != sqlite3.SQLITE_FULL and room > _LITTLE_ROOM:
            return self._unusable(str(error))
        return UserError(
            _FULL,
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

    def _remove(self) -> None:
        for suffix in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                self.path.with_name(self.path.name + suffix).unlink()


def _is_laid_out(file: sqlite3.Connection) -> bool:
    return bool(file.execute("PRAGMA user_version").fetchone() == (_LAYOUT,))


def _lay_out(file: sqlite3.Connection) -> None:
    """Make the tables, unless another process did so in the meantime."""
    file.execute("PRAGMA journal_mode = WAL")
    file.execute("BEGIN IMMEDIATE")
    if not _is_laid_out(file):
        for statement in _SCHEMA.split(";"):
            file.execute(statement)
        file.execute(f"PRAGMA user_version = {_LAYOUT}")
    file.execute("COMMIT")
