"""`python -m scanner.apart`: a task on standard input, its points on standard output.

What no cache holds ends the process: whoever asked counts the points then, and parses.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Never

from scanner.apart.task import decoded, told
from scanner.application.past import OpenedPast
from scanner.application.ports import BlobSource, Facts, Progress
from scanner.application.progress import silent
from scanner.application.recounting import Recount
from scanner.cache.facts_cache import SqliteFactsCache
from scanner.domain.revisions import TreeEntry
from scanner.git.blobs import GitBlobs
from scanner.git.history import GitHistory


class NoReader:
    """Reads nothing; implements FactsReader."""

    def __init__(self, engine: str) -> None:
        self._engine = engine

    def read(
        self,
        source: BlobSource,
        entries: Sequence[TreeEntry],
        report: Progress,
        keep: Callable[[Mapping[str, Facts]], None] | None = None,
    ) -> Never:
        """Raises RuntimeError: there are facts that the cache does not hold."""
        raise RuntimeError(f"facts of {len(entries)} blobs are missing")

    def engine(self) -> str:
        """The engine whose facts are asked for."""
        return self._engine


def main() -> None:
    """Answer one task."""
    task = decoded(sys.stdin.buffer.readline())
    cache = SqliteFactsCache(task.cache, task.engine, lazily=True)
    opened = OpenedPast("", "", "", GitHistory(task.git_dir), GitBlobs(task.git_dir), cache)
    recount = Recount(opened, NoReader(task.engine), task.rubrics, task.principles)
    for found in recount.points(task.links, silent):
        sys.stdout.buffer.write(told(found))
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
