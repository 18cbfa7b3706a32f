"""Damaged cache files and rows: parsed again, never believed."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from scanner.application.ports import Facts
from scanner.cache.facts_cache import SqliteFactsCache, facts_engine
from scanner.cache.file import CacheFile
from scanner.cache.inspection import inspect
from scanner.cache.layout import LAYOUT
from scanner.cache.pruning import Bounds
from tests.scanner.cache.test_facts_cache import ENGINE, HOME, facts

BOUNDS = Bounds(1 << 30, {"facts": facts_engine(ENGINE)})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "mirror" / "facts.sqlite3"


def execute(path: Path, statement: str, *values: object) -> list[tuple[object, ...]]:
    """Do something to the file behind the cache's back."""
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        return file.execute(statement, values).fetchall()


def problems(path: Path) -> tuple[str, ...]:
    state = inspect(CacheFile(path), BOUNDS)
    assert state is not None
    return state.problems


def _overwrite(path: Path) -> None:
    path.write_bytes(b"this is no database at all\n" * 100)


def _tear(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2 + 100)


def _scribble(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for page in range(1, len(content) // 4096):
        content[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    path.write_bytes(content)


def _take_a_table(path: Path) -> None:
    execute(path, "DROP TABLE contents")


def _take_a_column(path: Path) -> None:
    execute(path, "DROP TABLE entries")
    execute(path, "CREATE TABLE entries (id INTEGER PRIMARY KEY, old TEXT)")


def _change_the_layout(path: Path) -> None:
    execute(path, f"PRAGMA user_version = {LAYOUT + 1}")


DAMAGES = [_overwrite, _tear, _scribble, _take_a_table, _take_a_column, _change_the_layout]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_starts_anew(damage: Callable[[Path], None], path: Path) -> None:
    kept = facts(400)
    SqliteFactsCache(path, ENGINE).put(kept)
    assert problems(path) == ()
    damage(path)
    assert problems(path)
    cache = SqliteFactsCache(path, ENGINE)
    found = cache.get(kept)
    assert set(found) < set(kept)
    assert found == {blob: kept[blob] for blob in found}
    cache.put(kept)
    assert cache.get(kept) == kept
    assert problems(path) == ()


FIRST, SECOND = f"{0:040x}", f"{1:040x}"
OF = "(SELECT id FROM entries WHERE blob = ?)"


def _other_content(path: Path) -> None:
    """A well-formed content under the name of another blob: the verdict would be a wrong one."""
    other = f"(SELECT content FROM contents WHERE id = {OF})"
    execute(path, f"UPDATE contents SET content = {other} WHERE id = {OF}", SECOND, FIRST)


def _other_name(path: Path) -> None:
    execute(path, "DELETE FROM entries WHERE blob = ?", FIRST)
    execute(path, "UPDATE entries SET blob = ? WHERE blob = ?", FIRST, SECOND)


def _other_engine(path: Path) -> None:
    old = SqliteFactsCache(path, "1.0.0+cpython-3.9")
    execute(path, "DELETE FROM entries WHERE blob = ?", FIRST)
    old.put({FIRST: facts(2)[SECOND]})
    execute(path, "UPDATE entries SET engine = ? WHERE blob = ?", facts_engine(ENGINE), FIRST)


def _one_bit(path: Path) -> None:
    ((content,),) = execute(path, f"SELECT content FROM contents WHERE id = {OF}", FIRST)
    assert isinstance(content, bytes)
    changed = bytes([*content[:-1], content[-1] ^ 1])
    execute(path, f"UPDATE contents SET content = ? WHERE id = {OF}", changed, FIRST)


def _text(path: Path) -> None:
    execute(path, f"UPDATE contents SET content = 'junk' WHERE id = {OF}", FIRST)


def _nothing(path: Path) -> None:
    execute(path, f"UPDATE contents SET content = x'' WHERE id = {OF}", FIRST)


ROW_DAMAGES = [_other_content, _other_name, _other_engine, _one_bit, _text, _nothing]


@pytest.mark.parametrize("damage", ROW_DAMAGES)
def test_a_damaged_row_is_never_given_out(damage: Callable[[Path], None], path: Path) -> None:
    kept = facts(3)
    cache = SqliteFactsCache(path, ENGINE)
    cache.put(kept)
    assert kept[FIRST] != kept[SECOND]
    damage(path)
    assert problems(path)
    found = cache.get(kept)
    assert FIRST not in found
    assert found == {blob: kept[blob] for blob in found}
    assert execute(path, "SELECT blob FROM entries WHERE blob = ?", FIRST) == []  # forgotten
    cache.put(kept)
    assert cache.get(kept) == kept


_USER = """
import sys
sys.path.insert(0, {home!r})
from pathlib import Path
from tests.scanner.cache.test_facts_cache import ENGINE, SqliteFactsCache, facts
kept = facts(60)
cache = SqliteFactsCache(Path(sys.argv[1]), ENGINE)
print("ready", flush=True)
for number in range(60):
    cache.put(kept)
    found = cache.get(kept)
    assert found == {{blob: kept[blob] for blob in found}}, "a wrong fact"
"""


def _user(path: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", _USER.format(home=str(HOME)), str(path)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, cwd=HOME)


def test_users_of_a_file_that_is_damaged_again_and_again_see_no_wrong_fact(path: Path) -> None:
    users = [_user(path) for _ in range(2)]
    for user in users:
        assert user.stdout is not None
        user.stdout.readline()
    turn = 0
    while any(user.poll() is None for user in users):
        if path.exists() and path.stat().st_size:
            with path.open("r+b") as file:
                file.seek(turn % 3 * 4096)
                file.write(b"\xff" * 4096)
        turn += 1
        SqliteFactsCache(path, ENGINE).get(facts(1))
    assert [user.wait(60) for user in users] == [0, 0]
    kept: dict[str, Facts] = facts(60)
    cache = SqliteFactsCache(path, ENGINE)
    cache.get(kept)
    cache.put(kept)
    assert cache.get(kept) == kept
