"""Reads `git ls-tree -r -z -l` as it streams by."""

from __future__ import annotations

import re
from typing import Final

from scanner.domain.revisions import TreeEntry
from scanner.git.causes import CORRUPT, TOO_LARGE, TOO_MANY_FILES
from scanner.git.text import safe_path

_LINE: Final = re.compile(rb"(\d{6}) (\w+) ([0-9a-f]{40,64}) +(\d+|-|BAD)\t(.+)", re.DOTALL)
_REGULAR: Final = b"100"  # as the mode begins: files, executable or not
_LONGEST_LINE: Final = 1 << 20
_MOST_BYTES: Final = 256 << 20
_NOWHERE: Final = frozenset({b"", b".", b"..", b".git"})  # parts that no checkout would make


class TreeListing:
    """Collects regular files; symlinks and submodules are passed over.

    So are paths that lead outside and doubles, which no honest tree holds.
    """

    def __init__(self, most_files: int) -> None:
        self._most_files = most_files
        self._rest = b""
        self._seen_bytes = 0
        self._by_path: dict[bytes, TreeEntry] = {}

    def feed(self, chunk: bytes) -> None:
        """Take the next bytes. Raises UserError when there is too much, or it is no listing."""
        self._seen_bytes += len(chunk)
        *lines, self._rest = (self._rest + chunk).split(b"\0")
        if self._seen_bytes > _MOST_BYTES or len(self._rest) > _LONGEST_LINE:
            raise TOO_LARGE.error("the listing of the tree is too long")
        for line in lines:
            self._take(line)
        if len(self._by_path) > self._most_files:
            raise TOO_MANY_FILES.error(f"more than {self._most_files} files")

    def entries(self) -> tuple[TreeEntry, ...]:
        """The files, sorted by their safe paths."""
        return tuple(sorted(self._by_path.values(), key=lambda entry: entry.path))

    def _take(self, line: bytes) -> None:
        found = _LINE.fullmatch(line)
        if found is None:
            raise CORRUPT.error("git listed something that is no file")
        mode, kind, name, size, path = found.groups()
        if kind != b"blob" or not mode.startswith(_REGULAR) or path in self._by_path:
            return
        if not leads_nowhere(path):
            known = int(size) if size.isdigit() else 0  # an object that is missing has no size
            self._by_path[path] = TreeEntry(safe_path(path), name.decode(), known)


def leads_nowhere(path: bytes) -> bool:
    """Whether a path has a part that no checkout would make, such as `..`."""
    return not _NOWHERE.isdisjoint(path.split(b"/"))
