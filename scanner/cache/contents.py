"""Contents by kind, engine and blob, each with a digest that holds it to its place.

A row that was damaged, or came to lie under another name, is not given out and is forgotten.
"""

from __future__ import annotations

import hashlib
import logging
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from scanner.cache.file import FULL, CacheFile
from scanner.domain.errors import UserError

_AT_ONCE: Final = 500
_NOTED_DAYS: Final = 7  # use is noted once a week: a note is a write
_FIND: Final = """
SELECT id, blob, day, digest, content FROM entries JOIN contents USING (id)
WHERE kind = ? AND engine = ? AND blob IN ({marks})
"""

logger = logging.getLogger(__name__)


class Contents:
    """One kind of content of one engine."""

    def __init__(
        self, file: CacheFile, kind: str, engine: str, today: Callable[[], int] | None = None
    ) -> None:
        self._file = file
        self._kind = kind
        self._engine = engine
        self._today = today or days_now

    def read(self, blobs: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """What is known of these blobs."""
        for asked in _portions(blobs):
            yield from self._read(asked)

    def known(self, blobs: Iterable[str]) -> set[str]:
        """Those of these blobs that have a content."""
        query = "SELECT blob FROM entries WHERE kind = ? AND engine = ? AND blob IN ({marks})"
        return {str(row[0]) for asked in _portions(blobs) for row in self._ask(query, asked)}

    def write(self, contents: Mapping[str, bytes]) -> None:
        """Keep these, all or none. Raises UserError when there is no room or no permission."""
        day = self._today()

        def change(file: sqlite3.Connection) -> None:
            file.execute("BEGIN IMMEDIATE")
            for blob, content in contents.items():
                key = (self._kind, self._engine, blob)
                put(file, key, day, digest_of(*key, content), content)
            file.execute("COMMIT")

        self._file.work(change)

    def forget(self, blobs: Sequence[str]) -> None:
        """Drop contents that turned out to be damaged."""

        def change(file: sqlite3.Connection) -> None:
            file.execute("BEGIN IMMEDIATE")
            for blob in blobs:
                drop(file, (self._kind, self._engine, blob))
            file.execute("COMMIT")

        self._file.work(change)

    def _read(self, asked: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        damaged: list[str] = []
        stale: list[int] = []
        limit = self._today() - _NOTED_DAYS
        for row in self._ask(_FIND, asked):
            match row:
                case (int(number), str(blob), int(day), bytes(digest), bytes(content)) if (
                    digest == digest_of(self._kind, self._engine, blob, content)
                ):
                    if day <= limit:
                        stale.append(number)
                    yield blob, content
                case _:
                    damaged.append(str(row[1]))
        if damaged:
            logger.warning("rows of cache %s are damaged: %d", self._file.path.name, len(damaged))
            self.forget(damaged)
        if stale:
            self._note_use(stale)

    def _note_use(self, numbers: Sequence[int]) -> None:
        day = self._today()
        update = "UPDATE entries SET day = ? WHERE id = ?"
        rows = [(day, number) for number in numbers]
        self._file.work(lambda file: _transaction(file, update, rows))

    def _ask(self, query: str, blobs: Sequence[str]) -> list[tuple[object, ...]]:
        text = query.format(marks=",".join("?" * len(blobs)))
        given = (self._kind, self._engine, *blobs)
        try:
            return self._file.work(lambda file: file.execute(text, given).fetchall()) or []
        except UserError as error:
            if error.code != FULL:
                raise
            logger.warning("cache %s is passed over: %s", self._file.path.name, error.detail)
            return []


def digest_of(kind: str, engine: str, blob: str, content: bytes) -> bytes:
    """What holds a content to its place."""
    digest = hashlib.blake2b(f"{kind}\0{engine}\0{blob}\0".encode(), digest_size=16)
    digest.update(content)
    return digest.digest()


def days_now() -> int:
    """Today, in days since 1970."""
    return int(time.time() // 86_400)


def put(
    file: sqlite3.Connection, key: tuple[str, str, str], day: int, digest: bytes, content: bytes
) -> None:
    """Replace one row; inside a transaction."""
    drop(file, key)
    insert = "INSERT INTO entries (kind, engine, blob, day, size, digest) VALUES (?, ?, ?, ?, ?, ?)"
    number = file.execute(insert, (*key, day, len(content), digest)).lastrowid
    file.execute("INSERT OR REPLACE INTO contents VALUES (?, ?)", (number, content))


def drop(file: sqlite3.Connection, key: tuple[str, str, str]) -> None:
    """Remove one row; inside a transaction."""
    where = "WHERE kind = ? AND engine = ? AND blob = ?"
    found = file.execute(f"SELECT id FROM entries {where}", key).fetchall()  # noqa: S608
    file.executemany("DELETE FROM contents WHERE id = ?", found)
    file.executemany("DELETE FROM entries WHERE id = ?", found)


def _transaction(file: sqlite3.Connection, statement: str, rows: Sequence[tuple[int, ...]]) -> None:
    file.execute("BEGIN IMMEDIATE")
    file.executemany(statement, rows)
    file.execute("COMMIT")


def _portions(blobs: Iterable[str]) -> Iterator[list[str]]:
    wanted = list(blobs)
    for start in range(0, len(wanted), _AT_ONCE):
        yield wanted[start : start + _AT_ONCE]
