"""Run one queued backfill: judge the past of a repository, newest points first.

One course walks back from the newest point, so that a point costs what differs from the one after
it. Points are stored in chunks, so that a kill loses one chunk at most. Points that are stored
already, by the same engine and rubric, are never judged again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from time import monotonic
from typing import Final, Protocol

from scanner.application.attempts import Attempts
from scanner.application.past import OpenedPast, Point, Walk
from scanner.application.pasts import (
    UNSCANNED,
    PastChunk,
    PastPoint,
    PastStore,
    RunStore,
    chosen,
)
from scanner.application.ports import FactsReader, Progress
from scanner.application.progress import ProgressNotes
from scanner.application.records import Claim, Failure, RepositoryRecord
from scanner.application.rubrics import Rubrics
from scanner.application.scanning import ScanTimes
from scanner.application.stores import (
    Pulse,
    RepositoryStore,
    ScanLeases,
    ScanQueue,
    VerdictStore,
    Wake,
)
from scanner.domain.ledger import Ledger
from scanner.domain.revisions import Link
from scanner.domain.rubric import Rubric
from scanner.domain.strands import Named
from scanner.witness import Difference, Witness

CHUNK: Final = 60  # points that are stored together
CHECKED_EACH: Final = 1.0  # seconds between two looks at whether others wait
SLICE: Final = timedelta(minutes=10)  # then others have their turn
Tags = Mapping[str, Sequence[str]]
"""The names of tags by commit."""

logger = logging.getLogger(__name__)

CANCELLED: Final = Failure(
    "backfill.cancelled",
    "The backfill was cancelled.",
    "The points that were stored stay. Read the past again for the rest.",
)


class Pasts(Protocol):
    """Opens the pasts of registered repositories."""

    def past(
        self, repository: RepositoryRecord, commit: str, report: Progress
    ) -> AbstractContextManager[OpenedPast]:
        """The past that ends at a commit. Raises UserError; a plain folder has none."""
        ...


@dataclass(frozen=True, slots=True)
class BackfillStores:
    """Where a backfill is read from and written to."""

    repositories: RepositoryStore
    queue: ScanQueue
    leases: ScanLeases
    verdicts: VerdictStore
    past: PastStore
    runs: RunStore
    rubrics: Rubrics


@dataclass(frozen=True, slots=True)
class BackfillEngine:
    """What turns commits into points."""

    pasts: Pasts
    reader: FactsReader


class StoppedError(Exception):
    """Someone asked for the end, or for the worker; what is stored stays."""


class Backfilling:
    """The use case behind the Celery task, for scans of the kind "backfill"."""

    def __init__(
        self, stores: BackfillStores, engine: BackfillEngine, pulse: Pulse, wake: Wake,
        times: ScanTimes, chunk: int = CHUNK,
    ) -> None:  # fmt: skip
        self._stores = stores
        self._engine = engine
        self._attempts = Attempts(stores.leases, stores.queue, pulse, wake)
        self._times = times
        self._chunk = chunk

    def run(self, scan_id: int) -> None:
        """Claim the backfill and go on with it; do nothing when it is not to be had."""
        claim = self._stores.leases.claim(scan_id, self._times.lease)
        if claim is None:
            logger.info("the backfill is not waiting, or another one of its repository runs")
            return
        logger.info("backfill started, attempt %d", claim.attempt)
        self._attempts.run(claim, self._work, lambda lost: None)

    def _work(self, claim: Claim) -> None:
        patience = Patience(self._stores.runs, claim, SLICE)
        notes = ProgressNotes(self._stores.leases, claim, self._times.longest.total_seconds())
        try:
            self._backfill(claim, Watched(notes, patience.check), patience)
        except StoppedError:
            self._stop(claim)
        else:
            self._stores.runs.end(claim)
            logger.info("backfill done")

    def _stop(self, claim: Claim) -> None:
        if self._stores.runs.asked(claim.scan_id).is_stopped:
            logger.info("backfill cancelled")
            self._stores.leases.fail(claim, CANCELLED)
        else:
            logger.info("backfill gives way")
            self._stores.runs.give_way(claim)

    def _backfill(self, claim: Claim, report: Progress, patience: Patience) -> None:
        repository = self._stores.repositories.get(claim.repository_id)
        rubric = self._stores.rubrics.of(repository.id)
        self._stores.rubrics.keep(rubric)
        latest = self._stores.verdicts.latest(repository.id)
        if latest is None:
            raise UNSCANNED
        patience.watch(latest.commit)
        engine = self._engine.reader.engine()
        self._stores.runs.begin(claim, engine, rubric.version)
        with self._engine.pasts.past(repository, latest.commit, report) as opened:
            tags, chain = opened.past.tags(), opened.past.chain(opened.head)
            places = {link.revision.commit: place for place, link in enumerate(chain)}
            wanted = self._chosen(claim, chain, tags)
            known = self._stores.past.stored(repository.id, engine, rubric.version)
            missing = [link for link in wanted if link.revision.commit not in known]
            walk = Walk(opened, self._engine.reader, rubric, witness=Witness())
            stored, total = len(wanted) - len(missing), len(wanted)
            self._stores.runs.start(claim, stored, total)
            chunk = PastChunk(self._stores.past.strand(claim, engine, rubric.version, places))
            with closing(walk.points(missing[::-1], report)) as found:
                while several := list(islice(found, self._chunk)):
                    past = [past_point(one, rubric, tags, places) for one in several]
                    chunk = chunk.then(past)
                    self._stores.past.save(claim, engine, chunk)
                    stored += len(several)
                    self._stores.runs.count(claim, stored)
                    if stored < total:
                        patience.check()
        self._stores.past.tidy(repository.id)

    def _chosen(self, claim: Claim, chain: Sequence[Link], tags: Tags) -> Sequence[Link]:
        """What was chosen of the chain, and of that time each tag and each scanned commit."""
        past, commits = self._stores.past, {link.revision.commit for link in chain}
        past.mark(claim.repository_id, commits, tags)
        choice = self._stores.runs.asked(claim.scan_id).choice
        return chosen(chain, choice, tags, past.scanned(claim.repository_id))


class Patience:
    """Knows when to stop: on request at once, for the scans of others after some work."""

    def __init__(
        self, runs: RunStore, claim: Claim, most: timedelta, clock: Callable[[], float] = monotonic
    ) -> None:
        self._runs = runs
        self._claim = claim
        self._clock = clock
        self._end = clock() + most.total_seconds()
        self._head = ""

    def check(self) -> None:
        """Raises StoppedError."""
        stopped = self._runs.asked(self._claim.scan_id).is_stopped
        if stopped or self._clock() > self._end or self._runs.scans_wait():
            raise StoppedError
        if self._head and self._runs.is_off_branch(self._claim, self._head):
            logger.info("the branch was pushed by force meanwhile")
            raise StoppedError

    def watch(self, head: str) -> None:
        """Stop when this commit leaves its branch; the chain that it ends is then another."""
        self._head = head


class Watched:
    """Progress that is told on, and after which a backfill may stop: what was parsed is kept.

    Only bytes are told; points are counted as they are stored.
    """

    def __init__(self, report: Progress, check: Callable[[], None]) -> None:
        self._report = report
        self._check = check
        self._checked = monotonic()

    def __call__(self, phase: str, done: int, total: int) -> None:
        """Note it. Raises StoppedError where little would be lost."""
        if phase == "judge":
            return
        self._report(phase, done, total)
        if 0 < done < total and monotonic() - self._checked > CHECKED_EACH:
            self._check()
            self._checked = monotonic()


def past_point(point: Point, rubric: Rubric, tags: Tags, places: Mapping[str, int]) -> PastPoint:
    """A point as it is stored, with the figures that a scan of its commit would give."""
    standing, seen = point.standing, point.seen or Difference()
    ledger = Ledger(rubric, frozenset(standing.tallies), {"": standing.tallies})
    return PastPoint(
        revision=point.link.revision,
        rubric=rubric.version,
        score=standing.score,
        strict_score=ledger.strict_score_of(ledger.totals),
        coverage=standing.coverage,
        lines=standing.lines,
        modules=standing.modules,
        principles=tuple(ledger.principle_scores({})),
        tags=tuple(tags.get(point.link.revision.commit, ())),
        place=places[point.link.revision.commit],
        came={
            name: Named(each.trace.rule, each.trace.path, each.trace.symbol)
            for name, each in seen.came.items()
        },
        went=tuple(seen.went),
        is_empty=standing.is_empty,
    )
