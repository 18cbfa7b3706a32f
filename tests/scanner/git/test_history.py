"""Chains of commits, their tags, and what changed between them."""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner.domain.errors import UserError
from scanner.domain.revisions import Change
from scanner.git.asking import ask_git
from scanner.git.history import GitHistory
from scanner.git.objects import GitObjects
from scanner.git.tree_changes import TreeChanges
from tests.services.repositories import RepositoryBuilder, git


@pytest.fixture
def builder(tmp_path: Path) -> RepositoryBuilder:
    """A bare repository without commits."""
    return RepositoryBuilder(tmp_path / "bare.git", bare=True)


def walked(history: GitHistory, head: str) -> list[dict[str, str]]:
    """Blob by path after each commit of the chain, from its changes alone."""
    now: dict[str, str] = {}
    after = []
    for changes in history.changes(history.chain(head)):
        for change in changes:
            if change.blob:
                now[change.path] = change.blob
            else:
                del now[change.path]
        after.append(dict(now))
    return after


def read(printed: bytes, size: int = 1_000) -> list[tuple[Change, ...]]:
    """What a listing says that comes in pieces of this size."""
    listing = TreeChanges()
    for place in range(0, len(printed), size):
        listing.feed(printed[place : place + size])
    return listing.pairs()


def test_a_chain_goes_along_first_parents(builder: RepositoryBuilder) -> None:
    first = builder.commit({"a.py": "1\n"}, "One")
    side = builder.commit({"b.py": "2\n"}, "Side", branch="side", parents=[first])
    merge = builder.commit({"a.py": "3\n"}, "Merge", parents=[first, side])

    chain = GitHistory(builder.path).chain("HEAD")

    assert [link.revision.commit for link in chain] == [first, merge]
    assert [link.revision.subject for link in chain] == ["One", "Merge"]
    assert chain[0].revision == GitObjects(builder.path, 10).revision(first)


def test_changes_lead_to_every_tree(builder: RepositoryBuilder) -> None:
    builder.commit({"a.py": "1\n", "pkg/b.py": "2\n", "odd \n name.py": "3\n", "t\tü.py": "4\n"})
    builder.commit({"a.py": None, "pkg/b.py": None, "pkg": "a file now\n"})
    builder.commit({"pkg": None, "pkg/b.py": "2\n", "a.py": "5\n"})
    builder.commit({}, "Nothing")
    builder.commit({"t\tü.py": None}, links={"a.py": "pkg/b.py"})
    head = builder.commit({"a.py": "6\n"})
    history, objects = GitHistory(builder.path), GitObjects(builder.path, 100)

    trees = walked(history, head)

    commits = [link.revision.commit for link in history.chain(head)]
    assert trees == [
        {entry.path: entry.blob for entry in objects.tree(commit).entries} for commit in commits
    ]
    assert len(trees) == 6


def test_some_links_of_a_chain_are_compared_with_each_other(builder: RepositoryBuilder) -> None:
    for number in range(5):
        builder.commit({f"m{number}.py": f"{number}\n"})
    history = GitHistory(builder.path)
    chain = history.chain("HEAD")

    first, last = history.changes([chain[1], chain[4]])

    assert [change.path for change in first] == ["m0.py", "m1.py"]
    assert [change.path for change in last] == ["m2.py", "m3.py", "m4.py"]


def test_tags_lead_to_commits(builder: RepositoryBuilder) -> None:
    commit = builder.commit({"a.py": ""})
    builder.tag("v1")
    builder.tag("v1.0")
    git(builder.path, "tag", "-a", "-m", "Signed", "release/1", commit)

    assert GitHistory(builder.path).tags() == {commit: ("release/1", "v1", "v1.0")}


def test_sizes_are_bytes(builder: RepositoryBuilder) -> None:
    builder.commit({"a.py": "ü\n", "b.py": ""})
    history = GitHistory(builder.path)
    (changes,) = history.changes(history.chain("HEAD"))

    sizes = history.sizes([*(change.blob for change in changes), "0" * 40])

    assert [sizes[change.blob] for change in changes] == [3, 0]
    assert sizes["0" * 40] == 0


def test_much_is_asked_without_a_jam(builder: RepositoryBuilder) -> None:
    builder.commit({f"m{number}.py": f"{number}\n" for number in range(50)})
    history = GitHistory(builder.path)
    (link,) = history.chain("HEAD")

    assert [len(changes) for changes in history.changes([link] * 3_000)] == [50, *[0] * 2_999]


def test_a_chain_that_is_not_there_has_a_cause(builder: RepositoryBuilder) -> None:
    builder.commit({"a.py": ""})
    with pytest.raises(UserError) as failed:
        GitHistory(builder.path).chain("0" * 40)
    assert failed.value.code == "git.corrupt"


def test_a_git_that_fails_has_a_cause(builder: RepositoryBuilder) -> None:
    with pytest.raises(UserError) as failed:
        ask_git(builder.path, ["diff-tree", "--no-such-option"], b"", lambda _: None)
    assert failed.value.code == "git.corrupt"


def test_a_git_that_is_late_is_ended(builder: RepositoryBuilder) -> None:
    with pytest.raises(UserError) as failed:
        ask_git(builder.path, ["hash-object", "--stdin-paths"], b"/dev/zero\n", print, 0.05)
    assert failed.value.code == "git.too-large"


@pytest.mark.parametrize(
    "printed",
    [
        b"nonsense\n",
        b":100644 100644 1 2 M\0a.py\0",
        b"%b %b\n:100644 100644 %b %b R\0a.py\0" % ((b"a" * 40,) * 4),
        b"%b %b\n:100644 1006" % ((b"a" * 40,) * 2),
    ],
)
def test_what_is_no_listing_is_refused(printed: bytes) -> None:
    with pytest.raises(UserError):
        read(printed)


@pytest.mark.parametrize("size", [1, 7, 64])
def test_a_listing_may_come_in_any_pieces(size: int) -> None:
    name, gone = b"a" * 40, b"0" * 40
    printed = b"%b %b\n:100644 000000 %b %b D\0x y.py\0:000000 100755 %b %b A\0../n.py\0" % (
        name, name, name, gone, gone, name,
    )  # fmt: skip
    assert read(printed, size) == [(Change("x y.py", ""),)]
