"""A read rewrites what does not parse, in children of their own, at the cost of one file each."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from scanner.analysis.folder import FolderSource
from scanner.analysis.reader import SandboxedReader
from scanner.application.configuration import Configuration, Limits
from scanner.application.ports import Facts
from scanner.child import reasons
from scanner.domain.errors import UserError
from scanner.domain.facts import Module, Unmeasured

NEWER = "try:\n    x = 1\nexcept A, B:\n    raise\n"
PYTHON = sys.executable
_SCRIPT = """#!{python} -I
import os, signal, sys
sys.path.append({home!r})
from scanner.analysis.rewriting_child import work
read = work.read

def obey(source):
    order = source.partition(b"\\n")[0]
    if order == b"# kill": os.kill(os.getpid(), signal.SIGKILL)
    if order == b"# abort": os.abort()
    if order == b"# starve": raise MemoryError
    if order == b"# spin":
        while True: pass
    return read(source)

work.read = obey
if {stay}:
    work.main(sys.argv[5:])
"""


def write(folder: Path, texts: Mapping[str, str]) -> Path:
    """A folder of modules."""
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text)
    return folder


def read(folder: Path) -> tuple[dict[str, Facts], dict[str, Facts], list[int]]:
    """Facts by path, those that were kept by blob, and how many were reported as done."""
    limits = Limits(parse_seconds=1)
    source = FolderSource(folder, limits)
    entries = source.tree().entries
    kept: dict[str, Facts] = {}
    done: list[int] = []
    reader = SandboxedReader(Configuration(folder, interpreter=PYTHON, limits=limits))
    found = reader.read(source, entries, lambda phase, now, total: done.append(now), kept.update)
    return {entry.path: found[entry.blob] for entry in entries}, kept, done


def test_newer_syntax_is_read_and_marked(tmp_path: Path) -> None:
    folder = write(
        tmp_path / "package",
        {
            "broken.py": "x = 1\ndef f[T](:\n\n",
            "newer.py": NEWER,
            "nested.py": "type X = int\nx = " + "(" * 300 + ")" * 300,
            "older.py": "x = 1\n",
            "python2.py": "print 'x'\n",
        },
    )
    found, kept, done = read(folder)
    newer, older = found["newer.py"], found["older.py"]
    assert isinstance(newer, Module)
    assert newer.rewritten == ("exceptions without parentheses",)
    assert newer.handlers[0].types == ("A", "B")
    assert isinstance(older, Module)
    assert older.rewritten == ()
    broken = found["broken.py"]
    assert isinstance(broken, Unmeasured)
    assert (broken.reason, broken.line, broken.lines) == (reasons.SYNTAX, 2, 3)
    assert found["nested.py"] == Unmeasured(reasons.NESTED, 2, 2)
    assert found["python2.py"] == Unmeasured(reasons.SYNTAX, 1, 1)
    assert len(kept) == 5
    assert done == sorted(set(done))
    assert done[-1] == 5


ORDERS = {
    "kill": reasons.CRASH,
    "abort": reasons.CRASH,
    "starve": reasons.MEMORY,
    "spin": reasons.TIME,
}


@pytest.mark.parametrize(("order", "reason"), ORDERS.items(), ids=ORDERS)
def test_a_child_that_ends_costs_one_file(
    order: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = {f"m{number}.py": f"# {number}\n{NEWER}" for number in range(6)}
    folder = write(tmp_path / "package", {**texts, "m3.py": f"# {order}\n{NEWER}"})
    monkeypatch.setattr(sys, "executable", str(_misbehaving(tmp_path)))
    found, kept, _ = read(folder)
    assert found.pop("m3.py") == Unmeasured(reason, None, 5)
    assert all(isinstance(each, Module) and each.rewritten for each in found.values())
    assert len(kept) == 5  # what may end otherwise another time is not kept


def test_a_child_that_never_starts_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write(tmp_path / "package", {"newer.py": NEWER})
    monkeypatch.setattr(sys, "executable", str(_misbehaving(tmp_path, stay=False)))
    with pytest.raises(UserError) as caught:
        read(folder)
    assert caught.value.code == "analysis.child"


def test_nothing_newer_starts_no_second_child(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write(tmp_path / "package", {"older.py": "x = 1\n"})
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no-such-python"))
    found, _, _ = read(folder)
    assert isinstance(found["older.py"], Module)


def _misbehaving(folder: Path, *, stay: bool = True) -> Path:
    """The program of the second kind of child, obeying orders in the modules that it reads."""
    home = str(Path(__file__).resolve().parents[3])
    path = folder / "rewriting"
    path.write_text(_SCRIPT.format(python=PYTHON, home=home, stay=stay))
    path.chmod(0o755)
    return path
