"""Blobs become facts in sandboxed children, and whatever a child does costs one file."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from scanner.analysis.folder import FolderSource
from scanner.analysis.interpreters import CHILD
from scanner.analysis.reader import SandboxedReader
from scanner.analysis.reading import GAVE_UP, MOST_LOST
from scanner.application.configuration import Configuration, Limits
from scanner.application.ports import Facts
from scanner.child import reasons
from scanner.domain.errors import UserError
from scanner.domain.facts import FACTS_VERSION, Module, Unmeasured
from tests.scanner.analysis import misbehaving

Reports = list[tuple[str, int, int]]


def read(
    folder: Path,
    *,
    interpreter: Path | None = None,
    limits: Limits | None = None,
    children: int = 2,
    keep: Callable[[Mapping[str, Facts]], None] | None = None,
    reports: Reports | None = None,
) -> dict[str, Facts]:
    """Facts of the modules of a folder, by path."""
    limits = limits or Limits(parse_seconds=1)
    configuration = Configuration(
        folder, children=children, interpreter=str(interpreter or ""), limits=limits
    )
    source = FolderSource(folder, limits)
    entries = [entry for entry in source.tree().entries if entry.path.endswith(".py")]
    report = (lambda *said: None) if reports is None else (lambda *said: reports.append(said))
    found = SandboxedReader(configuration).read(source, entries, report, keep)
    return {entry.path: found[entry.blob] for entry in entries}


def modules(folder: Path, count: int, size: int = 1) -> Path:
    """A folder of so many different modules with so many functions each."""
    folder.mkdir(exist_ok=True)
    for number in range(count):
        text = "".join(f"def f{number}_{each}(): ...\n" for each in range(size))
        (folder / f"m{number:04}.py").write_text(text)
    return folder


@pytest.fixture
def misbehaved(tmp_path: Path) -> Path:
    """The interpreter that obeys orders."""
    home = tmp_path / "bin"
    home.mkdir()
    return misbehaving.write(home)


def test_a_folder_is_read_whole(tmp_path: Path) -> None:
    folder = modules(tmp_path / "package", 300, size=30)
    (folder / "broken.py").write_text("x = (\n\n")
    (folder / "large.py").write_text("# x\n" * 300_000)
    (folder / "twin.py").write_bytes((folder / "m0000.py").read_bytes())
    kept: dict[str, Facts] = {}
    batches: list[int] = []

    def keep(batch: Mapping[str, Facts]) -> None:
        batches.append(len(batch))
        kept.update(batch)

    reports: Reports = []
    found = read(folder, limits=Limits(), keep=keep, reports=reports)
    assert len(found) == 303
    assert found["broken.py"] == Unmeasured("syntax error", 1, 2)
    assert found["large.py"] == Unmeasured("over 1 MB", None, 300_000)
    module = found["m0042.py"]
    assert isinstance(module, Module)
    assert [each.name for each in module.functions][:2] == ["f42_0", "f42_1"]
    assert found["twin.py"] is found["m0000.py"]
    assert len(kept) == sum(batches) == 302
    assert len(batches) > 1
    assert reports[0] == ("facts", 0, 302)
    assert reports[-1] == ("facts", 302, 302)
    assert [done for _, done, _ in reports] == sorted({done for _, done, _ in reports})


def test_nothing_to_read_starts_nothing(tmp_path: Path) -> None:
    missing = tmp_path / "no-such-python"
    assert read(tmp_path, interpreter=missing) == {}


ORDERS = {
    "abort": reasons.CRASH,
    "kill": reasons.CRASH,
    "fail": reasons.CRASH,
    "wrong": reasons.CRASH,
    "babble": reasons.CRASH,
    "nest": reasons.CRASH,
    "repeat": reasons.CRASH,
    "starve": reasons.MEMORY,
    "hang": reasons.TIME,
    "spin": reasons.TIME,
    "leave": "could not be read from the repository",
}


@pytest.mark.parametrize(("order", "reason"), ORDERS.items(), ids=ORDERS)
def test_a_child_that_ends_costs_one_file(
    order: str, reason: str, tmp_path: Path, misbehaved: Path
) -> None:
    folder = modules(tmp_path / "package", 40)
    (folder / "m0017.py").write_text(f"# {order}\nx = 1\n")
    kept: dict[str, Facts] = {}
    found = read(folder, interpreter=misbehaved, keep=kept.update)
    assert found.pop("m0017.py") == Unmeasured(reason, None, 1 if order == "leave" else 2)
    assert [path for path, facts in found.items() if not isinstance(facts, Module)] == []
    assert len(kept) == 39  # what may end otherwise another time is not kept
    assert _children() == []


def test_several_bad_files_in_a_row(tmp_path: Path, misbehaved: Path) -> None:
    folder = modules(tmp_path / "package", 12)
    for number, order in enumerate(["abort", "kill", "leave", "abort", "starve"], 3):
        (folder / f"m{number:04}.py").write_text(f"# {order}\n# {number}\n")
    found = read(folder, interpreter=misbehaved, children=1)
    lost = [path for path, facts in found.items() if isinstance(facts, Unmeasured)]
    assert lost == [f"m{number:04}.py" for number in range(3, 8)]


def test_a_repository_full_of_bad_files_is_given_up(tmp_path: Path, misbehaved: Path) -> None:
    folder = modules(tmp_path / "package", 0)
    for number in range(MOST_LOST + 20):
        (folder / f"m{number:04}.py").write_text(f"# kill\n# {number}\n")
    found = list(read(folder, interpreter=misbehaved).values())
    assert found.count(Unmeasured(reasons.CRASH, None, 2)) in (MOST_LOST, MOST_LOST + 1)
    assert found.count(Unmeasured(GAVE_UP, None, 2)) >= 19
    assert _children() == []


def test_what_a_child_started_ends_with_it(tmp_path: Path, misbehaved: Path) -> None:
    folder = modules(tmp_path / "package", 3)
    (folder / "m0001.py").write_text("# fork\n")
    found = read(folder, interpreter=misbehaved)
    assert found["m0001.py"] == Unmeasured(reasons.TIME, None, 1)  # its pipe was held open
    assert _sleepers() == []


def test_nothing_is_left_when_the_asker_fails(tmp_path: Path) -> None:
    folder = modules(tmp_path / "package", 600, size=20)

    def keep(batch: Mapping[str, Facts]) -> None:
        raise UserError("cache.disk-full", "No room.", "Make some.")

    with pytest.raises(UserError, match="No room"):
        read(folder, keep=keep)
    assert _children() == []


def test_an_interpreter_that_never_starts_to_work_is_an_error(tmp_path: Path) -> None:
    folder = modules(tmp_path / "package", 3)
    silent = misbehaving.write(tmp_path, stay=False)
    with pytest.raises(UserError) as caught:
        read(folder, interpreter=silent)
    assert caught.value.code == "analysis.child"
    assert _children() == []


def test_a_file_that_is_gone_is_said_to_be(tmp_path: Path) -> None:
    folder = modules(tmp_path / "package", 2)
    (folder / "gone.py").write_text("x = 1\n" * 20)
    source = FolderSource(folder)
    entries = [*source.tree().entries]
    (folder / "gone.py").unlink()
    found = SandboxedReader(Configuration(tmp_path)).read(source, entries, lambda *said: None)
    lost = [facts for facts in found.values() if isinstance(facts, Unmeasured)]
    assert lost == [Unmeasured("not in the repository", None, 4)]


def test_the_engine_names_its_parser(tmp_path: Path) -> None:
    engine = SandboxedReader(Configuration(tmp_path)).engine()
    version, _, parser = engine.partition("+cpython-")
    assert version == f"1.0.{FACTS_VERSION}"
    assert tuple(map(int, parser.split("."))) >= (3, 11)


def _children() -> list[int]:
    """Processes that this one started and that are not reaped."""
    path = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
    return [pid for pid in map(int, path.read_text().split()) if str(CHILD) in _command(pid)]


def _sleepers() -> list[str]:
    found = [_command(int(path.name)) for path in Path("/proc").iterdir() if path.name.isdigit()]
    return [command for command in found if "import time; time.sleep(1000)" in command]


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""
