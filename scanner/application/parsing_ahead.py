"""Parses blobs in a thread of its own, in the order in which they will be asked for.

The parsing children work on their own cores, so whoever judges need not wait until all is parsed.
What is parsed goes into the cache at once, so a kill loses little.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from contextvars import copy_context
from itertools import islice
from threading import Condition
from typing import Final

from scanner.application.ports import BlobSource, Facts, FactsCache, FactsReader
from scanner.domain.revisions import TreeEntry

PARSED_AT_ONCE: Final = 1_000  # blobs that the children are given together
KEPT_AT_MOST: Final = 1_500  # blobs whose facts wait in memory before more are parsed
PATIENCE: Final = 0.25  # seconds between two looks at how far it is


class _EndedError(Exception):
    """Nobody wants the rest."""


class ParsingAhead:
    """Facts of blobs that no cache holds yet, handed out once each."""

    def __init__(
        self, entries: Sequence[TreeEntry], reader: FactsReader, blobs: BlobSource,
        cache: FactsCache,
    ) -> None:  # fmt: skip
        self.total = sum(entry.size for entry in entries)  # bytes
        self.done = 0  # bytes
        self._entries = entries
        self._reader = reader
        self._blobs = blobs
        self._cache = cache
        self._sizes = {entry.blob: entry.size for entry in entries}  # of what is not parsed yet
        self._ready: dict[str, Facts] = {}
        self._news = Condition()
        self._is_awaited = False
        self._is_ended = False
        self._work: Future[None] = Future()

    @contextmanager
    def running(self) -> Iterator[ParsingAhead]:
        """Parse while the block runs; what is left at its end is not parsed."""
        with ThreadPoolExecutor(max_workers=1, thread_name_prefix="parsing") as pool:
            self._work = pool.submit(copy_context().run, self._run)
            self._work.add_done_callback(self._tell)
            try:
                yield self
            finally:
                self._is_ended = True
                self._tell(self._work)

    def take(self, blobs: Collection[str]) -> Iterator[dict[str, Facts]]:
        """Wait until none of these is to be parsed any more; what is new of them, at last.

        Gives nothing now and then while it waits. Raises what the parsing raised.
        """
        with self._news:
            self._is_awaited = True
            self._news.notify_all()
            while not self._is_here(blobs):
                self._news.wait(PATIENCE)
                yield {}
            self._is_awaited = False
            found = {blob: self._ready.pop(blob) for blob in blobs if blob in self._ready}
            self._news.notify_all()
        yield found

    def _is_here(self, blobs: Collection[str]) -> bool:
        """Whether these are parsed. Raises what the parsing raised."""
        if self._work.done():
            self._work.result()
        return self._sizes.keys().isdisjoint(blobs)

    def _run(self) -> None:
        with suppress(_EndedError):
            for some in _batches(self._entries, PARSED_AT_ONCE):
                self._wait_for_room()
                self._add(self._reader.read(self._blobs, some, self._look, self._keep))

    def _tell(self, work: Future[None]) -> None:
        """Wake whoever waits: it failed, or is done, or is not wanted any more."""
        with self._news:
            self._news.notify_all()

    def _wait_for_room(self) -> None:
        with self._news:
            while len(self._ready) >= KEPT_AT_MOST and not (self._is_awaited or self._is_ended):
                self._news.wait()

    def _look(self, phase: str, done: int, total: int) -> None:
        """Stop the children when nobody wants the rest."""
        if self._is_ended:
            raise _EndedError

    def _keep(self, facts: Mapping[str, Facts]) -> None:
        self._cache.put(facts)
        self._add(facts)

    def _add(self, facts: Mapping[str, Facts]) -> None:
        with self._news:
            for blob in facts.keys() & self._sizes.keys():
                self._ready[blob] = facts[blob]
                self.done += self._sizes.pop(blob)
            self._news.notify_all()
        self._look("", 0, 0)


def _batches(entries: Iterable[TreeEntry], size: int) -> Iterator[list[TreeEntry]]:
    rest = iter(entries)
    while some := list(islice(rest, size)):
        yield some
