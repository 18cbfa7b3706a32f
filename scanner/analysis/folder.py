"""A plain folder as a source of blobs, and the tree of its files.

Only regular files below the folder are ever opened: every step of a path is taken without following
symlinks, and what is no regular file is left out. The blob of a module is named as git would name
it, so facts are shared with repositories; other files are named by path and size, unread.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from scanner.analysis.folder_feed import FolderFeed, Opened
from scanner.application.configuration import Limits
from scanner.domain.errors import UserError
from scanner.domain.revisions import Tree, TreeEntry
from scanner.domain.safe_paths import safe_path

SKIPPED: Final = frozenset(
    {
        ".git", ".hg", ".svn", ".bzr", "__pycache__", "__pypackages__", ".venv", "venv",
        "node_modules", ".tox", ".nox", ".eggs", ".mypy_cache", ".pytest_cache", ".ruff_cache",
        ".hypothesis", ".pytype", ".ipynb_checkpoints",
    }
)  # fmt: skip
_VENV_MARK: Final = "pyvenv.cfg"
_NAMED_BY_CONTENT: Final = (b".py", b".pyi", b".toml", b".cfg", b".ini")
_OPEN: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_CHUNK: Final = 1 << 20


def folder_tree(path: Path, limits: Limits | None = None) -> Tree:
    """The regular files below a folder. Raises UserError when it is none, or has too many."""
    return FolderSource(path, limits).tree()


class FolderSource:
    """The files below a folder, as they lay there when they were listed."""

    def __init__(self, path: Path, limits: Limits | None = None) -> None:
        self._root = path
        self._limits = limits or Limits()
        self._paths: dict[str, bytes] | None = None

    def tree(self) -> Tree:
        """Every regular file, sorted by path; the tree has no revision."""
        entries: list[TreeEntry] = []
        paths: dict[str, bytes] = {}
        for raw, entry in self._listed():
            if len(entries) >= self._limits.tree_files:
                raise UserError(
                    "folder.too-many-files",
                    f"The folder holds more than {self._limits.tree_files:,} files.",
                    "Name a folder with source code, or raise the limit in the settings.",
                )
            entries.append(entry)
            paths.setdefault(entry.blob, raw)
        self._paths = paths
        return Tree(None, tuple(sorted(entries, key=lambda entry: entry.path)))

    def open_feed(self) -> FolderFeed:
        """A stream of files by blob."""
        return FolderFeed(self._opened)

    def read(self, entry: TreeEntry, limit: int) -> bytes:
        """The bytes of one file, cut at `limit`; nothing when it is gone or no longer the same."""
        opened = self._opened(entry.blob)
        return b"" if opened is None else _cut(opened[1], limit)

    def _opened(self, blob: str) -> Opened | None:
        """Size and pieces of what a name stood for; None when it is gone or has changed."""
        if self._paths is None:
            self.tree()
        raw = (self._paths or {}).get(blob)
        if raw is None:
            return None
        try:
            descriptor = _open_below(self._root, raw)
        except OSError:
            return None
        size = os.fstat(descriptor).st_size
        if not _is_git_name(blob):
            return size, _pieces(descriptor, size)
        with os.fdopen(descriptor, "rb") as file:
            content = file.read(self._limits.module_bytes + 1)
        return (len(content), [content]) if blob == _git_name(content) else None

    def _listed(self) -> Iterator[tuple[bytes, TreeEntry]]:
        root = os.fsencode(self._root)
        if not os.path.isdir(root):
            raise UserError(
                "folder.missing",
                f"There is no folder {safe_path(root)}.",
                "Name an existing folder, or a git repository.",
            )
        for folder, folders, files, descriptor in os.fwalk(root, follow_symlinks=False):
            prefix = os.path.relpath(folder, root)
            if _VENV_MARK in map(os.fsdecode, files) and folder != root:
                folders.clear()
                continue
            folders[:] = sorted(name for name in folders if os.fsdecode(name) not in SKIPPED)
            for name in sorted(files):
                raw = name if prefix == b"." else os.path.join(prefix, name)
                entry = self._entry(raw, name, descriptor)
                if entry is not None:
                    yield raw, entry

    def _entry(self, raw: bytes, name: bytes, folder: int) -> TreeEntry | None:
        try:
            status = os.stat(name, dir_fd=folder, follow_symlinks=False)
            if not stat.S_ISREG(status.st_mode):
                return None
            if name.endswith(_NAMED_BY_CONTENT) and status.st_size <= self._limits.module_bytes:
                blob = _git_name(_read_all(os.open(name, _OPEN, dir_fd=folder)))
            else:
                said = f"{status.st_size} {status.st_mtime_ns} ".encode() + raw
                blob = "file-" + hashlib.sha1(said, usedforsecurity=False).hexdigest()
        except OSError:
            return None  # gone while it was listed, or not ours to read
        return TreeEntry(safe_path(raw), blob, status.st_size)


def _is_git_name(blob: str) -> bool:
    return not blob.startswith("file-")


def _git_name(content: bytes) -> str:
    """What git calls these bytes."""
    digest = hashlib.sha1(b"blob %d\0" % len(content), usedforsecurity=False)
    digest.update(content)
    return digest.hexdigest()


def _pieces(descriptor: int, size: int) -> Iterator[bytes]:
    """Exactly so many bytes of a file. Raises EOFError when it has shrunk."""
    with os.fdopen(descriptor, "rb") as file:
        while size > 0:
            piece = file.read(min(size, _CHUNK))
            if not piece:
                raise EOFError
            size -= len(piece)
            yield piece


def _cut(pieces: Iterable[bytes], limit: int) -> bytes:
    content = bytearray()
    for piece in pieces:
        content += piece[: limit - len(content)]
        if len(content) >= limit:
            break
    return bytes(content)


def _read_all(descriptor: int) -> bytes:
    with os.fdopen(descriptor, "rb") as file:
        return file.read()


def _open_below(root: Path, raw: bytes) -> int:
    """Open a regular file step by step from the root, following no symlink. Raises OSError."""
    folder = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    *steps, name = raw.split(b"/")
    try:
        for step in steps:
            inner = os.open(step, _OPEN | os.O_DIRECTORY, dir_fd=folder)
            os.close(folder)
            folder = inner
        descriptor = os.open(name, _OPEN, dir_fd=folder)
    finally:
        os.close(folder)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError("no regular file")
    return descriptor
