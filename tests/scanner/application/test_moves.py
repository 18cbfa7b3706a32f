"""Code that moves takes its findings along: nothing old becomes new, nothing seems fixed.

A real package is committed to a real repository, changed as people change code, and scanned by the
real use case. What differs in each test is the change alone.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from pytest_django import Settings

from scanner import bootstrap
from scanner.application.accepting import NewAcceptance
from scanner.application.registration import RegistrationRequest
from scanner.storage.models import Acceptance, Finding, Repository, Snapshot
from tests.portfolio import store_team, store_user
from tests.scanner.installed import FOLDER
from tests.services.repositories import Content, RepositoryBuilder

LONG = "gunicorn/arbiter.py"
_IMPORT = re.compile(r"\b(from|import) gunicorn\b")


class Desk:
    """A registered repository that holds a package, and what the scan before this one knew."""

    def __init__(self, folder: Path) -> None:
        self.builder = RepositoryBuilder(folder)
        package = FOLDER / "gunicorn"
        self.texts = {
            path.relative_to(FOLDER).as_posix(): path.read_text()
            for path in sorted([*package.glob("*.py"), *package.glob("workers/*.py")])
        }
        self.builder.commit(self.texts)
        request = RegistrationRequest(store_team().pk, str(folder), may_use_paths=True)
        registered = bootstrap.registration().register(request)
        self.repository_id = registered.repository.id
        bootstrap.scanning().run(registered.scan_id)
        self.known = self.open()
        assert len(self.known) > 150

    def change(self, files: Mapping[str, Content]) -> Snapshot:
        """Commit and scan."""
        self.builder.commit(files)
        return self.scan()

    def scan(self) -> Snapshot:
        """Scan what was committed last."""
        scan = bootstrap.scan_requests().request(self.repository_id)
        bootstrap.scanning().run(scan.id)
        latest = Repository.objects.get(pk=self.repository_id).latest
        assert latest is not None
        return latest

    def open(self) -> dict[int, Finding]:
        """The open findings by row."""
        rows = Finding.objects.filter(repository_id=self.repository_id, fixed_in=None)
        return {row.pk: row for row in rows}

    def at(self, path: str) -> list[Finding]:
        """The open findings of a file alone."""
        return [row for row in self.open().values() if row.path == path and row.rule != "TE00"]

    def assert_nothing_new_nothing_fixed(self, snapshot: Snapshot) -> None:
        """The same rows are open as before, and each knows the first scan as its first."""
        now = self.open()
        assert [str(row) for key, row in now.items() if key not in self.known] == []
        assert [str(row) for key, row in self.known.items() if key not in now] == []
        assert (snapshot.new_findings, snapshot.fixed_findings) == (0, 0)
        assert now.keys() == self.known.keys()
        assert {row.first_in_id for row in now.values()} == {
            row.first_in_id for row in self.known.values()
        }


@pytest.fixture
def desk(tmp_path: Path, settings: Settings, db: None) -> Desk:
    settings.CODEVITALS = replace(
        settings.CODEVITALS, local_roots=(tmp_path,), data_dir=tmp_path / "data"
    )
    return Desk(tmp_path / "repository")


def function_source(text: str, name: str) -> tuple[str, str]:
    """The lines of a top-level definition, and the module without them."""
    (node,) = [
        each
        for each in ast.parse(text).body
        if isinstance(each, (ast.FunctionDef, ast.ClassDef)) and each.name == name
    ]
    lines = text.splitlines(keepends=True)
    own = lines[node.lineno - 1 : node.end_lineno]
    return "".join(own), "".join(lines[: node.lineno - 1] + lines[node.end_lineno :])


def formatted(text: str, width: int, quotes: str) -> str:
    """As a formatter with other settings leaves it."""
    return subprocess.run(
        [
            *(sys.executable, "-m", "ruff", "format", "--isolated", "--no-cache", "--preview"),
            *("--config", f"line-length={width}", "--config", f"format.quote-style='{quotes}'"),
            *("--config", "format.skip-magic-trailing-comma=true", "-"),
        ],
        input=text,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_a_renamed_file(desk: Desk) -> None:
    was = len(desk.at(LONG))
    snapshot = desk.change({LONG: None, "gunicorn/foreman.py": desk.texts[LONG]})
    desk.assert_nothing_new_nothing_fixed(snapshot)
    assert len(desk.at("gunicorn/foreman.py")) == was > 20


def test_a_file_renamed_and_edited(desk: Desk) -> None:
    text = "# A new head\n" * 40 + desk.texts[LONG].replace("self.log.info", "self.log.warning")
    snapshot = desk.change({LONG: None, "gunicorn/foreman.py": text})
    desk.assert_nothing_new_nothing_fixed(snapshot)


def test_a_renamed_package_with_all_its_imports(desk: Desk) -> None:
    moved: dict[str, Content] = dict.fromkeys(desk.texts)
    for path, text in desk.texts.items():
        moved[path.replace("gunicorn/", "unicorn/")] = _IMPORT.sub(r"\1 unicorn", text)
    snapshot = desk.change(moved)
    desk.assert_nothing_new_nothing_fixed(snapshot)
    assert {row.path.partition("/")[0] for row in desk.open().values()} == {"unicorn"}


@pytest.mark.parametrize(("width", "quotes"), [(50, "single"), (200, "double")])
def test_formatted_otherwise(desk: Desk, width: int, quotes: str) -> None:
    """Line counts change, so functions that are long or no longer so are left out of this."""
    paths = [LONG, "gunicorn/config.py", "gunicorn/workers/base.py", "gunicorn/util.py"]
    snapshot = desk.change({path: formatted(desk.texts[path], width, quotes) for path in paths})
    by_length = {"CX02", "FS01", "FS02", "NM06", "NM07"}
    came = {row.rule for row in desk.open().values() if row.first_in_id == snapshot.pk}
    went = {row.rule for row in Finding.objects.filter(fixed_in=snapshot)}
    assert came | went <= by_length
    kept = [row for row in desk.open().values() if row.path in paths and row.pk in desk.known]
    assert len(kept) > 80
    assert any(row.line != desk.known[row.pk].line for row in kept)


def test_written_anew_from_its_syntax_tree(desk: Desk) -> None:
    """No comment, no blank line, no line break survives this."""
    path = "gunicorn/workers/base.py"
    snapshot = desk.change({path: ast.unparse(ast.parse(desk.texts[path]))})
    desk.assert_nothing_new_nothing_fixed(snapshot)


def test_lines_inserted(desk: Desk) -> None:
    texts = {path: "# One\n# Two\n\n" + text for path, text in desk.texts.items()}
    snapshot = desk.change(texts)
    desk.assert_nothing_new_nothing_fixed(snapshot)


def test_a_function_moved_to_the_end_of_its_file(desk: Desk) -> None:
    own, rest = function_source(desk.texts["gunicorn/util.py"], "daemonize")
    snapshot = desk.change({"gunicorn/util.py": f"{rest}\n\n{own}"})
    desk.assert_nothing_new_nothing_fixed(snapshot)
    moved = [row for row in desk.at("gunicorn/util.py") if row.symbol == "daemonize"]
    assert moved
    assert all(row.line > desk.known[row.pk].line for row in moved)


def test_a_function_moved_to_another_file(desk: Desk) -> None:
    own, rest = function_source(desk.texts["gunicorn/util.py"], "daemonize")
    text = f'"""Background."""\n\nimport fcntl\nimport os\nimport sys\n\n\n{own}'
    snapshot = desk.change({"gunicorn/util.py": rest, "gunicorn/background.py": text})
    desk.assert_nothing_new_nothing_fixed(snapshot)
    symbols = {row.symbol for row in desk.at("gunicorn/background.py")}
    assert symbols == {"daemonize", "daemonize.redirect"}


def test_a_class_moved_to_another_module(desk: Desk) -> None:
    path, other = "gunicorn/glogging.py", "gunicorn/pidfile.py"
    own, rest = function_source(desk.texts[path], "Logger")
    was = sum(row.symbol.startswith("Logger") for row in desk.at(path))
    snapshot = desk.change({path: rest, other: f"{desk.texts[other]}\n\n{own}"})
    desk.assert_nothing_new_nothing_fixed(snapshot)
    assert sum(row.symbol.startswith("Logger") for row in desk.at(other)) == was > 10


def test_one_more_of_the_same_before_the_others_is_one_new(desk: Desk) -> None:
    text = desk.texts["gunicorn/util.py"]
    silent = (
        "def wait():\n    'Wait.'\n    try:\n        go()\n    except Exception:\n        pass\n"
    )
    desk.change({"gunicorn/util.py": f"{text}\n\n{silent}"})
    desk.known = desk.open()
    first = "    try:\n        come()\n    except Exception:\n        pass\n"
    more = silent.replace("    try:\n", f"{first}    try:\n")
    snapshot = desk.change({"gunicorn/util.py": f"{text}\n\n{more}"})
    assert (snapshot.new_findings, snapshot.fixed_findings) == (1, 0)
    assert desk.known.keys() < desk.open().keys()


def test_one_that_is_fixed_and_one_that_is_new_are_told(desk: Desk) -> None:
    """Matching does not hide what did change."""
    _, rest = function_source(desk.texts["gunicorn/util.py"], "daemonize")
    went = sum(row.symbol.startswith("daemonize") for row in desk.at("gunicorn/util.py"))
    snapshot = desk.change(
        {"gunicorn/util.py": rest, "gunicorn/more.py": "def half(number):\n    return number\n"}
    )
    assert (snapshot.new_findings, snapshot.fixed_findings) == (1, went)


def test_an_acceptance_goes_along(desk: Desk) -> None:
    row = next(row for row in desk.at(LONG) if row.rule == "CX01")
    user = store_user()
    bootstrap.accepting().accept(
        NewAcceptance(desk.repository_id, [row.fingerprint], "It stays.", None, user.pk)
    )
    before = desk.scan()
    after = desk.change({LONG: None, "gunicorn/foreman.py": desk.texts[LONG]})
    assert (after.accepted_findings, before.accepted_findings) == (1, 1)
    assert after.score == pytest.approx(before.score)
    moved = Finding.objects.get(pk=row.pk)
    assert (moved.accepted_by, moved.path) == ("team", "gunicorn/foreman.py")
    assert Acceptance.objects.get(ended_at=None).fingerprint == moved.fingerprint
    assert moved.fingerprint != row.fingerprint


def test_what_an_older_scheme_stored_is_recognised(desk: Desk) -> None:
    """As after an upgrade: fingerprints and digests of old rows mean nothing any more."""
    rows = list(desk.known.values())
    for row in rows:
        row.fingerprint, row.digest, row.scheme = f"old-{row.pk}", "", 0
    Finding.objects.bulk_update(rows, ["fingerprint", "digest", "scheme"])
    snapshot = desk.change({"gunicorn/more.py": "def half(number):\n    return number\n"})
    assert (snapshot.new_findings, snapshot.fixed_findings) == (1, 0)
    assert desk.known.keys() < desk.open().keys()
    assert {row.scheme for row in desk.open().values()} == {1}


def test_a_circle_that_gains_a_module_is_the_same(desk: Desk) -> None:
    circle = {
        "ring/a.py": "import ring.b\n",
        "ring/b.py": "import ring.a\n",
        "ring/c.py": "import ring.d\n",
        "ring/d.py": "import ring.c\n",
    }
    desk.change(circle)
    desk.known = desk.open()
    snapshot = desk.change({"ring/a.py": "import ring.z\n", "ring/z.py": "import ring.b\n"})
    desk.assert_nothing_new_nothing_fixed(snapshot)


def test_a_folder_without_git(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "plain"
    for path, text in desk.texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    request = RegistrationRequest(store_team("Plain").pk, str(folder), may_use_paths=True)
    registered = bootstrap.registration().register(request)
    bootstrap.scanning().run(registered.scan_id)
    desk.repository_id = registered.repository.id
    desk.known = desk.open()
    (folder / LONG).rename(folder / "gunicorn/foreman.py")
    sync = folder / "gunicorn/workers/sync.py"
    (folder / "gunicorn/workers/plain.py").write_text("# Moved and edited\n" + sync.read_text())
    sync.unlink()
    desk.assert_nothing_new_nothing_fixed(desk.scan())
