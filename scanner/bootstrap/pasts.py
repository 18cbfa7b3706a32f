"""The use cases of backfills, and what a worker does with whatever is queued."""

from __future__ import annotations

from scanner.analysis.reader import SandboxedReader
from scanner.application.backfilling import BackfillEngine, Backfilling, BackfillStores
from scanner.application.forced_pushes import ForcedPushes
from scanner.application.past_costs import CostStores, PastCosts
from scanner.application.pasts import Backfills
from scanner.application.rubrics import Rubrics
from scanner.bootstrap.comparisons import comparisons
from scanner.bootstrap.disk import settle
from scanner.bootstrap.environment import atomic, configuration
from scanner.bootstrap.revisions import RegisteredRevisions
from scanner.bootstrap.secrets import vault
from scanner.bootstrap.working import scan_times, scanning
from scanner.storage.clock import database_clock
from scanner.storage.pasts import BackfillRows, BackfillRuns, PastPoints
from scanner.storage.pulse import pulse
from scanner.storage.repositories import Credentials, Repositories
from scanner.storage.rubrics import RubricVersions
from scanner.storage.scans import Leases, Queue
from scanner.storage.verdicts import Verdicts
from scanner.waking import wake


def backfills() -> Backfills:
    """Queues and cancels backfills."""
    rows, revisions = BackfillRows(database_clock), _revisions()
    forced = ForcedPushes(Repositories(), rows, PastPoints(database_clock), revisions)
    return Backfills(Repositories(), Queue(), rows, atomic, wake, forced.settle)


def past_costs() -> PastCosts:
    """Tells what it would take to read a past."""
    settings = configuration()
    stores = CostStores(
        Repositories(),
        Verdicts(database_clock),
        PastPoints(database_clock),
        Rubrics(RubricVersions()),
    )
    return PastCosts(stores, _revisions(), SandboxedReader(settings).engine, settings.children)


def _revisions() -> RegisteredRevisions:
    settings = configuration()
    return RegisteredRevisions(settings, SandboxedReader(settings), Credentials(), vault())


def backfilling() -> Backfilling:
    """Goes on with one queued backfill."""
    settings, times = configuration(), scan_times()
    leases = Leases(database_clock)
    stores = BackfillStores(
        Repositories(),
        Queue(),
        leases,
        Verdicts(database_clock),
        PastPoints(database_clock),
        BackfillRuns(database_clock),
        Rubrics(RubricVersions()),
    )
    reader = SandboxedReader(settings)
    revisions = RegisteredRevisions(settings, reader, Credentials(), vault())
    engine = BackfillEngine(revisions, reader)
    return Backfilling(stores, engine, pulse(leases, times.lease), wake, times)


def work(scan_id: int) -> None:
    """Do what is queued; a scan is followed by its past, and by what moved the score."""
    kind, repository_id = Queue().work_of(scan_id)
    if kind == "backfill":
        backfilling().run(scan_id)
    else:
        scanning().run(scan_id)
        backfills().follow(scan_id)
        comparisons().follow(repository_id)
    if repository_id:
        settle(repository_id)
