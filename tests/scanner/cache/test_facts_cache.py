"""Facts by blob in a SQLite file: shared, damaged, killed and full."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from scanner.analysis.extraction import module_facts
from scanner.application.ports import Facts
from scanner.cache.facts_cache import SqliteFactsCache
from scanner.domain.errors import UserError
from scanner.domain.facts import FACTS_VERSION, Unmeasured

ENGINE = "1.0.0+cpython-3.13"
BATCHES = "SELECT count(*) FROM entries JOIN contents USING (id) GROUP BY substr(blob, 1, 7)"
HOME = Path(__file__).resolve().parents[3]
SOURCE = b"import os\ndef f(a, b: int = 1) -> None:\n    try: g()\n    except E as e: log(e)\n"


def facts(count: int) -> dict[str, Facts]:
    """Facts of so many small modules, and of one that is none."""
    found: dict[str, Facts] = {
        f"{each:040x}": module_facts(SOURCE + b"x = 1\n" * (each % 7)) for each in range(count)
    }
    found["f" * 40] = Unmeasured("syntax error", 3, 9)
    found["e" * 40] = Unmeasured("over 1 MB", None, 90_000)
    return found


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file in a folder that is not there yet."""
    return tmp_path / "mirror" / "facts.sqlite3"


def test_what_is_kept_is_found(path: Path) -> None:
    kept = facts(1_200)
    cache = SqliteFactsCache(path, ENGINE)
    assert cache.get(kept) == {}
    cache.put(kept)
    assert cache.get([*kept, "0" * 40 + "1"]) == kept
    assert SqliteFactsCache(path, ENGINE).get(list(kept)[:3]) == dict(list(kept.items())[:3])
    cache.put({"f" * 40: Unmeasured("too deeply nested", None, 1)})
    assert cache.get(["f" * 40]) == {"f" * 40: Unmeasured("too deeply nested", None, 1)}


def test_facts_of_another_engine_are_never_given(path: Path) -> None:
    kept = facts(3)
    SqliteFactsCache(path, ENGINE).put(kept)
    newer = SqliteFactsCache(path, "1.0.0+cpython-3.14")
    assert newer.get(kept) == {}
    newer.put({})
    assert SqliteFactsCache(path, ENGINE).get(kept) == kept  # a worker of before may still run


def test_facts_of_another_shape_are_never_given(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = facts(3)
    SqliteFactsCache(path, ENGINE).put(kept)
    monkeypatch.setattr("scanner.cache.facts_cache.FACTS_VERSION", FACTS_VERSION + 1)
    assert SqliteFactsCache(path, ENGINE).get(kept) == {}
    assert SqliteFactsCache(path, ENGINE).known(kept) == set()


_WRITER = """
import sys
sys.path.insert(0, {home!r})
from pathlib import Path
from tests.scanner.cache.test_facts_cache import ENGINE, SqliteFactsCache, facts
kept = facts(30)
cache = SqliteFactsCache(Path(sys.argv[1]), ENGINE)
print("ready", flush=True)
for number in range(int(sys.argv[2])):
    cache.put({{f"{{sys.argv[3]}}{{number:06x}}{{key[7:]}}": kept[key] for key in kept}})
"""


def _writer(path: Path, rounds: int, mark: str) -> subprocess.Popen[bytes]:
    script = _WRITER.format(home=str(HOME))
    command = [sys.executable, "-c", script, str(path), str(rounds), mark]
    return subprocess.Popen(command, stdout=subprocess.PIPE, cwd=HOME)


def test_several_processes_may_write_at_once(path: Path) -> None:
    writers = [_writer(path, 25, mark) for mark in "abc"]
    codes = [(writer.communicate(timeout=60), writer.returncode)[1] for writer in writers]
    assert codes == [0, 0, 0]
    wanted = {
        f"{mark}{number:06x}{key[7:]}": value
        for mark in "abc"
        for number in range(25)
        for key, value in facts(30).items()
    }
    assert SqliteFactsCache(path, ENGINE).get(wanted) == wanted


def test_a_writer_that_is_killed_leaves_whole_batches(path: Path) -> None:
    expected = len(facts(30))
    for mark in "abc":
        writer = _writer(path, 100_000, mark)
        assert writer.stdout is not None
        writer.stdout.readline()
        reader = SqliteFactsCache(path, ENGINE)
        while not reader.get([f"{mark}000005{key[7:]}" for key in facts(30)]):
            assert writer.poll() is None
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
    with sqlite3.connect(path) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        batches = file.execute(BATCHES).fetchall()
    file.close()
    assert {count for (count,) in batches} == {expected}


def test_a_full_disk_is_said_to_be_full(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect

    def small(*arguments: object, **options: object) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*arguments, **options)  # type: ignore[call-overload]
        connection.execute("PRAGMA max_page_count = 14")
        return connection

    cache = SqliteFactsCache(path, ENGINE)
    cache.put(facts(1))
    monkeypatch.setattr("scanner.cache.file.sqlite3.connect", small)
    with pytest.raises(UserError) as caught:
        cache.put(facts(900))
    assert caught.value.code == "cache.disk-full"
    monkeypatch.undo()
    assert cache.get(facts(900)) == facts(1)


@pytest.mark.parametrize("kind", ["folder", "parent is a file"])
def test_a_file_that_cannot_be_opened(kind: str, path: Path) -> None:
    if kind == "folder":
        path.mkdir(parents=True)
    else:
        path.parent.write_text("in the way")
    with pytest.raises(UserError) as caught:
        SqliteFactsCache(path, ENGINE).put(facts(1))
    assert caught.value.code == "cache.unusable"


def test_a_file_that_others_keep_busy_is_passed_over(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = facts(2)
    cache = SqliteFactsCache(path, ENGINE)
    cache.put(kept)
    monkeypatch.setattr("scanner.cache.file._BUSY_SECONDS", 0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    cache.put({"d" * 40: Unmeasured("syntax error", 1, 1)})
    assert cache.get(kept) == kept  # readers are not in the way of a writer
    other.execute("ROLLBACK")
    other.close()
    assert cache.get(["d" * 40]) == {}
