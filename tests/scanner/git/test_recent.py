"""The last steps of a chain, as git tells them and as they are kept."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from scanner.cache.steps_cache import SqliteStepsCache
from scanner.domain.churn import Step, Touch, churn
from scanner.domain.errors import UserError
from scanner.git import recent
from scanner.git.recent import RecentSteps
from tests.services.repositories import RepositoryBuilder, git

TEXT = "".join(f"value_{number} = {number}\n" for number in range(40))


@pytest.fixture
def builder(tmp_path: Path) -> RepositoryBuilder:
    return RepositoryBuilder(tmp_path / "bare.git", bare=True)


def told(steps: list[Step]) -> list[list[Touch]]:
    return [sorted(step.touches) for step in steps]


def test_each_step_tells_what_it_touched(builder: RepositoryBuilder) -> None:
    first = builder.commit({"a.py": TEXT, "b.py": "x = 1\n", "notes.txt": "one\n"})
    second = builder.commit({"a.py": None, "deep/z.py": TEXT + "more = 1\n", "notes.txt": "two\n"})
    third = builder.commit({"b.py": None, "c.pyi": "y: int\n"})
    steps = RecentSteps(builder.path).steps(third, 365)
    assert [step.commit for step in steps] == [third, second, first]
    assert told(steps) == [
        [Touch("", "c.pyi"), Touch("b.py", "")],
        [Touch("a.py", "deep/z.py")],
        [Touch("", "a.py"), Touch("", "b.py")],
    ]
    assert churn(steps, ["deep/z.py", "c.pyi"])["deep/z.py"].year == 2


def test_a_step_is_compared_once(builder: RepositoryBuilder, tmp_path: Path) -> None:
    head = builder.commit({"a.py": TEXT})
    notes = SqliteStepsCache(tmp_path / "cache.sqlite3")
    notes.put({head: (Touch("kept.py", "kept.py"),)})
    after = builder.commit({"a.py": TEXT + "more = 1\n"})
    steps = RecentSteps(builder.path, notes).steps(after, 365)
    assert told(steps) == [[Touch("a.py", "a.py")], [Touch("kept.py", "kept.py")]]
    assert set(notes.get([head, after])) == {head, after}


def test_notes_that_are_damaged_are_made_again(builder: RepositoryBuilder, tmp_path: Path) -> None:
    head = builder.commit({"a.py": TEXT})
    path = tmp_path / "cache.sqlite3"
    notes = SqliteStepsCache(path)
    notes.put({head: (Touch("kept.py", "kept.py"),)})
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("UPDATE contents SET content = ?", (b"[[1]]",))
    assert told(RecentSteps(builder.path, notes).steps(head, 365)) == [[Touch("", "a.py")]]


def test_odd_names_come_as_they_are_stored(builder: RepositoryBuilder) -> None:
    name = "a" * 40 + "\n\u202e.py"
    head = builder.commit({name: TEXT})
    (step,) = RecentSteps(builder.path).steps(head, 30)
    assert step.touches == (Touch("", "a" * 40 + "\\u000a\\u202e.py"),)


def test_a_merge_is_one_step(builder: RepositoryBuilder) -> None:
    base = builder.commit({"a.py": TEXT, "b.py": TEXT})
    side = builder.commit({"a.py": TEXT + "one = 1\n"}, branch="side", parents=[base])
    merge = builder.commit({"a.py": TEXT + "one = 1\n"}, parents=[base, side])
    steps = RecentSteps(builder.path).steps(merge, 365)
    assert [step.commit for step in steps] == [merge, base]
    assert steps[0].touches == (Touch("a.py", "a.py"),)


def test_without_the_content_renames_are_passed_over(
    builder: RepositoryBuilder,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    builder.commit({"a.py": TEXT})
    head = builder.commit({"a.py": None, "b.py": TEXT + "more = 1\n"})
    blob = git(builder.path, "rev-parse", f"{head}:b.py").decode().strip()
    (builder.path / "objects" / blob[:2] / blob[2:]).unlink()
    with caplog.at_level(logging.INFO, logger=recent.__name__):
        steps = RecentSteps(builder.path).steps(head, 365)
    assert told(steps)[0] == [Touch("", "b.py"), Touch("a.py", "")]
    assert "renames are passed over" in caplog.text


@pytest.mark.parametrize("name", ["HEAD", "--output=/tmp/x", "", "g" * 40])
def test_what_is_no_commit_is_refused(builder: RepositoryBuilder, name: str) -> None:
    builder.commit({"a.py": TEXT})
    with pytest.raises(UserError):
        RecentSteps(builder.path).steps(name, 30)
