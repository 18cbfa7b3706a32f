"""What the use cases ask of git, analysis and the cache."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from scanner.domain.churn import Step
from scanner.domain.facts import Module, Unmeasured
from scanner.domain.provenance import Provenance
from scanner.domain.revisions import FileChange, Origin, Revision, Tree, TreeEntry

Progress = Callable[[str, int, int], None]
"""Called with a phase ("fetch", "tree", "facts", "judge", "save"), done and total (0: unknown)."""

Facts = Module | Unmeasured


class BlobFeed(Protocol):
    """A stream of objects in the framing of `git cat-file --batch`.

    The stream's read end becomes an analysis child's standard input; the asker never sees the
    bytes. `<name> blob <size>\\n<bytes>\\n`, or `<name> missing\\n`.
    """

    def fileno(self) -> int:
        """The read end, to be handed to a child and then closed here with `release`."""
        ...

    def release(self) -> None:
        """Close this process's copy of the read end, once a child holds it."""
        ...

    def ask(self, names: Sequence[str]) -> None:
        """Ask for these objects, in this order. Raises BrokenPipeError when the feed is dead."""
        ...

    def finish(self) -> None:
        """No more will be asked: the stream ends after the last object."""
        ...

    def close(self) -> None:
        """Stop and reap everything, whatever its state."""
        ...


class BlobSource(Protocol):
    """Where the bytes of a tree's files come from."""

    def open_feed(self) -> BlobFeed:
        """A new stream of its own."""
        ...

    def read(self, entry: TreeEntry, limit: int) -> bytes:
        """The bytes of one file, cut at `limit`."""
        ...


class Ancestry(Protocol):
    """What git knows of where files come from."""

    def renames(self, before: str, after: str) -> Mapping[str, str]:
        """New path by old path of the modules renamed between two commits.

        Empty where git cannot tell: a commit is not here, or there is too much to compare.
        """
        ...

    def changes(self, commit: str, path: str, most: int) -> Sequence[FileChange]:
        """The last changes of a file up to a commit, the newest first, through its renames.

        Raises UserError when git takes too long.
        """
        ...

    def between(self, before: str, after: str) -> frozenset[str]:
        """The commits that lead to `after` and not to `before`; empty where git cannot tell."""
        ...

    def prepare(self, commit: str) -> None:
        """Make questions about many files of a commit faster."""
        ...

    def blame(self, commit: str) -> AbstractContextManager[BlamedFiles]:
        """Asks where the lines of a commit's files come from."""
        ...


class Recent(Protocol):
    """The end of a first-parent chain."""

    def steps(self, commit: str, days: int) -> Sequence[Step]:
        """The steps of so many days up to a commit, the newest first. Raises UserError."""
        ...


class BlamedFiles(Protocol):
    """The files of one commit, line by line."""

    def lines(self, path: str, ranges: Sequence[tuple[int, int]]) -> Mapping[int, Provenance]:
        """The provenance of each line in these ranges, from first to last, by line.

        Raises UserError when it takes too long, or a part of the history is missing.
        """
        ...


class Mirror(Protocol):
    """The bare mirror of one repository, or a repository on disk that is only read."""

    def refresh(self, origin: Origin, report: Progress) -> Revision:
        """Fetch one ref and return its revision. Raises UserError with a code of its own."""
        ...

    def revision(self, ref: str) -> Revision:
        """The commit behind a ref. Raises UserError when there is none."""
        ...

    def tree(self, commit: str) -> Tree:
        """The files of a commit."""
        ...

    def blobs(self) -> BlobSource:
        """Reads objects of this mirror."""
        ...

    def ancestry(self, folder: Path | None = None) -> Ancestry:
        """Where the files of this mirror come from; `folder` is for notes on that."""
        ...


class FactsReader(Protocol):
    """Turns blobs into facts."""

    def read(
        self,
        source: BlobSource,
        entries: Sequence[TreeEntry],
        report: Progress,
        keep: Callable[[Mapping[str, Facts]], None] | None = None,
    ) -> dict[str, Facts]:
        """Facts by blob, each blob parsed once. `keep` is given batches as they come."""
        ...

    def engine(self) -> str:
        """Engine and parser version, like "1.0.17+cpython-3.13"."""
        ...


class FactsCache(Protocol):
    """Facts by blob for one engine, in a file beside the mirror; always rebuildable."""

    def get(self, blobs: Iterable[str]) -> dict[str, Facts]:
        """What is known of these blobs."""
        ...

    def known(self, blobs: Iterable[str]) -> set[str]:
        """Those of these blobs whose facts are here."""
        ...

    def put(self, facts: Mapping[str, Facts]) -> None:
        """Keep these; a failure to write is reported as a UserError on a full disk."""
        ...
