"""Looks at a cache file without changing anything in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Final

from scanner.application.caches import CacheState, KeptRows, Pruned
from scanner.cache.contents import digest_of
from scanner.cache.file import CacheFile
from scanner.cache.layout import LAYOUT
from scanner.cache.pruning import Bounds, prunable

_COUNT: Final = """
SELECT kind, engine, count(*), sum(size), min(day), max(day) FROM entries
GROUP BY kind, engine ORDER BY kind, engine
"""
_ROWS: Final = """
SELECT kind, engine, blob, digest, content FROM entries LEFT JOIN contents USING (id)
"""
_ORPHANS: Final = "SELECT count(*) FROM contents WHERE id NOT IN (SELECT id FROM entries)"
_MOST_PROBLEMS: Final = 10


def inspect(cache: CacheFile, bounds: Bounds) -> CacheState | None:
    """The state of a cache file; None when there is no file."""
    if not cache.path.exists():
        return None
    kept: tuple[KeptRows, ...] = ()
    found, problems = Pruned(), list[str]()
    try:
        with cache.opened() as file:
            if file.execute("PRAGMA user_version").fetchone() != (LAYOUT,):
                problems.append("the file has another layout, and starts anew at the next scan")
            else:
                problems += _torn(file)
                kept = tuple(_kept(file, bounds))
                found = prunable(file, bounds)
                problems += _damaged(file)
    except (sqlite3.DatabaseError, OSError, ValueError, TypeError) as error:
        problems.append(f"the file cannot be read: {error}")
    return CacheState(str(cache.path), cache.size(), kept, found, tuple(problems))


def _torn(file: sqlite3.Connection) -> Iterator[str]:
    for (said,) in file.execute(f"PRAGMA integrity_check({_MOST_PROBLEMS})"):
        if said != "ok":
            yield str(said)


def _kept(file: sqlite3.Connection, bounds: Bounds) -> Iterator[KeptRows]:
    for kind, engine, rows, size, oldest, newest in file.execute(_COUNT):
        is_current = bounds.engines.get(kind) == engine
        yield KeptRows(kind, engine, is_current, rows, size, _date(oldest), _date(newest))


def _damaged(file: sqlite3.Connection) -> Iterator[str]:
    """Rows whose content is not what was written. They are forgotten when they are asked for."""
    damaged = sum(not _is_whole(*row) for row in file.execute(_ROWS))
    if damaged:
        yield f"rows whose content is not what was written: {damaged}"
    (orphans,) = file.execute(_ORPHANS).fetchone()
    if orphans:
        yield f"contents that belong to no row: {orphans}"


def _is_whole(kind: str, engine: str, blob: str, digest: object, content: object) -> bool:
    return isinstance(content, bytes) and digest == digest_of(kind, engine, blob, content)


def _date(day: int) -> date:
    return datetime.fromtimestamp(day * 86_400, UTC).date()
