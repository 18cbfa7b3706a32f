"""The changes of one file, through its renames."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scanner.domain.errors import UserError
from scanner.git.ancestry import GitAncestry
from tests.services.repositories import RepositoryBuilder

TEXT = "".join(f"value_{number} = {number}\n" for number in range(40))


@pytest.fixture
def builder(tmp_path: Path) -> RepositoryBuilder:
    return RepositoryBuilder(tmp_path / "bare.git", bare=True)


def changes(builder: RepositoryBuilder, path: str, most: int = 20) -> list[tuple[str, str]]:
    """(commit, name then), the newest first."""
    found = GitAncestry(builder.path).changes(builder.head(), path, most)
    return [(each.commit, each.path) for each in found]


def test_a_file_is_followed_through_its_renames(builder: RepositoryBuilder) -> None:
    first = builder.commit({"a.py": TEXT, "other.py": "x = 1\n"})
    second = builder.commit({"a.py": TEXT + "two = 2\n"})
    builder.commit({"other.py": "x = 2\n"})
    moved = builder.commit({"a.py": None, "deep/b.py": TEXT + "two = 2\nthree = 3\n"})
    last = builder.commit({"deep/b.py": TEXT})
    assert changes(builder, "deep/b.py") == [
        (last, "deep/b.py"),
        (moved, "deep/b.py"),
        (second, "a.py"),
        (first, "a.py"),
    ]
    found = GitAncestry(builder.path).changes(last, "deep/b.py", 20)
    assert found[0].blob == found[-1].blob
    assert found == sorted(found, key=lambda each: each.at, reverse=True)


def test_no_more_than_asked_are_told(builder: RepositoryBuilder) -> None:
    commits = [builder.commit({"a.py": f"x = {n}\n"}) for n in range(5)]
    assert [commit for commit, _ in changes(builder, "a.py", 2)] == commits[:-3:-1]


def test_a_removal_is_no_change_to_look_at(builder: RepositoryBuilder) -> None:
    first = builder.commit({"a.py": TEXT})
    builder.commit({"a.py": None})
    back = builder.commit({"a.py": "x = 1\n"})
    assert [commit for commit, _ in changes(builder, "a.py")] == [back, first]


def test_a_merge_is_one_change(builder: RepositoryBuilder) -> None:
    base = builder.commit({"a.py": TEXT})
    side = builder.commit({"a.py": TEXT + "one = 1\n"}, branch="side", parents=[base])
    merge = builder.commit({"a.py": TEXT + "one = 1\n"}, parents=[base, side])
    assert [commit for commit, _ in changes(builder, "a.py")] == [merge, base]


@pytest.mark.parametrize("name", [":(exclude)*.py", "*.py", os.fsdecode(b"caf\xe9\n.py"), "-r.py"])
def test_a_name_is_taken_as_it_is(builder: RepositoryBuilder, name: str) -> None:
    builder.commit({"z.py": TEXT})
    commit = builder.commit({name: "x = 1\n"})
    stored = name.encode("utf-8", "surrogateescape")
    shown = "caf\\xe9\\u000a.py" if b"\xe9" in stored else name
    assert changes(builder, shown) == [(commit, shown)]


def test_a_file_that_never_was_has_no_changes(builder: RepositoryBuilder) -> None:
    builder.commit({"a.py": TEXT})
    assert changes(builder, "b.py") == []


@pytest.mark.parametrize("commit", ["HEAD", "--all", "", "0" * 40])
def test_what_is_no_commit_here_is_refused(builder: RepositoryBuilder, commit: str) -> None:
    builder.commit({"a.py": TEXT})
    with pytest.raises(UserError):
        GitAncestry(builder.path).changes(commit, "a.py", 5)
