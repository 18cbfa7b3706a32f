"""Run one queued scan, from the claim of its lease to the verdict in the database."""

from __future__ import annotations

import hashlib
import logging
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from scanner.application.accepting import AcceptanceStore
from scanner.application.assess_tree import DECLARATION, SUFFIXES, assess_tree
from scanner.application.attempts import Attempts
from scanner.application.continuity import may_have_moved, moved_acceptances, surroundings
from scanner.application.hotspots import churn_of
from scanner.application.ports import (
    Ancestry,
    BlobSource,
    FactsCache,
    FactsReader,
    Progress,
    Recent,
)
from scanner.application.progress import ProgressNotes
from scanner.application.recollections import Recollections, RememberedFacts, recollection
from scanner.application.records import Claim, RepositoryRecord, Verdict
from scanner.application.rubrics import Rubrics
from scanner.application.stores import (
    Clock,
    Pulse,
    RepositoryStore,
    ScanLeases,
    ScanQueue,
    VerdictStore,
    Wake,
)
from scanner.domain.errors import UserError
from scanner.domain.revisions import Revision, Tree
from scanner.rules.layering.architecture import architecture

logger = logging.getLogger(__name__)

NO_MODULE = UserError(
    "scan.no-module",
    "There is no Python module to score on this branch.",
    "Choose the branch that holds the code; tests, docs and generated files are not scored.",
)


@dataclass(frozen=True, slots=True)
class OpenedRevision:
    """The files of the revision to judge. A plain folder has no revision in its tree."""

    tree: Tree
    blobs: BlobSource
    cache: FactsCache
    ancestry: Ancestry | None = None  # None for a plain folder
    recent: Recent | None = None


class Revisions(Protocol):
    """Brings the newest revision of a registered repository onto this machine."""

    def open(
        self, repository: RepositoryRecord, report: Progress
    ) -> AbstractContextManager[OpenedRevision]:
        """The opened revision. Raises UserError with a cause and a next step."""
        ...

    def forget(self, repository_id: int) -> None:
        """Remove what this machine keeps of a repository."""
        ...


@dataclass(frozen=True, slots=True)
class ScanStores:
    """Where a scan is read from and written to."""

    repositories: RepositoryStore
    queue: ScanQueue
    leases: ScanLeases
    verdicts: VerdictStore
    acceptances: AcceptanceStore
    rubrics: Rubrics


@dataclass(frozen=True, slots=True)
class ScanTimes:
    """How long a worker may be silent, and how long one scan may take."""

    lease: timedelta = timedelta(seconds=30)
    longest: timedelta = timedelta(minutes=50)


@dataclass(frozen=True, slots=True)
class ScanEngine:
    """What turns files into a verdict."""

    revisions: Revisions
    reader: FactsReader
    recollections: Recollections = field(default_factory=Recollections)


class Scanning:
    """The use case behind the Celery task."""

    def __init__(
        self, stores: ScanStores, engine: ScanEngine, pulse: Pulse, wake: Wake, clock: Clock,
        times: ScanTimes,
    ) -> None:  # fmt: skip
        self._stores = stores
        self._engine = engine
        self._attempts = Attempts(stores.leases, stores.queue, pulse, wake)
        self._clock = clock
        self._times = times

    def run(self, scan_id: int) -> None:
        """Claim the scan and bring it to an end; do nothing when it is not to be had."""
        claim = self._stores.leases.claim(scan_id, self._times.lease)
        if claim is None:
            logger.info("the scan is not waiting, or its repository is being scanned")
            return
        logger.info("scan started, attempt %d", claim.attempt)
        self._attempts.run(claim, self._scan, self._forget_if_gone)

    def _scan(self, claim: Claim) -> None:
        repository = self._stores.repositories.get(claim.repository_id)
        rubric = self._stores.rubrics.of(repository.id)
        self._stores.rubrics.keep(rubric)
        report = ProgressNotes(self._stores.leases, claim, self._times.longest.total_seconds())
        accepted = self._stores.acceptances.standing(repository.id, self._clock())
        engine = self._engine.reader.engine()
        last = self._engine.recollections.take(repository.id, engine)
        with self._engine.revisions.open(repository, report) as opened:
            assessed = assess_tree(
                opened.tree,
                opened.blobs,
                self._engine.reader,
                rubric,
                report=report,
                cache=RememberedFacts(opened.cache, last.facts),
                accepted=accepted,
                before=self._stores.rubrics.before(repository.id, rubric),
                last=last.judgement,
            )
            if assessed.is_empty:
                raise NO_MODULE
            latest = self._stores.verdicts.latest(repository.id)
            changes = churn_of(opened.tree, opened.recent)
            around = surroundings(latest, opened.tree, opened.ancestry, assessed.facts)
        found = assessed.assessment.findings
        if may_have_moved(accepted, found, around):
            known = self._stores.verdicts.open_traces(repository.id)
            moved = moved_acceptances(accepted, known, found, around)
            assessed = assessed.accepting(moved) if moved != accepted else assessed
        report("save", 0, 1)
        verdict = Verdict(
            revision=opened.tree.revision or self._folder(opened.tree),
            engine=engine,
            assessment=assessed.assessment,
            blobs={entry.path: entry.blob for entry in opened.tree.entries},
            parsed=assessed.parsed,
            architecture=architecture(assessed.judgement.survey),
            around=around,
            before=assessed.before,
            churn=changes,
        )
        self._stores.verdicts.save(claim, verdict)
        self._engine.recollections.keep(
            repository.id, engine, recollection(assessed, verdict.blobs)
        )
        logger.info("scan done: %d parsed, score %.2f", assessed.parsed, assessed.assessment.score)

    def _folder(self, tree: Tree) -> Revision:
        return Revision(folder_digest(tree), self._clock(), "", "", "")

    def _forget_if_gone(self, claim: Claim) -> None:
        """A repository that was deleted meanwhile leaves no mirror behind on this machine."""
        try:
            self._stores.repositories.get(claim.repository_id)
        except UserError:
            self._engine.revisions.forget(claim.repository_id)


def folder_digest(tree: Tree) -> str:
    """A plain folder is named by its files: by content what is judged, by path the rest."""
    digest = hashlib.sha256()
    for entry in tree.entries:
        content = entry.blob if entry.path.endswith((*SUFFIXES, DECLARATION)) else ""
        digest.update(f"{entry.path}\0{content}\0".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()[:40]
