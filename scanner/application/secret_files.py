"""Looks into the few files that may hold secrets and keeps the verdicts alone."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter
from typing import Final

from scanner.application.ports import BlobSource
from scanner.domain.project import SecretFile
from scanner.domain.revisions import TreeEntry
from scanner.domain.secret_files import LARGEST, is_suspect, verdict

MOST_FILES: Final = 50
"""Suspect files of one tree that are looked into, the first by path."""


class SecretFiles:
    """The verdicts on the files of one repository; each content is read once for all commits."""

    def __init__(self, blobs: BlobSource) -> None:
        self._blobs = blobs
        self._known: dict[tuple[str, str], SecretFile | None] = {}

    def of(self, entries: Iterable[TreeEntry]) -> tuple[SecretFile, ...]:
        """Those among some files that hold secrets or settings, by path."""
        suspects = [each for each in entries if is_suspect(each.path) and 0 < each.size <= LARGEST]
        suspects.sort(key=attrgetter("path"))
        verdicts = [self._verdict(entry) for entry in suspects[:MOST_FILES]]
        return tuple([each for each in verdicts if each is not None])

    def _verdict(self, entry: TreeEntry) -> SecretFile | None:
        key = (entry.path, entry.blob)
        if key not in self._known:
            self._known[key] = verdict(entry.path, self._blobs.read(entry, LARGEST))
        return self._known[key]
