"""The newest CPython that truly runs is found, and none that only seems to."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scanner.analysis.interpreters import Interpreter, find_interpreter, running
from scanner.domain.errors import UserError
from scanner.domain.facts import FACTS_VERSION

OWN = sys.version_info[:2]
LINE = '["parser","{name}",3,{minor},"{level}"]'


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Nothing is remembered, and no interpreter of this machine is in the way."""
    find_interpreter.cache_clear()
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "base_prefix", str(tmp_path / "none" / "none"))
    yield
    find_interpreter.cache_clear()


def script(folder: Path, minor: int, says: str, code: int = 0) -> Path:
    """Something that is named like an interpreter."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"python3.{minor}"
    path.write_text(f"#!/bin/sh\necho '{says}'\nexit {code}\n")
    path.chmod(0o755)
    return path


def parser(minor: int, name: str = "cpython", level: str = "final") -> str:
    """What the analysis child says of its interpreter."""
    return LINE.format(name=name, minor=minor, level=level)


def test_our_own_is_enough() -> None:
    assert find_interpreter() == Interpreter(sys.executable, OWN)


def test_a_newer_one_is_taken(tmp_path: Path) -> None:
    script(tmp_path, 98, parser(98))
    newest = script(tmp_path, 99, parser(99))
    assert find_interpreter() == Interpreter(str(newest), (3, 99))
    assert find_interpreter().engine == f"1.0.{FACTS_VERSION}+cpython-3.99"
    assert [each.version for each in running()] == [(3, 99), (3, 98)]


def test_one_beside_our_own_is_taken_before_one_on_the_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "base_prefix", str(tmp_path / "versions" / "own"))
    script(tmp_path, 99, parser(99))
    beside = script(tmp_path / "versions" / "3.99.0" / "bin", 99, parser(99))
    assert find_interpreter().path == str(beside)


@pytest.mark.parametrize(
    ("says", "code"),
    [
        ("pyenv: python3.99: command not found", 127),
        (parser(99), 1),
        ("", 0),
        (parser(99, name="pypy"), 0),
        (parser(99, level="alpha"), 0),
        ("[1, 2]", 0),
    ],
)
def test_one_that_does_not_run_is_passed_over(says: str, code: int, tmp_path: Path) -> None:
    script(tmp_path, 99, says, code)
    older = script(tmp_path, 98, parser(98))
    assert find_interpreter().path == str(older)


def test_older_ones_are_not_even_tried(tmp_path: Path) -> None:
    script(tmp_path, OWN[1] - 1, f"x' > {tmp_path}/tried; echo '")
    assert find_interpreter().version == OWN
    assert not (tmp_path / "tried").exists()


def test_a_folder_a_dead_link_and_a_plain_file_are_no_interpreters(tmp_path: Path) -> None:
    (tmp_path / "python3.97").mkdir()
    (tmp_path / "python3.98").symlink_to(tmp_path / "gone")
    (tmp_path / "python3.99").write_text("no program")
    assert find_interpreter().version == OWN


def test_the_one_that_is_set_is_taken_though_it_is_not_the_newest(tmp_path: Path) -> None:
    script(tmp_path, 99, parser(99))
    assert find_interpreter(sys.executable) == Interpreter(sys.executable, OWN)


@pytest.mark.parametrize("says", ["no", parser(9)])
def test_one_that_is_set_and_does_not_run_is_an_error(says: str, tmp_path: Path) -> None:
    wrong = script(tmp_path, 99, says)
    with pytest.raises(UserError) as caught:
        find_interpreter(str(wrong))
    assert caught.value.code == "analysis.interpreter"
    assert str(wrong) in caught.value.message
