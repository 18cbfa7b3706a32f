"""The tables of a cache file.

`entries` is small: what is known, since when it was not used, and a digest of the content.
`contents` holds the bytes. So use is noted, and rows are counted, without touching the bytes.
"""

from __future__ import annotations

import sqlite3
from typing import Final

LAYOUT: Final = 2001
_SCHEMA: Final = """
CREATE TABLE entries (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    blob TEXT NOT NULL,
    engine TEXT NOT NULL,
    day INTEGER NOT NULL,
    size INTEGER NOT NULL,
    digest BLOB NOT NULL,
    UNIQUE (kind, engine, blob)
);
CREATE TABLE contents (id INTEGER PRIMARY KEY, content BLOB NOT NULL);
CREATE TABLE marks (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
"""


class OtherLayoutError(sqlite3.DatabaseError):
    """The file was made by another version, or by something else."""


def lay_out(file: sqlite3.Connection) -> None:
    """Make the tables of a new file. Raises OtherLayoutError when it holds others."""
    if _version(file) == LAYOUT:
        return
    file.execute("PRAGMA auto_vacuum = INCREMENTAL")  # before the first page is written
    file.execute("PRAGMA journal_mode = WAL")
    file.execute("BEGIN IMMEDIATE")
    if _version(file) != LAYOUT:  # no other process did it in the meantime
        if file.execute("SELECT count(*) FROM sqlite_master").fetchone() != (0,):
            raise OtherLayoutError("tables of another layout")
        for statement in _SCHEMA.split(";"):
            file.execute(statement)
        file.execute(f"PRAGMA user_version = {LAYOUT}")
    file.execute("COMMIT")


def _version(file: sqlite3.Connection) -> int:
    (version,) = file.execute("PRAGMA user_version").fetchone()
    return int(version)
