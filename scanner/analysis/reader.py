"""Turns blobs into facts with sandboxed children: the port `FactsReader`."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Mapping, Sequence
from tempfile import TemporaryDirectory
from typing import Final

from scanner.analysis.harvest import Harvest
from scanner.analysis.interpreters import Interpreter, find_interpreter, rewriting_command
from scanner.analysis.reading import Reading
from scanner.application.configuration import Configuration
from scanner.application.ports import BlobSource, Facts, Progress
from scanner.domain.revisions import TreeEntry

_BYTES_A_CHILD: Final = 200_000  # a child costs as much to start as so many bytes to parse


class SandboxedReader:
    """Starts children of the newest CPython for each read, as many as are worth starting."""

    def __init__(self, configuration: Configuration) -> None:
        self._children = configuration.children
        self._limits = configuration.limits
        self._setting = configuration.interpreter

    def engine(self) -> str:
        """Engine and parser version, like "1.0.17+cpython-3.13"."""
        return self._interpreter().engine

    def read(
        self,
        source: BlobSource,
        entries: Sequence[TreeEntry],
        report: Progress,
        keep: Callable[[Mapping[str, Facts]], None] | None = None,
    ) -> dict[str, Facts]:
        """Facts by blob, each blob parsed once. `keep` is given batches as they come.

        What does not parse is read once more, with its newer syntax rewritten. A file that cannot
        be measured costs only itself. Raises UserError when the children do not start at all.
        """
        unique = list({entry.blob: entry for entry in entries}.values())
        if not unique:
            return {}
        harvest = Harvest(len(unique), report, keep)
        self._read(source, unique, harvest, self._interpreter().command)
        doubtful = [entry for entry in unique if entry.blob in harvest.doubtful]
        if doubtful:
            self._read(source, doubtful, harvest, rewriting_command)
        harvest.finish()
        return harvest.facts

    def _read(
        self,
        source: BlobSource,
        entries: Sequence[TreeEntry],
        harvest: Harvest,
        command: Callable[..., list[str]],
    ) -> None:
        limits = self._limits
        started = command(
            limits.module_bytes, limits.parse_seconds, limits.child_memory_bytes, os.getpid()
        )
        with TemporaryDirectory(prefix="codevitals-") as folder:
            reading = Reading(source, started, folder, limits)
            reading.run(entries, self._lanes(entries), harvest)

    def _interpreter(self) -> Interpreter:
        return find_interpreter(self._setting)

    def _lanes(self, entries: Sequence[TreeEntry]) -> int:
        size = sum(min(entry.size, self._limits.module_bytes) for entry in entries)
        return max(1, min(self._children, len(entries), math.ceil(size / _BYTES_A_CHILD)))
