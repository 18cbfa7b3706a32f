"""The commits that brought lines, and what a hostile repository cannot do about it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scanner.domain.errors import UserError
from scanner.domain.provenance import Provenance
from scanner.git.ancestry import GitAncestry
from scanner.git.text import raw_path, safe_path
from tests.services.repositories import RepositoryBuilder, git

ALL = [(1, 10_000_000)]
ANN = "Ann Author <ann@example.org>"
BOB = "Bob Builder <bob@example.org>"
DAY = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)


@pytest.fixture
def builder(tmp_path: Path) -> RepositoryBuilder:
    return RepositoryBuilder(tmp_path / "bare.git", bare=True)


def lines(
    folder: Path, commit: str, path: str = "a.py", ranges: list[tuple[int, int]] = ALL
) -> Mapping[int, Provenance]:
    """As the product asks."""
    with GitAncestry(folder, folder.parent / "notes").blame(commit) as files:
        return files.lines(path, ranges)


def authors(found: Mapping[int, Provenance]) -> str:
    """The first letters, line by line."""
    return "".join(found[line].author[0] for line in sorted(found))


def test_each_line_knows_its_commit(builder: RepositoryBuilder) -> None:
    first = builder.commit({"a.py": "x = 1\ny = 2\n"}, author=ANN, when=DAY)
    second = builder.commit({"a.py": "x = 1\nz = 3\ny = 2\n"}, author=BOB)
    found = lines(builder.path, second)
    assert found[1] == Provenance(first, "Ann Author", DAY)
    assert found[2].commit == second
    assert authors(found) == "ABA"
    assert set(lines(builder.path, second, ranges=[(2, 2), (3, 3)])) == {2, 3}
    assert lines(builder.path, second, ranges=[]) == {}


def test_blanks_and_renames_are_looked_through(builder: RepositoryBuilder) -> None:
    text = "".join(f"value_{number} = {number}\n" for number in range(30))
    builder.commit({"a.py": text}, author=ANN)
    builder.commit({"a.py": None, "deep/b.py": text}, author=BOB)
    builder.commit({"deep/b.py": text.replace(" = ", "   =   ")}, author=BOB)
    head = builder.commit({"deep/b.py": text + "more = 1\n"}, author=BOB)
    assert authors(lines(builder.path, head, "deep/b.py")) == "A" * 30 + "B"


def test_commits_that_only_formatted_are_ignored_as_the_repository_says(
    builder: RepositoryBuilder,
) -> None:
    builder.commit({"a.py": "x = 'one'\ny = 'two'\n"}, author=ANN)
    formatted = builder.commit({"a.py": 'x = "one"\ny = "two"\n'}, author=BOB)
    assert authors(lines(builder.path, formatted)) == "BB"
    listed = f"# Quotes.\n{formatted}  # all files\nHEAD\n../x\n{'0' * 40}\nabc\n"
    head = builder.commit({".git-blame-ignore-revs": listed}, author=BOB)
    assert authors(lines(builder.path, head)) == "AA"


def test_names_are_mapped_as_the_commit_says(builder: RepositoryBuilder) -> None:
    builder.commit({"a.py": "x = 1\n"}, author=ANN)
    head = builder.commit({".mailmap": "Anna Author <ann@example.org>\n"})
    assert lines(builder.path, head)[1].author == "Anna Author"


def test_hostile_names_stay_one_line_of_text(builder: RepositoryBuilder) -> None:
    head = builder.commit(
        {"a.py": "x = 1\n"}, author="filename \x1b[2J\u202e\tboundary 'x' <x@example.org>"
    )
    found = lines(builder.path, head)
    assert set(found) == {1}
    assert "\t" not in found[1].author
    assert len(found[1].author) <= 200


def test_odd_paths_are_found(builder: RepositoryBuilder) -> None:
    names = [b"caf\xe9.py", "\u202e.py".encode(), b"-x.py", b":(top)a.py", b"a\\b.py", b"\n.py"]
    head = builder.commit({os.fsdecode(name): "x = 1\n" for name in names})
    for name in names:
        assert set(lines(builder.path, head, safe_path(name))) == {1}
        assert raw_path(safe_path(name)) == name
    assert raw_path("a\\q.py") is None
    assert raw_path("a\\udfff.py") is None


def test_lines_that_only_python_counts_are_no_error(builder: RepositoryBuilder) -> None:
    head = builder.commit({"a.py": b"x = 1\ry = 2\rz = 3\n"})
    assert set(lines(builder.path, head, ranges=[(3, 3)])) == {1}


def test_a_shallow_history_ends_at_its_edge(builder: RepositoryBuilder, tmp_path: Path) -> None:
    builder.commit({"a.py": "x = 1\n"}, author=ANN)
    edge = builder.commit({"b.py": "y = 1\n"}, author=BOB)
    head = builder.commit({"a.py": "x = 1\nz = 2\n"}, author=ANN)
    shallow = tmp_path / "shallow.git"
    source = f"file://{builder.path}"
    git(tmp_path, "clone", "-q", "--bare", "--depth=2", source, str(shallow))
    found = lines(shallow, head)
    assert (found[1].commit, found[1].is_edge) == (edge, True)
    assert (found[2].commit, found[2].is_edge) == (head, False)
    assert not lines(builder.path, head)[1].is_edge


def test_what_is_missing_is_told(builder: RepositoryBuilder) -> None:
    head = builder.commit({"a.py": "x = 1\n"})
    with pytest.raises(UserError) as told:
        lines(builder.path, head, "gone.py")
    assert told.value.code == "git.corrupt"
    with pytest.raises(UserError) as told:
        lines(builder.path, "HEAD")
    assert told.value.code == "git.no-commit"


def test_settings_of_the_repository_run_and_read_nothing(
    builder: RepositoryBuilder, tmp_path: Path
) -> None:
    head = builder.commit({"a.py": "x = 1\n", ".gitattributes": "*.py diff=evil\n"})
    ran = tmp_path / "ran"
    for key, value in (
        ("diff.evil.textconv", f"touch {ran}; cat"),
        ("blame.ignoreRevsFile", "/etc/hostname"),
        ("blame.showRoot", "true"),
        ("mailmap.file", "/etc/hostname"),
        ("core.pager", f"touch {ran}"),
    ):
        git(builder.path, "config", key, value)
    attributes = builder.path / "info"
    attributes.mkdir(exist_ok=True)
    (attributes / "attributes").write_text("*.py diff=evil\n")
    assert set(lines(builder.path, head)) == {1}
    assert not ran.exists()


def test_commits_between_two_others(builder: RepositoryBuilder) -> None:
    first, second, third = (builder.commit({"a.py": f"x = {n}\n"}) for n in range(3))
    ancestry = GitAncestry(builder.path, builder.path.parent / "notes")
    assert ancestry.between(first, third) == {second, third}
    assert ancestry.between(third, third) == frozenset()
    assert ancestry.between("0" * 40, third) == frozenset()
    assert ancestry.between("HEAD", third) == frozenset()


def test_nothing_is_written_into_the_repository(builder: RepositoryBuilder) -> None:
    head = builder.commit({"a.py": "x = 1\n"})
    before = sorted(builder.path.rglob("*"))
    notes = builder.path.parent / "notes"
    ancestry = GitAncestry(builder.path, notes)
    ancestry.prepare(head)
    ancestry.prepare(head)
    assert list(notes.rglob("*.graph"))
    assert set(lines(builder.path, head)) == {1}
    assert sorted(builder.path.rglob("*")) == before


def test_a_linked_work_tree_is_read_too(tmp_path: Path) -> None:
    builder = RepositoryBuilder(tmp_path / "work")
    head = builder.commit({"a.py": "x = 1\n"})
    linked = tmp_path / "linked"
    git(builder.path, "worktree", "add", "-q", "-b", "side", str(linked))
    assert set(lines(builder.path / ".git/worktrees/linked", head)) == {1}
