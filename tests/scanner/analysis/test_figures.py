"""Radon's figures of one module, from a sandboxed child, remembered by blob."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from radon.complexity import cc_rank
from radon.metrics import h_visit, mi_visit

from scanner.analysis.extraction import module_facts
from scanner.analysis.figures import RadonFigures, engine
from scanner.application.configuration import Configuration, Limits
from scanner.cache.figures_cache import SqliteFiguresCache
from scanner.domain.errors import UserError
from scanner.domain.facts import Module

HERE = Path(__file__).parent
SOURCES = sorted(HERE.glob("*.py"))


def facts(source: bytes) -> Module:
    """What is measured of a module."""
    found = module_facts(source)
    assert isinstance(found, Module)
    return found


@pytest.mark.parametrize("path", SOURCES, ids=[path.name for path in SOURCES])
def test_figures_are_radons(path: Path, tmp_path: Path) -> None:
    source = path.read_bytes()
    found = RadonFigures(Configuration(tmp_path)).figures(source, facts(source))
    assert found is not None
    halstead = h_visit(source.decode()).total
    assert found.halstead.volume == pytest.approx(halstead.volume)
    assert found.halstead.distinct_operators == halstead.h1
    assert found.halstead.operands == halstead.N2
    assert found.halstead.time == pytest.approx(halstead.time)
    # The counts behind the index are ours, so it is close, not equal.
    assert found.maintainability == pytest.approx(mi_visit(source.decode(), True), abs=6)
    assert [(name, line) for name, line, _ in found.ranks] == [
        (each.name, each.line) for each in facts(source).functions
    ]
    assert [rank for *_, rank in found.ranks] == [
        cc_rank(each.complexity) for each in facts(source).functions
    ]


def test_an_empty_module(tmp_path: Path) -> None:
    found = RadonFigures(Configuration(tmp_path)).figures(b"", facts(b""))
    assert found is not None
    assert (found.maintainability, found.maintainability_rank, found.ranks) == (100.0, "A", ())
    assert found.halstead.volume == 0


def test_newer_syntax_has_the_figures_of_its_older_shape(tmp_path: Path) -> None:
    older = (
        b"def f(x):\n    try:\n        return x + 1\n    except (A, B):\n        return f'{x}'\n"
    )
    newer = older.replace(b"f(x)", b"f[T](x)").replace(b"(A, B)", b"A, B")
    found = [
        RadonFigures(Configuration(tmp_path)).figures(each, facts(older)) for each in (older, newer)
    ]
    assert found[0] is not None
    assert found[0] == found[1]


@pytest.mark.parametrize(
    "source",
    [b"x = (\n", b"x = '\xff'\n", b"x = " + b"1 + " * 100_000 + b"1\n", b"x = '\0'\n"],
    ids=["syntax", "encoding", "nesting", "NUL"],
)
def test_what_radon_cannot_read_has_no_figures(source: bytes, tmp_path: Path) -> None:
    assert RadonFigures(Configuration(tmp_path)).figures(source, facts(b"")) is None


def test_time_is_bounded(tmp_path: Path) -> None:
    slow = b"x = [" + b"a[b], " * 1_000_000 + b"]\n"
    limits = Limits(parse_seconds=1, child_memory_bytes=4 << 30)
    assert RadonFigures(Configuration(tmp_path, limits=limits)).figures(slow, facts(b"")) is None


def test_what_cannot_be_read_is_tried_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = SqliteFiguresCache(tmp_path / "figures.sqlite3", engine())
    source = SOURCES[0].read_bytes() or b"x = 1\n"
    with monkeypatch.context() as broken:
        broken.setattr("sys.executable", "/bin/false")
        assert RadonFigures(Configuration(tmp_path), memory).figures(source, facts(source)) is None

    assert RadonFigures(Configuration(tmp_path), memory).figures(source, facts(source)) is None


@pytest.mark.parametrize(
    "answer",
    ["no json", "[" * 100_000, "[1]", '["a", 1, 1, 1, 1, 1, 1, 1, 1.0, "A"]', "{}"],
    ids=["words", "nested", "short", "letters", "table"],
)
def test_an_answer_that_makes_no_sense_is_none(answer: str, tmp_path: Path) -> None:
    memory = SqliteFiguresCache(tmp_path / "figures.sqlite3", engine())
    source = b"x = 1\n"
    memory.put(hashlib.sha1(b"blob 6\0" + source).hexdigest(), answer)
    assert RadonFigures(Configuration(tmp_path), memory).figures(source, facts(source)) is None


def test_answers_are_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = SOURCES[0].read_bytes() or b"x = 1\n"
    memory = SqliteFiguresCache(tmp_path / "figures.sqlite3", engine())
    configuration = Configuration(tmp_path)
    first = RadonFigures(configuration, memory).figures(source, facts(source))
    assert first is not None
    monkeypatch.setattr("sys.executable", os.devnull)  # no child can be started any more
    assert RadonFigures(configuration, memory).figures(source, facts(source)) == first
    other = SqliteFiguresCache(tmp_path / "figures.sqlite3", "radon-0")
    with pytest.raises(PermissionError):
        RadonFigures(configuration, other).figures(source, facts(source))


class FullDisk:
    """A memory that cannot keep anything."""

    def get(self, blob: str) -> str | None:
        """Nothing is ever there."""
        return None

    def put(self, blob: str, answer: str) -> None:
        """There is no room."""
        raise UserError("cache.disk-full", "No room.", "Make some.")


def test_a_full_disk_takes_no_figures_away(tmp_path: Path) -> None:
    found = RadonFigures(Configuration(tmp_path), FullDisk()).figures(b"x = 1\n", facts(b"x = 1\n"))
    assert found is not None
