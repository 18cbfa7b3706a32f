"""Commits, trees and blobs of bare repositories, hostile ones among them."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scanner.domain.errors import UserError
from scanner.domain.revisions import TreeEntry
from scanner.git.objects import GitObjects
from scanner.git.tree_listing import TreeListing
from tests.services.repositories import RepositoryBuilder, git


@pytest.fixture
def builder(tmp_path: Path) -> RepositoryBuilder:
    """A bare repository without commits."""
    return RepositoryBuilder(tmp_path / "bare.git", bare=True)


@pytest.fixture
def objects(builder: RepositoryBuilder) -> GitObjects:
    """Reads it as the product does."""
    return GitObjects(builder.path, most_files=100)


def _paths(objects: GitObjects, commit: str) -> list[str]:
    return [entry.path for entry in objects.tree(commit).entries]


def test_a_revision_has_all_its_parts(builder: RepositoryBuilder, objects: GitObjects) -> None:
    when = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
    commit = builder.commit(
        {"a.py": ""}, "Sübject\n\nBody", when=when, author="Tést Author <t@example.org>"
    )
    revision = objects.revision("HEAD")
    assert (revision.commit, revision.committed_at) == (commit, when)
    assert (revision.author, revision.author_email) == ("Tést Author", "t@example.org")
    assert revision.subject == "Sübject"


def test_refs_tags_and_short_shas_lead_to_commits(
    builder: RepositoryBuilder, objects: GitObjects
) -> None:
    commit = builder.commit({"a.py": ""})
    builder.tag("v1")
    for ref in ("main", "refs/heads/main", "v1", commit, commit[:10], "HEAD~0"):
        assert objects.revision(ref).commit == commit


@pytest.mark.parametrize("ref", ["gone", "0" * 40, "--all", "-x", "HEAD:a.py", "HEAD..HEAD", "a b"])
def test_what_is_no_commit_has_a_cause(
    builder: RepositoryBuilder, objects: GitObjects, ref: str
) -> None:
    builder.commit({"a.py": ""})
    with pytest.raises(UserError) as failed:
        objects.revision(ref)
    assert failed.value.code in ("git.no-commit", "git.corrupt")
    assert failed.value.code == "git.no-commit" or ref == "0" * 40


def test_a_repository_without_commits_is_empty(objects: GitObjects) -> None:
    with pytest.raises(UserError) as failed:
        objects.revision("HEAD")
    assert failed.value.code == "git.empty"


def test_texts_of_a_commit_can_be_stored_and_shown(
    builder: RepositoryBuilder, objects: GitObjects
) -> None:
    tree = git(builder.path, "hash-object", "-t", "tree", "-w", "--stdin").decode().strip()
    raw = (
        f"tree {tree}\n".encode()
        + b"author A\xff\xed\xa0\x80 <a@b> 99999999999999999999 +0000\n"
        + b"committer A <a@b> 99999999999999999999 +0000\n\n"
        + b"x" * 100_000
        + b"\xff tail\n"
    )
    sha = git(builder.path, "hash-object", "-t", "commit", "-w", "--literally", "--stdin", text=raw)
    revision = objects.revision(sha.decode().strip())
    revision.author.encode("utf-8")
    assert revision.author.startswith("A\N{REPLACEMENT CHARACTER}")
    assert len(revision.subject) == 300
    assert revision.subject.endswith("…")
    assert revision.committed_at.tzinfo is UTC


def test_a_text_in_another_encoding_is_read(
    builder: RepositoryBuilder, objects: GitObjects
) -> None:
    tree = git(builder.path, "hash-object", "-t", "tree", "-w", "--stdin").decode().strip()
    raw = f"tree {tree}\nauthor Jos\xe9 <j@b> 1 +0000\ncommitter J <j@b> 1 +0000\n".encode(
        "latin-1"
    )
    raw += "encoding ISO-8859-1\n\ncaf\xe9\n".encode("latin-1")
    sha = git(builder.path, "hash-object", "-t", "commit", "-w", "--stdin", text=raw).decode()
    revision = objects.revision(sha.strip())
    assert (revision.author, revision.subject) == ("José", "café")


def test_a_tree_holds_regular_files_alone(builder: RepositoryBuilder, objects: GitObjects) -> None:
    first = builder.commit({"pkg/a.py": "a = 1\n", "empty": b""})
    commit = builder.commit({}, links={"link.py": "pkg/a.py"}, submodules={"vendored": first})
    tree = objects.tree(commit)
    assert [(entry.path, entry.size) for entry in tree.entries] == [("empty", 0), ("pkg/a.py", 6)]
    assert tree.revision == objects.revision(commit)


def test_odd_paths_become_visible_and_stay_apart(
    builder: RepositoryBuilder, objects: GitObjects
) -> None:
    raw = {
        b"new\nline.py": rb"new\u000aline.py",
        "bidi\u202eyp.exe".encode(): rb"bidi\u202eyp.exe",
        b"caf\xe9.py": rb"caf\xe9.py",
        rb"caf\xe9.py": rb"caf\\xe9.py",
        b'quo"te.py': b'quo"te.py',
        b"-dash.py": b"-dash.py",
        "über/日本.py".encode(): "über/日本.py".encode(),
        "tag\U000e0041.py".encode(): rb"tag\U000e0041.py",
    }
    commit = builder.commit({os.fsdecode(path): "x = 1\n" for path in raw})
    assert sorted(_paths(objects, commit)) == sorted(safe.decode() for safe in raw.values())


def test_paths_that_lead_elsewhere_and_doubles_are_left_out(
    builder: RepositoryBuilder, objects: GitObjects
) -> None:
    blob = git(builder.path, "hash-object", "-w", "--stdin", text=b"x = 1\n").decode().strip()

    def tree(*entries: bytes) -> str:
        text = b"".join(entries)
        made = git(builder.path, "hash-object", "-t", "tree", "-w", "--literally", "--stdin",
                   text=text)  # fmt: skip
        return made.decode().strip()

    inner = tree(b"100644 a.py\0" + bytes.fromhex(blob))
    top = tree(
        *(b"40000 " + name + b"\0" + bytes.fromhex(inner) for name in (b"..", b".", b".git")),
        *(b"100644 b.py\0" + bytes.fromhex(blob), b"100644 b.py\0" + bytes.fromhex(blob)),
        b"100755 run.py\0" + bytes.fromhex(blob),
    )
    commit = git(builder.path, "commit-tree", "-m", "x", top).decode().strip()
    assert _paths(objects, commit) == ["b.py", "run.py"]


def test_a_tree_of_endless_doubling_is_cut_short(
    builder: RepositoryBuilder, objects: GitObjects
) -> None:
    made = git(builder.path, "hash-object", "-w", "--stdin", text=b"x\n").decode().strip()
    mode = b"100644"
    for _ in range(24):
        entries = b"".join(
            mode + b" " + name + b"\0" + bytes.fromhex(made) for name in (b"a", b"b")
        )
        tree = git(builder.path, "hash-object", "-t", "tree", "-w", "--stdin", text=entries)
        made = tree.decode().strip()
        mode = b"40000"
    commit = git(builder.path, "commit-tree", "-m", "bomb", made).decode().strip()
    with pytest.raises(UserError) as failed:
        objects.tree(commit)
    assert failed.value.code == "git.too-many-files"


def test_what_is_no_listing_is_corrupt() -> None:
    with pytest.raises(UserError) as failed:
        TreeListing(10).feed(b"nonsense\0")
    assert failed.value.code == "git.corrupt"


def test_a_listing_may_come_in_any_pieces() -> None:
    line = b"100644 blob " + b"a" * 40 + b"      12\ta.py\0"
    whole, pieces = TreeListing(10), TreeListing(10)
    whole.feed(line * 2)
    for byte in line * 2:
        pieces.feed(bytes([byte]))
    assert whole.entries() == pieces.entries() == (TreeEntry("a.py", "a" * 40, 12),)


def test_a_damaged_repository_is_told(builder: RepositoryBuilder, objects: GitObjects) -> None:
    commit = builder.commit({"pkg/a.py": "a = 1\n"})
    tree = git(builder.path, "rev-parse", "HEAD:pkg").decode().strip()
    (builder.path / "objects" / tree[:2] / tree[2:]).unlink()
    with pytest.raises(UserError) as failed:
        objects.tree(commit)
    assert failed.value.code == "git.corrupt"


def test_a_folder_that_is_no_repository_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UserError) as failed:
        GitObjects(tmp_path / "nothing", 10).revision("HEAD")
    assert failed.value.code == "git.unreadable"


def test_a_file_is_read_and_cut_at_the_limit(
    builder: RepositoryBuilder, objects: GitObjects
) -> None:
    content = os.urandom(300_000)
    (entry,) = objects.tree(builder.commit({"a.bin": content})).entries
    assert objects.blobs().read(entry, 1_000_000) == content
    assert objects.blobs().read(entry, 300_000) == content
    assert objects.blobs().read(entry, 10) == content[:10]


def test_a_missing_file_is_told(builder: RepositoryBuilder, objects: GitObjects) -> None:
    builder.commit({"a.py": ""})
    with pytest.raises(UserError) as failed:
        objects.blobs().read(TreeEntry("a.py", "1" * 40, 3), 10)
    assert failed.value.code == "git.corrupt"


@pytest.mark.parametrize("name", ["HEAD", "--help", "1" * 39, "a\nb", "1" * 40 + "\n"])
def test_only_names_of_objects_are_asked_for(
    builder: RepositoryBuilder, objects: GitObjects, name: str
) -> None:
    builder.commit({"a.py": ""})
    feed = objects.blobs().open_feed()
    with pytest.raises(ValueError, match="not the name"):
        feed.ask([name])
    feed.close()
    with pytest.raises(ValueError, match="not the name"):
        objects.blobs().read(TreeEntry("a", name, 1), 10)
