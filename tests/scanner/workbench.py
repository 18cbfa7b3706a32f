"""The scan use case with everything real but git and the sandbox.

Sources are given as text and parsed in this process, so a scan takes milliseconds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime, timedelta

from scanner.analysis.extraction import module_facts
from scanner.application.ports import BlobFeed, BlobSource, Facts, Progress
from scanner.application.records import Claim, RepositoryRecord
from scanner.application.rubrics import Rubrics
from scanner.application.scanning import (
    OpenedRevision,
    ScanEngine,
    Scanning,
    ScanStores,
    ScanTimes,
)
from scanner.domain.revisions import Revision, Tree, TreeEntry
from scanner.storage.acceptances import Acceptances
from scanner.storage.repositories import Repositories
from scanner.storage.rubrics import RubricVersions
from scanner.storage.scans import Leases, Queue
from scanner.storage.verdicts import Verdicts
from tests.scanner.hands import Bell, Hands

ENGINE = "1.0.0+cpython-3.11"
FIRST = datetime(2025, 3, 3, 9, tzinfo=UTC)


class Files:
    """Sources in memory: a BlobSource that is read, never streamed."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.sources = {path: text.encode() for path, text in texts.items()}

    def open_feed(self) -> BlobFeed:
        raise NotImplementedError("the reader of the workbench needs no feed")

    def read(self, entry: TreeEntry, limit: int) -> bytes:
        return self.sources[entry.path][:limit]

    def tree(self, revision: Revision | None) -> Tree:
        """The files as a tree; equal texts are one blob, as in git."""
        entries = [
            TreeEntry(path, hashlib.sha1(source).hexdigest(), len(source))
            for path, source in sorted(self.sources.items())
        ]
        return Tree(revision, tuple(entries))


class PlainReader:
    """Parses in this process; remembers what it was asked for."""

    def __init__(self) -> None:
        self.parsed: list[str] = []

    def engine(self) -> str:
        return ENGINE

    def read(
        self,
        source: BlobSource,
        entries: Sequence[TreeEntry],
        report: Progress,
        keep: Callable[[Mapping[str, Facts]], None] | None = None,
    ) -> dict[str, Facts]:
        facts: dict[str, Facts] = {}
        for done, entry in enumerate(entries, 1):
            facts[entry.blob] = module_facts(source.read(entry, 1_000_000))
            report("facts", done, len(entries))
        self.parsed += [entry.path for entry in entries]
        if keep:
            keep(facts)
        return facts


class MemoryCache:
    """Facts by blob, for as long as the test runs."""

    def __init__(self) -> None:
        self._facts: dict[str, Facts] = {}

    def get(self, blobs: Iterable[str]) -> dict[str, Facts]:
        return {blob: self._facts[blob] for blob in blobs if blob in self._facts}

    def known(self, blobs: Iterable[str]) -> set[str]:
        return set(self._facts.keys() & set(blobs))

    def put(self, facts: Mapping[str, Facts]) -> None:
        self._facts.update(facts)


class Branch:
    """Implements Revisions: a branch whose head is what the test committed last."""

    def __init__(self) -> None:
        self._head = Files({})
        self._revision: Revision | None = None
        self._count = 0
        self._caches: dict[int, MemoryCache] = {}
        self.forgotten: list[int] = []
        self.trouble: BaseException | None = None
        self.meanwhile: Callable[[], object] = lambda: None

    def commit(self, texts: Mapping[str, str], subject: str = "Change") -> str:
        """Put these files, and no others, at the head, a week after the commit before."""
        self._head = Files(texts)
        when = FIRST + timedelta(weeks=self._count)
        self._count += 1
        digest = hashlib.sha1(f"{self._count} {subject}".encode()).hexdigest()
        self._revision = Revision(digest, when, "Ann Author", "ann@example.org", subject)
        return digest

    def lie_in_a_folder(self) -> None:
        """Forget that there is git: only the files stay."""
        self._revision = None

    def forget(self, repository_id: int) -> None:
        self.forgotten.append(repository_id)

    def open(
        self, repository: RepositoryRecord, report: Progress
    ) -> AbstractContextManager[OpenedRevision]:
        return self._open(repository, report)

    @contextmanager
    def _open(self, repository: RepositoryRecord, report: Progress) -> Iterator[OpenedRevision]:
        report("fetch", 0, 0)
        self.meanwhile()
        if self.trouble is not None:
            raise self.trouble
        cache = self._caches.setdefault(repository.id, MemoryCache())
        yield OpenedRevision(self._head.tree(self._revision), self._head, cache)


class Workbench:
    """A worker: real stores, a branch, a clock and a bell."""

    def __init__(self, clock: Callable[[], datetime] | None = None) -> None:
        self.clock = clock or Hands()
        self.branch = Branch()
        self.reader = PlainReader()
        self.bell = Bell()
        self.leases = Leases(self.clock)
        self.pulsed: list[Claim] = []
        stores = ScanStores(
            Repositories(),
            Queue(),
            self.leases,
            Verdicts(self.clock),
            Acceptances(),
            Rubrics(RubricVersions()),
        )
        engine = ScanEngine(self.branch, self.reader)
        times = ScanTimes()
        self.scanning = Scanning(stores, engine, self._pulse, self.bell, self.clock, times)

    def scan(self, repository_id: int) -> int:
        """Request a scan and run it; its id."""
        requested = Queue().add(repository_id, "requested")
        self.scanning.run(requested.id)
        return requested.id

    def _pulse(self, claim: Claim) -> AbstractContextManager[None]:
        self.pulsed.append(claim)
        return nullcontext()
