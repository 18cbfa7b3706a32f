"""Digests are the same under every interpreter and formatter, and never change unnoticed."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import pytest

from scanner.analysis.extraction import module_facts
from scanner.analysis.interpreters import CHILD, running
from scanner.child.digests import digest
from scanner.domain.facts import Module
from scanner.domain.fingerprints import SCHEME
from tests.scanner.installed import FOLDER

PACKAGES = ("click", "gunicorn", "kombu")
SAME = [
    ("del (a, b)", "del a, b"),
    ('def f():\n    """One.\n\n      Two."""', 'def f():\n  """\n  One.\n\n  Two.\n  """'),
    ("class A:\n    ' Doc. '", 'class A:\n    """Doc."""'),
    ("x = (yield)", "x = yield"),
    ("with (a as b, c): d", "with a as b, c: d"),
    ("x = f'{a}' 'b' f'{c!r:>{d}}'", 'x = (\n    f"{a}b"\n    f"{c!r:>{d}}"\n)'),
    ("x = not (a in b)", "x = not ((a) in b)"),
    ("for (a, b) in (c, d): e", "for a, b in c, d:\n    e"),
    ("x = 0XFF", "x = 0xff"),
    ("x = 1E5 + 1J", "x = 1e5 + 1j"),
    ("f(*a, **b)", "f(\n    *a,\n    **b,\n)"),
]
DIFFERENT = [
    ("del (), a", "del a"),
    ("def f():\n    'One.'", "def f():\n    'Two.'"),
    ("def f():\n    x = ' a '", "def f():\n    x = 'a'"),
]
SPECIMEN = '''
def work(path, *, retries=3):
    """Do it."""
    try:
        return [f"{path}: {line!r:>{retries}}" for line in open(path, "rb") if not line]
    except (OSError, ValueError) as error:
        del path
        print("gave up", error, 0x10, 1.5, b"x", None, True, ..., {"a": (1, *[2])}, sep="")
        raise RuntimeError from error
'''
RECORDED = {1: "7c69428cd8a8705d"}


def _digest(source: str) -> str:
    return digest(ast.parse(source))


@pytest.mark.parametrize(("one", "other"), SAME)
def test_a_formatter_changes_no_digest(one: str, other: str) -> None:
    assert _digest(one) == _digest(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_meaning_changes_the_digest(one: str, other: str) -> None:
    assert _digest(one) != _digest(other)


def test_who_changes_digests_raises_the_scheme() -> None:
    """Where this fails, stored findings would look fixed and new: raise SCHEME, record here."""
    assert (SCHEME, _digest(SPECIMEN)) == (max(RECORDED), RECORDED[SCHEME])


def test_whole_packages_formatted_otherwise_keep_all_digests(tmp_path: Path) -> None:
    for package in PACKAGES:
        shutil.copytree(FOLDER / package, tmp_path / package)
    options = ["--config", "line-length=50", "--config", "format.quote-style='single'"]
    command = [sys.executable, "-m", "ruff", "format", "--isolated", "--no-cache", "--preview"]
    subprocess.run([*command, "-q", *options, str(tmp_path)], check=True)
    count = 0
    for path in sorted(tmp_path.rglob("*.py")):
        before = _digests((FOLDER / path.relative_to(tmp_path)).read_bytes())
        assert _digests(path.read_bytes()) == before, path
        count += len(before)
    assert count > 1_000


class Placed(Protocol):
    """A fact that knows the definition it stands in."""

    @property
    def symbol(self) -> str: ...

    @property
    def digest(self) -> str: ...


def _digests(source: bytes) -> list[tuple[str, str]]:
    """Every digest of a module with its symbol, in order."""
    facts = module_facts(source)
    assert isinstance(facts, Module)
    groups: tuple[Sequence[Placed], ...] = (
        facts.imports, facts.handlers, facts.suppresses, facts.finally_jumps,
        facts.subprocess_calls, facts.environment_reads, facts.log_calls, facts.print_calls,
    )  # fmt: skip
    return [(row.symbol, row.digest) for rows in groups for row in rows]


def test_every_interpreter_here_gives_the_same_digests() -> None:
    """Of whole modules, so that every kind of node is in it."""
    paths = [str(path) for path in sorted((FOLDER / "gunicorn").rglob("*.py"))]
    script = (
        "import ast, sys; sys.path.insert(0, sys.argv[1]); from child.digests import digest; "
        "[print(digest(ast.parse(open(path, 'rb').read()))) for path in sys.argv[2:]]"
    )
    command = ["-I", "-S", "-W", "ignore", "-c", script, str(CHILD.parent), *paths]
    said = {
        path: subprocess.run([path, *command], check=True, capture_output=True).stdout
        for path in (sys.executable, *(each.path for each in running()))
    }
    assert len(set(said.values())) == 1
    assert len(said[sys.executable].split()) == len(paths)
