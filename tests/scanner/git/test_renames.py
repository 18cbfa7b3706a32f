"""Which files of two commits are one file under two names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scanner.git.ancestry import GitAncestry
from tests.services.repositories import RepositoryBuilder, git

TEXT = "".join(f"value_{number} = {number}\n" for number in range(40))


@pytest.fixture
def builder(tmp_path: Path) -> RepositoryBuilder:
    return RepositoryBuilder(tmp_path / "bare.git", bare=True)


def test_renamed_and_edited_files_are_found(builder: RepositoryBuilder) -> None:
    before = builder.commit({"a.py": TEXT, "b.py": "x = 1\n", "c.txt": TEXT + "c"})
    builder.commit({"a.py": None, "between.py": TEXT})
    after = builder.commit(
        {"between.py": None, "deep/z.py": TEXT + "more = 1\n", "b.py": "x = 2\n"}
        | {"c.txt": None, "d.txt": TEXT + "c"}
    )
    ancestry = GitAncestry(builder.path, builder.path)
    assert ancestry.renames(before, after) == {"a.py": "deep/z.py"}
    assert ancestry.renames(after, before) == {"deep/z.py": "a.py"}
    assert ancestry.renames(after, after) == {}


def test_odd_names_come_as_they_are_stored(builder: RepositoryBuilder) -> None:
    odd = os.fsdecode(b"caf\xe9 \xe2\x80\xae.py")
    before = builder.commit({odd: TEXT})
    after = builder.commit({odd: None, "\nnew\tline.py": TEXT})
    found = GitAncestry(builder.path, builder.path).renames(before, after)
    assert found == {"caf\\xe9 \\u202e.py": "\\u000anew\\u0009line.py"}


@pytest.mark.parametrize("name", ["0" * 40, "HEAD", "--output=/tmp/x", "", "g" * 40])
def test_what_is_no_commit_here_tells_nothing(builder: RepositoryBuilder, name: str) -> None:
    after = builder.commit({"a.py": TEXT})
    assert GitAncestry(builder.path, builder.path).renames(name, after) == {}
    assert GitAncestry(builder.path, builder.path).renames(after, name) == {}


def test_without_the_content_equal_files_are_still_found(builder: RepositoryBuilder) -> None:
    before = builder.commit({"a.py": TEXT, "b.py": TEXT + "b = 1\n"})
    after = builder.commit({"a.py": None, "b.py": None, "c.py": TEXT, "d.py": TEXT + "d = 1\n"})
    blob = git(builder.path, "rev-parse", f"{after}:d.py").decode().strip()
    git(builder.path, "unpack-objects", "-q", text=_loosened(builder.path))
    (builder.path / "objects" / blob[:2] / blob[2:]).unlink()
    assert GitAncestry(builder.path, builder.path).renames(before, after) == {"a.py": "c.py"}


def _loosened(folder: Path) -> bytes:
    """All packs in one, taken out of the repository."""
    packs = sorted((folder / "objects/pack").glob("*.pack"))
    everything = git(folder, "pack-objects", "--all", "--stdout", "-q")
    for pack in packs:
        for path in (pack, pack.with_suffix(".idx")):
            path.unlink()
    return everything
