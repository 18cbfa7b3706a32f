"""The backfill use case with everything real but the sandbox: real git, real stores."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.utils import timezone

from scanner.application.assess_tree import assess_tree
from scanner.application.backfilling import BackfillEngine, Backfilling, BackfillStores
from scanner.application.forced_pushes import ForcedPushes
from scanner.application.past import OpenedPast
from scanner.application.past_costs import CostStores, PastCosts
from scanner.application.pasts import Backfills, PastChunk
from scanner.application.ports import Progress
from scanner.application.records import Claim, RepositoryRecord
from scanner.application.rubrics import Rubrics
from scanner.application.scanning import (
    OpenedRevision,
    ScanEngine,
    Scanning,
    ScanStores,
    ScanTimes,
)
from scanner.bootstrap.environment import atomic
from scanner.domain.findings import Assessment
from scanner.domain.rubric import DEFAULT, Rubric
from scanner.git.history import GitHistory
from scanner.git.objects import GitObjects
from scanner.storage.acceptances import Acceptances
from scanner.storage.pasts import BackfillRows, BackfillRuns, PastPoints
from scanner.storage.repositories import Repositories
from scanner.storage.rubrics import RubricVersions
from scanner.storage.scans import Leases, Queue
from scanner.storage.verdicts import Verdicts
from tests.scanner.hands import Bell
from tests.scanner.workbench import MemoryCache, PlainReader
from tests.services.repositories import RepositoryBuilder

FIRST = datetime(2024, 1, 1, 9, tzinfo=UTC)  # a Monday


class Clone:
    """Implements Revisions and Pasts for a repository on disk."""

    def __init__(self, builder: RepositoryBuilder) -> None:
        self.builder = builder
        self.cache = MemoryCache()
        self.objects = GitObjects(builder.path, 1_000)

    @contextmanager
    def open(self, repository: RepositoryRecord, report: Progress) -> Iterator[OpenedRevision]:
        tree = self.objects.tree(self.objects.revision("HEAD").commit)
        yield OpenedRevision(tree, self.objects.blobs(), self.cache)

    @contextmanager
    def past(
        self, repository: RepositoryRecord, commit: str, report: Progress, *, fetch: bool = True
    ) -> Iterator[OpenedPast]:
        report("fetch", 0, 0)
        history, blobs = GitHistory(self.builder.path), self.objects.blobs()
        yield OpenedPast("shop", "shop", commit, history, blobs, self.cache)

    def forget(self, repository_id: int) -> None:
        raise NotImplementedError("nothing is forgotten here")


class HookedPoints(PastPoints):
    """Calls a test before each chunk that is stored."""

    def __init__(self) -> None:
        super().__init__(timezone.now)
        self.before: Callable[[int], object] = lambda chunks: None
        self.chunks: list[list[str]] = []

    def save(self, claim: Claim, engine: str, chunk: PastChunk) -> None:
        self.before(len(self.chunks))
        super().save(claim, engine, chunk)
        self.chunks.append([point.revision.commit for point in chunk.points if not point.is_empty])


class PastBench:
    """A worker that scans and backfills one repository in chunks of three points."""

    def __init__(self, folder: Path) -> None:
        self.builder = RepositoryBuilder(folder / "shop.git", bare=True)
        self.clone = Clone(self.builder)
        self.reader = PlainReader()
        self.bell = Bell()
        self.points = HookedPoints()
        self._weeks = 0
        leases, rubrics, times = Leases(timezone.now), Rubrics(RubricVersions()), ScanTimes()
        verdicts, self.runs = Verdicts(timezone.now), BackfillRuns(timezone.now)
        scans = ScanStores(Repositories(), Queue(), leases, verdicts, Acceptances(), rubrics)
        stores = BackfillStores(
            Repositories(), Queue(), leases, verdicts, self.points, self.runs, rubrics
        )
        self.scanning = Scanning(
            scans, ScanEngine(self.clone, self.reader), _pulse, self.bell, timezone.now, times
        )
        engine = BackfillEngine(self.clone, self.reader)
        self.backfilling = Backfilling(stores, engine, _pulse, self.bell, times, chunk=3)
        rows = BackfillRows(timezone.now)
        forced = ForcedPushes(Repositories(), rows, PastPoints(timezone.now), self.clone)
        self.requests = Backfills(Repositories(), Queue(), rows, atomic, self.bell, forced.settle)
        known = CostStores(Repositories(), verdicts, self.points, rubrics)
        self.costs = PastCosts(known, self.clone, self.reader.engine, 2)

    def commit(self, files: Mapping[str, str | None], *, days: int = 7) -> str:
        """A commit so many days after the one before."""
        when = FIRST + timedelta(days=self._weeks)
        self._weeks += days
        return self.builder.commit(files, when=when)

    def scan(self, repository_id: int) -> int:
        """Scan the head; the id of the scan."""
        asked = Queue().add(repository_id, "requested")
        self.scanning.run(asked.id)
        return asked.id

    def from_scratch(self, commit: str, rubric: Rubric = DEFAULT) -> Assessment:
        """What a scan says of a commit."""
        objects = self.clone.objects
        tree, blobs = objects.tree(commit), objects.blobs()
        return assess_tree(tree, blobs, self.reader, rubric, report=_silent).assessment


def _silent(phase: str, done: int, total: int) -> None:
    """Nobody listens."""


def _pulse(claim: Claim) -> AbstractContextManager[None]:
    return nullcontext()
