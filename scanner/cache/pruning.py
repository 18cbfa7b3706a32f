"""Keeps a cache file inside its bound.

What no engine of today asks for goes after a week without use. Beyond the bound, rows of old
engines go first, then those that were not used for longest. The caller holds the guard of the
repository alone, so that nothing goes while a scan works with it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Final, NamedTuple

from scanner.application.caches import Pruned
from scanner.cache.contents import days_now
from scanner.cache.file import CacheFile

OLD_ENGINE_DAYS: Final = 7  # a worker of the version before may still run
_ROOM: Final = 0.9  # of the bound, so that not every scan has to prune
_AT_ONCE: Final = 500  # rows in one transaction; others wait no longer than that takes
_PAGES: Final = 2_000  # given back to the disk at once
_DAY: Final = "pruned"


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much may be kept, and the engines that are asked for today, by kind."""

    most_bytes: int
    engines: Mapping[str, str]


class _Entry(NamedTuple):
    id: int
    is_current: bool
    day: int
    size: int


def prunable(file: sqlite3.Connection, bounds: Bounds) -> Pruned:
    """What pruning would drop now."""
    chosen = list(_chosen(file, bounds))
    return Pruned(len(chosen), sum(entry.size for entry in chosen))


def prune(cache: CacheFile, bounds: Bounds) -> Pruned:
    """Drop it, in small transactions. Raises UserError as CacheFile does."""
    chosen = cache.work(lambda file: list(_chosen(file, bounds))) or []
    rest = iter(chosen)
    while some := [(entry.id,) for entry in islice(rest, _AT_ONCE)]:
        cache.work(partial(_drop, keys=some))
    cache.work(_settle)
    return Pruned(len(chosen), sum(entry.size for entry in chosen))


def is_due(cache: CacheFile, bounds: Bounds) -> bool:
    """Whether the file is beyond its bound, or was not pruned today."""
    if cache.size() > bounds.most_bytes:
        return True
    read = "SELECT value FROM marks WHERE name = ?"
    return cache.work(lambda file: file.execute(read, (_DAY,)).fetchone()) != (days_now(),)


def _chosen(file: sqlite3.Connection, bounds: Bounds) -> Iterator[_Entry]:
    """What is to go: old engines first, then what was not used for longest.

    Of what was used on the same day the last goes first: a backfill begins with the newest points.
    """
    entries = sorted(_entries(file, bounds), key=lambda each: (*each[1:3], -each.id))
    used = _used_bytes(file)
    beside = max(0, used - sum(entry.size for entry in entries)) / max(1, len(entries))
    excess = used - bounds.most_bytes * _ROOM if used > bounds.most_bytes else 0.0
    oldest = days_now() - OLD_ENGINE_DAYS
    for entry in entries:
        is_idle = not entry.is_current and entry.day <= oldest
        if excess > 0 or is_idle:
            excess -= entry.size + beside
            yield entry


def _entries(file: sqlite3.Connection, bounds: Bounds) -> Iterator[_Entry]:
    for number, kind, engine, day, size in file.execute(
        "SELECT id, kind, engine, day, size FROM entries"
    ):
        yield _Entry(number, bounds.engines.get(kind) == engine, day, size)


def _used_bytes(file: sqlite3.Connection) -> int:
    """Bytes of the pages that hold something."""
    asked = ("page_count", "freelist_count", "page_size")
    pages, free, size = (file.execute(f"PRAGMA {name}").fetchone()[0] for name in asked)
    return int((pages - free) * size)


def _drop(file: sqlite3.Connection, keys: list[tuple[int]]) -> None:
    file.execute("BEGIN IMMEDIATE")
    file.executemany("DELETE FROM contents WHERE id = ?", keys)
    file.executemany("DELETE FROM entries WHERE id = ?", keys)
    file.execute("COMMIT")


def _settle(file: sqlite3.Connection) -> None:
    """Note the day, and give pages that hold nothing back to the disk."""
    file.execute("INSERT OR REPLACE INTO marks VALUES (?, ?)", (_DAY, days_now()))
    while file.execute("PRAGMA freelist_count").fetchone() > (0,):
        before = file.execute("PRAGMA page_count").fetchone()
        file.execute(f"PRAGMA incremental_vacuum({_PAGES})").fetchall()
        if file.execute("PRAGMA page_count").fetchone() == before:
            break
    file.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
