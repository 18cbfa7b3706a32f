"""Radon's figures by blob, in the same file as the facts."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from scanner.cache.contents import Contents
from scanner.cache.file import CacheFile

FIGURES: Final = "figures"


class SqliteFiguresCache:
    """Answers of the radon child, as they came."""

    def __init__(self, path: Path, engine: str) -> None:
        self._contents = Contents(CacheFile(path), FIGURES, engine)

    def get(self, blob: str) -> str | None:
        """The answer for a blob, if there was one."""
        found = dict(self._contents.read([blob]))
        return found[blob].decode("utf-8", "replace") if blob in found else None

    def put(self, blob: str, answer: str) -> None:
        """Keep an answer. Raises UserError when the disk is full or the file cannot be written."""
        self._contents.write({blob: answer.encode()})
