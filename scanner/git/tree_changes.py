"""Reads `git diff-tree -r --stdin --raw -z` over pairs of trees, as it streams by."""

from __future__ import annotations

import re
from typing import Final

from scanner.domain.revisions import Change
from scanner.git.causes import CORRUPT, TOO_LARGE
from scanner.git.text import safe_path
from scanner.git.tree_listing import leads_nowhere

_PAIR: Final = re.compile(rb"[0-9a-f]{40,64} [0-9a-f]{40,64}")
_LINE: Final = re.compile(
    rb":(?P<before>\d{6}) (?P<after>\d{6}) [0-9a-f]{40,64} (?P<blob>[0-9a-f]{40,64}) [ADMT]"
)
_REGULAR: Final = b"100"
_LONGEST_LINE: Final = 1 << 20
MOST_CHANGES: Final = 5_000_000


class TreeChanges:
    """Collects what differs between the trees of each pair, in the order of the pairs.

    Only regular files count: one that becomes a symlink is gone, a symlink that becomes one is new.
    """

    def __init__(self) -> None:
        self._rest = b""
        self._found: list[list[Change]] = []
        self._count = 0

    def feed(self, chunk: bytes) -> None:
        """Take the next bytes. Raises UserError when there is too much, or it is no listing."""
        data = self._rest + chunk
        place = 0
        while (end := self._record_end(data, place)) >= 0:
            self._take(data[place:end])
            place = end + 1
        self._rest = data[place:]
        if len(self._rest) > _LONGEST_LINE or self._count > MOST_CHANGES:
            raise TOO_LARGE.error("the history holds too many changes")

    def pairs(self) -> list[tuple[Change, ...]]:
        """The changes of each pair. Raises UserError when the listing ended too early."""
        if self._rest:
            raise CORRUPT.error("git stopped in the middle of a listing")
        return [tuple(changes) for changes in self._found]

    @staticmethod
    def _record_end(data: bytes, place: int) -> int:
        """Where the record that begins at a place ends; -1 when it is not there yet."""
        if data[place : place + 1] != b":":
            return data.find(b"\n", place)
        middle = data.find(b"\0", place)
        return data.find(b"\0", middle + 1) if middle >= 0 else -1

    def _take(self, record: bytes) -> None:
        if _PAIR.fullmatch(record):
            self._found.append([])
            return
        line, _, path = record.partition(b"\0")
        found = _LINE.fullmatch(line)
        if found is None or not self._found or not path:
            raise CORRUPT.error("git listed something that is no change")
        if leads_nowhere(path):
            return
        is_there = found["after"].startswith(_REGULAR)
        if is_there or found["before"].startswith(_REGULAR):
            blob = found["blob"].decode("ascii") if is_there else ""
            self._found[-1].append(Change(safe_path(path), blob))
            self._count += 1
