"""What goes from a cache that is too large, and what stays."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scanner.application.caches import Pruned
from scanner.cache.contents import Contents, days_now
from scanner.cache.file import CacheFile
from scanner.cache.guard import BusyError, Guard
from scanner.cache.inspection import inspect
from scanner.cache.pruning import Bounds, is_due, prune

OLD, NEW = "1.0.1+cpython-3.13 facts-1", "1.0.2+cpython-3.14 facts-2"
LARGE = 1 << 30
MB = 1_000_000


@pytest.fixture
def file(tmp_path: Path) -> CacheFile:
    return CacheFile(tmp_path / "mirror" / "cache.sqlite3")


def keep(file: CacheFile, engine: str, names: str, age: int = 0, size: int = MB) -> Contents:
    """Keep a content a letter, last used so many days ago."""
    contents = Contents(file, "facts", engine, lambda: days_now() - age)
    contents.write({name: name.encode() * size for name in names})
    return contents


def known(file: CacheFile, engine: str, names: str) -> str:
    return "".join(sorted(Contents(file, "facts", engine).known(names)))


def bounds(most_bytes: int = LARGE) -> Bounds:
    return Bounds(most_bytes, {"facts": NEW})


def test_what_is_asked_for_today_stays(file: CacheFile) -> None:
    keep(file, NEW, "abc", age=400)
    assert prune(file, bounds()) == Pruned()
    assert known(file, NEW, "abc") == "abc"


def test_an_old_engine_goes_after_a_week_without_use(file: CacheFile) -> None:
    keep(file, OLD, "ab", age=7)
    keep(file, OLD, "c", age=6)
    keep(file, NEW, "a", age=7)
    assert prune(file, bounds()) == Pruned(2, 2 * MB)
    assert (known(file, OLD, "abc"), known(file, NEW, "a")) == ("c", "a")


def test_beyond_the_bound_old_engines_go_first(file: CacheFile) -> None:
    keep(file, OLD, "abc", age=0)
    keep(file, NEW, "abc", age=100)
    assert prune(file, bounds(3_200_000)) == Pruned(4, 4 * MB)  # to nine tenths of the bound
    assert (known(file, OLD, "abc"), len(known(file, NEW, "abc"))) == ("", 2)


def test_then_goes_what_was_not_used_for_longest(file: CacheFile) -> None:
    for age, name in ((30, "a"), (20, "b"), (10, "c"), (0, "d")):
        keep(file, NEW, name, age)
    Contents(file, "facts", NEW).known("a")  # no use: nothing was read
    assert dict(Contents(file, "facts", NEW).read("b"))  # a use
    assert prune(file, bounds(3 * MB)) == Pruned(2, 2 * MB)
    assert known(file, NEW, "abcd") == "bd"


def test_of_one_day_the_first_stays(file: CacheFile) -> None:
    """A backfill begins with the newest points, and what is parsed first is the head."""
    for name in "abcd":
        keep(file, NEW, name)
    prune(file, bounds(3 * MB))
    assert known(file, NEW, "abcd") == "ab"


def test_many_small_rows_keep_to_the_bound(file: CacheFile) -> None:
    names = [f"{number:040x}" for number in range(4_000)]
    Contents(file, "facts", NEW).write({name: name.encode() * 15 for name in names})
    assert file.size() > 2 * MB
    prune(file, bounds(MB))
    assert 0.8 * MB < file.size() <= MB


def test_the_file_shrinks_and_stays_whole(file: CacheFile) -> None:
    keep(file, NEW, "abcdefgh", size=400_000)
    before = file.size()
    prune(file, bounds(MB))
    assert file.size() < before / 2
    state = inspect(file, bounds(MB))
    assert state is not None
    assert (state.problems, state.prunable, state.rows) == ((), Pruned(), 2)


def test_an_inspection_tells_what_is_there_and_changes_nothing(file: CacheFile) -> None:
    assert inspect(file, bounds()) is None
    assert not file.path.exists()
    keep(file, OLD, "a", age=9)
    keep(file, NEW, "abc")
    state = inspect(file, bounds())
    assert state is not None
    assert [(each.engine, each.is_current, each.rows, each.bytes) for each in state.kept] == [
        (OLD, False, 1, MB),
        (NEW, True, 3, 3 * MB),
    ]
    assert (state.prunable, state.problems) == (Pruned(1, MB), ())
    assert state.kept[1].newest_use == datetime.now(UTC).date()
    assert inspect(file, bounds()) == state
    assert known(file, OLD, "a") == "a"


def test_pruning_is_due_once_a_day_and_beyond_the_bound(file: CacheFile) -> None:
    keep(file, NEW, "abc")
    assert is_due(file, bounds())
    prune(file, bounds())
    assert not is_due(file, bounds())
    assert is_due(file, bounds(20_000))
    with closing(sqlite3.connect(file.path, isolation_level=None)) as raw:
        raw.execute("UPDATE marks SET value = value - 1")
    assert is_due(file, bounds())


def test_a_guard_is_held_by_many_or_by_one(tmp_path: Path) -> None:
    guard = Guard(tmp_path / "in-use")
    with guard.shared() as first, guard.shared(), pytest.raises(BusyError), guard.alone(0.05):
        pass
    with guard.alone() as alone:
        guard.renew()
        with pytest.raises(BusyError), guard.alone():
            pass
    with guard.shared() as later:
        assert (first, alone, later) == (0, 0, 1)
