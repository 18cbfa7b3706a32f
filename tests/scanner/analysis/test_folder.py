"""A plain folder: its tree, and its bytes in git's framing, never from outside of it."""

from __future__ import annotations

import hashlib
import os
import threading
from pathlib import Path

import pytest

from scanner.analysis.folder import FolderSource, folder_tree
from scanner.analysis.folder_feed import FolderFeed
from scanner.application.configuration import Limits
from scanner.domain.errors import UserError
from scanner.domain.revisions import TreeEntry


def stream(feed: FolderFeed, names: list[str]) -> bytes:
    """All that the feed brings for some names."""
    parts: list[bytes] = []

    def drain() -> None:
        while part := os.read(feed.fileno(), 1 << 16):
            parts.append(part)

    reader = threading.Thread(target=drain)
    reader.start()
    feed.ask(names)
    feed.finish()
    reader.join(30)
    feed.close()
    return b"".join(parts)


def entries(folder: Path) -> dict[str, TreeEntry]:
    """The tree by path."""
    return {entry.path: entry for entry in folder_tree(folder).entries}


def git_name(content: bytes) -> str:
    """What `git hash-object` says."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


def test_a_tree(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "m.py").write_bytes(b"x = 1\n")
    (tmp_path / "pyproject.toml").write_bytes(b"[tool]\n")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    tree = folder_tree(tmp_path)
    assert tree.revision is None
    assert [(entry.path, entry.size) for entry in tree.entries] == [
        ("a/b/m.py", 6),
        ("picture.png", 4),
        ("pyproject.toml", 7),
    ]
    assert tree.entries[0].blob == git_name(b"x = 1\n")
    assert tree.entries[1].blob.startswith("file-")


def test_what_is_not_part_of_a_tree(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.py").write_text("secret = 1\n")
    folder = tmp_path / "folder"
    for name in (".git", "__pycache__", ".venv", "venv", "node_modules", ".tox", "own"):
        (folder / name / "lib").mkdir(parents=True)
        (folder / name / "lib" / "m.py").write_text("x = 1\n")
    (folder / "own" / "pyvenv.cfg").write_text("home = /usr/bin\n")
    (folder / "link.py").symlink_to(outside / "secret.py")
    (folder / "linked").symlink_to(outside)
    (folder / "dead.py").symlink_to(folder / "gone.py")
    os.mkfifo(folder / "pipe.py")
    (folder / "venv.py").write_text("x = 1\n")
    assert list(entries(folder)) == ["venv.py"]


def test_a_folder_that_is_an_environment_itself_may_be_named(tmp_path: Path) -> None:
    (tmp_path / "pyvenv.cfg").write_text("home = /usr/bin\n")
    (tmp_path / "m.py").write_text("x = 1\n")
    assert list(entries(tmp_path)) == ["m.py", "pyvenv.cfg"]


def test_odd_names(tmp_path: Path) -> None:
    names = [b"-x.py", b"new\nline.py", b"\xff.py", "é \u202e.py".encode(), b"back\\slash.py"]
    for name in names:
        (tmp_path / os.fsdecode(name)).write_bytes(b"name = " + repr(name).encode() + b"\n")
    found = entries(tmp_path)
    assert list(found) == [
        "-x.py", "\\xff.py", "back\\\\slash.py", "new\\u000aline.py", "é \\u202e.py",
    ]  # fmt: skip
    source = FolderSource(tmp_path)
    for entry in found.values():
        content = source.read(entry, 1_000)
        assert content.startswith(b"name = b'")
        assert git_name(content) == entry.blob


def test_the_stream(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(b"a = 1")
    (tmp_path / "b.py").write_bytes(b"")
    found = entries(tmp_path)
    names = [found["b.py"].blob, "0" * 40, found["a.py"].blob]
    said = stream(FolderSource(tmp_path).open_feed(), names)
    assert said == (f"{names[0]} blob 0\n\n{names[1]} missing\n{names[2]} blob 5\na = 1\n".encode())


def test_asking_never_waits_for_the_reader(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(b"# much\n" * 100_000)
    name = entries(tmp_path)["a.py"].blob
    feed = FolderSource(tmp_path).open_feed()
    feed.ask([name] * 1_000)  # 700 MB, into a pipe of 64 kB that nobody reads
    feed.release()
    feed.close()
    with pytest.raises(BrokenPipeError):
        feed.ask([name])


def test_a_large_file_streams_by(tmp_path: Path) -> None:
    content = os.urandom(3_000_001)
    (tmp_path / "large.py").write_bytes(content)
    source = FolderSource(tmp_path)
    entry = source.tree().entries[0]
    assert entry.blob.startswith("file-")
    assert stream(source.open_feed(), [entry.blob]) == (
        f"{entry.blob} blob 3000001\n".encode() + content + b"\n"
    )
    assert source.read(entry, 10) == content[:10]


def test_a_file_that_changes_after_it_was_listed_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(b"a = 1\n")
    source = FolderSource(tmp_path)
    entry = source.tree().entries[0]
    path.write_bytes(b"a = 2\n")
    assert stream(source.open_feed(), [entry.blob]) == f"{entry.blob} missing\n".encode()
    assert source.read(entry, 100) == b""


def test_a_folder_that_becomes_a_link_leads_nowhere(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.py").write_bytes(b"a = 1\n")
    inside = tmp_path / "folder" / "inside"
    inside.mkdir(parents=True)
    (inside / "a.py").write_bytes(b"a = 1\n")
    source = FolderSource(tmp_path / "folder")
    entry = source.tree().entries[0]
    (inside / "a.py").unlink()
    inside.rmdir()
    inside.symlink_to(outside)
    assert source.read(entry, 100) == b""


def test_a_large_file_that_shrinks_breaks_the_stream(tmp_path: Path) -> None:
    path = tmp_path / "large.py"
    path.write_bytes(b"#" * 9_000_000)
    source = FolderSource(tmp_path)
    blob = source.tree().entries[0].blob
    feed = source.open_feed()
    feed.ask([blob])
    assert os.read(feed.fileno(), 200).startswith(blob.encode())
    os.truncate(path, 100)
    said = b""
    while part := os.read(feed.fileno(), 1 << 20):
        said += part
    assert len(said) < 9_000_000
    feed.close()


@pytest.mark.parametrize("kind", ["missing", "file"])
def test_what_is_no_folder(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "here"
    if kind == "file":
        path.write_text("x")
    with pytest.raises(UserError) as caught:
        folder_tree(path)
    assert caught.value.code == "folder.missing"


def test_too_many_files(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"m{number}.txt").touch()
    assert len(folder_tree(tmp_path, Limits(tree_files=5)).entries) == 5
    with pytest.raises(UserError, match="more than 4 files"):
        folder_tree(tmp_path, Limits(tree_files=4))
