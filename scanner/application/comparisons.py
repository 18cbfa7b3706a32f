"""Any two points of a registered repository side by side: asked on a page, judged by a worker.

A comparison is a row. It is judged once and stays what it is as long as both verdicts do; a worker
that dies is followed by another one as soon as somebody looks at the page again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Final, Protocol

from scanner.application.attempts import failure_of
from scanner.application.comparing import OpenedPair, Side, compare_sides
from scanner.application.comparison_record import ComparisonRecord
from scanner.application.ports import FactsReader, Progress
from scanner.application.records import Failure, RepositoryRecord
from scanner.application.rubrics import Rubrics
from scanner.application.stores import RepositoryStore
from scanner.domain.errors import UserError
from scanner.domain.rubric import Rubric

LEASE: Final = timedelta(minutes=15)
UNHEARD_AFTER: Final = timedelta(seconds=20)
TOLD_EVERY: Final = 0.4  # seconds
logger = logging.getLogger(__name__)

FAULT: Final = Failure(
    "compare.fault",
    "The comparison broke off for a reason that is not the repository's.",
    "Try it again, or ask the operator to look for it in the worker's log.",
)


@dataclass(frozen=True, slots=True)
class AskedPoint:
    """A point as somebody chose it: a verdict by its number, or a commit by its first digits."""

    commit: str
    snapshot: int | None = None


@dataclass(frozen=True, slots=True)
class JudgedPoint:
    """A verdict as it stands."""

    commit: str
    rubric: str
    engine: str
    score: float
    judged_at: datetime
    backfilled: bool  # acceptances of the team play no part in it


@dataclass(frozen=True, slots=True)
class Job:
    """A comparison that a worker has taken."""

    id: int
    repository_id: int
    before: AskedPoint
    after: AskedPoint


class ComparisonStore(Protocol):
    """The comparisons, and the verdicts that they are of."""

    def ask(self, repository_id: int, before: AskedPoint, after: AskedPoint) -> int:
        """The number of this comparison, made if there is none."""
        ...

    def unheard(self, comparison_id: int, after: timedelta) -> bool:
        """Note that a worker is told, where it waits and none was told for so long."""
        ...

    def claim(self, comparison_id: int, lease: timedelta) -> Job | None:
        """The right to judge it, unless somebody does or did."""
        ...

    def last_step(self, repository_id: int) -> tuple[AskedPoint, AskedPoint] | None:
        """The last scan's verdict and the one before it; None without, or where it is told."""
        ...

    def judged(self, point: AskedPoint) -> JudgedPoint | None:
        """The verdict of a point; None where it has none."""
        ...

    def note(self, comparison_id: int, phase: str, done: int, total: int) -> None:
        """Show progress."""
        ...

    def keep(self, comparison_id: int, record: ComparisonRecord) -> None:
        """Store the answer."""
        ...

    def fail(self, comparison_id: int, failure: Failure) -> None:
        """There is no answer."""
        ...

    def release(self, comparison_id: int, *, failed: bool = False) -> None:
        """Let it wait again; with `failed`, one that has no answer."""
        ...


class PastAcceptances(Protocol):
    """What a team accepted, also in the past."""

    def standing_at(self, repository_id: int, when: datetime) -> Mapping[str, str]:
        """Reason by fingerprint, as the findings are named now, of all that counted then."""
        ...


class RegisteredPairs(Protocol):
    """Opens two commits of a registered repository."""

    def pair(
        self, repository: RepositoryRecord, before: str, after: str, report: Progress
    ) -> AbstractContextManager[OpenedPair]:
        """Both, fetched where this machine does not hold them. Raises UserError."""
        ...


@dataclass(frozen=True, slots=True)
class ComparisonStores:
    """Where comparisons are read from and written to."""

    repositories: RepositoryStore
    comparisons: ComparisonStore
    acceptances: PastAcceptances
    rubrics: Rubrics


class Comparisons:
    """The use case behind the Compare page."""

    def __init__(
        self,
        stores: ComparisonStores,
        pairs: RegisteredPairs,
        reader: FactsReader,
        wake: Callable[[int], None],
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._stores = stores
        self._pairs = pairs
        self._reader = reader
        self._wake = wake
        self._clock = clock

    def ask(self, repository_id: int, before: AskedPoint, after: AskedPoint) -> int:
        """The number of the comparison; a worker is told where nobody works on it."""
        comparison_id = self._stores.comparisons.ask(repository_id, before, after)
        self.remind(comparison_id)
        return comparison_id

    def follow(self, repository_id: int) -> int | None:
        """After a scan: what moved the score since the one before; None where nothing is to tell.

        So the page of the repository knows it before somebody looks.
        """
        step = self._stores.comparisons.last_step(repository_id)
        return self.ask(repository_id, *step) if step else None

    def again(self, repository_id: int, before: AskedPoint, after: AskedPoint) -> int:
        """The same, where it failed before."""
        comparison_id = self._stores.comparisons.ask(repository_id, before, after)
        self._stores.comparisons.release(comparison_id, failed=True)
        self.remind(comparison_id)
        return comparison_id

    def remind(self, comparison_id: int) -> None:
        """Tell a worker of a comparison that waits, if none was told lately."""
        if self._stores.comparisons.unheard(comparison_id, UNHEARD_AFTER):
            self._wake(comparison_id)

    def run(self, comparison_id: int) -> None:
        """Judge it; do nothing when it is not to be had."""
        store = self._stores.comparisons
        job = store.claim(comparison_id, LEASE)
        if job is None:
            logger.info("the comparison is not waiting")
            return
        try:
            store.keep(job.id, self._compare(job))
        except UserError as error:
            logger.warning("no comparison: %s %s", error.code, error.detail or error.message)
            store.fail(job.id, failure_of(error))
        except Exception:
            logger.exception("the comparison broke off")
            store.fail(job.id, FAULT)
        except BaseException:
            store.release(job.id)
            raise

    def _compare(self, job: Job) -> ComparisonRecord:
        repository = self._stores.repositories.get(job.repository_id)
        rubric = self._stores.rubrics.of(repository.id)
        report = self._notes(job.id)
        commits = job.before.commit, job.after.commit
        with self._pairs.pair(repository, *commits, report) as pair:
            before = self._side(repository.id, job.before, rubric)
            after = self._side(repository.id, job.after, rubric)
            return compare_sides(pair, before, after, self._reader, report)

    def _side(self, repository_id: int, point: AskedPoint, rubric: Rubric) -> Side:
        """How a point was judged; one that never was is judged as the past is, by what holds now.

        The values of an old rubric may be lost; then the one that holds judges, and what that does
        to the score is told as the work of the rubric.
        """
        verdict = self._stores.comparisons.judged(point)
        if verdict is None:
            return Side(rubric)
        accepted: Mapping[str, str] = {}
        if not verdict.backfilled:
            when = verdict.judged_at
            accepted = self._stores.acceptances.standing_at(repository_id, when)
        judged_by = self._stores.rubrics.known(verdict.rubric) or rubric
        return Side(judged_by, accepted, verdict.score, verdict.engine)

    def _notes(self, comparison_id: int) -> Progress:
        """Progress, written not more often than somebody looks."""
        told = [self._clock()]

        def note(phase: str, done: int, total: int) -> None:
            now = self._clock()
            if now - told[0] >= TOLD_EVERY:
                told[0] = now
                self._stores.comparisons.note(comparison_id, phase, done, total)

        return note
