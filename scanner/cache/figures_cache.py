"""Radon's figures by blob, in a file like that of the facts."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from scanner.cache.file import CacheFile

_TABLE: Final = "figures"


class SqliteFiguresCache:
    """Answers of the radon child, as they came."""

    def __init__(self, path: Path, engine: str) -> None:
        self._file = CacheFile(path)
        self._engine = engine

    def get(self, blob: str) -> str | None:
        """The answer for a blob, if there was one."""
        found = self._file.read(_TABLE, self._engine, [blob])
        return found[0][1].decode("utf-8", "replace") if found else None

    def put(self, blob: str, answer: str) -> None:
        """Keep an answer. Raises UserError when the disk is full or the file cannot be written."""
        self._file.write(_TABLE, self._engine, [(blob, answer.encode())])
