"""The use cases of workers: the scan and the tick."""

from __future__ import annotations

from datetime import timedelta

from scanner.analysis.reader import SandboxedReader
from scanner.application.clockwork import Clockwork, ClockworkStores
from scanner.application.portfolio import PortfolioUpkeep
from scanner.application.rubrics import Rubrics
from scanner.application.scanning import ScanEngine, Scanning, ScanStores, ScanTimes
from scanner.application.thinning import Thinning
from scanner.application.upgrading import Upgrading
from scanner.bootstrap.environment import atomic, configuration
from scanner.bootstrap.remembering import RECOLLECTIONS
from scanner.bootstrap.revisions import RegisteredRevisions
from scanner.bootstrap.secrets import vault
from scanner.storage.acceptances import Acceptances
from scanner.storage.beats import Beats
from scanner.storage.clock import database_clock
from scanner.storage.entries import Entries
from scanner.storage.pulse import pulse
from scanner.storage.repositories import Credentials, Repositories, Schedules
from scanner.storage.rubrics import RubricVersions
from scanner.storage.scans import Leases, Queue
from scanner.storage.thinning import StoredPoints
from scanner.storage.upgrades import Upgrades
from scanner.storage.verdicts import Verdicts
from scanner.waking import messages, wake


def scanning() -> Scanning:
    """Runs one queued scan."""
    settings, times = configuration(), scan_times()
    leases = Leases(database_clock)
    stores = ScanStores(
        Repositories(),
        Queue(),
        leases,
        Verdicts(database_clock),
        Acceptances(),
        Rubrics(RubricVersions()),
    )
    reader = SandboxedReader(settings)
    revisions = RegisteredRevisions(settings, reader, Credentials(), vault())
    engine = ScanEngine(revisions, reader, RECOLLECTIONS)
    return Scanning(stores, engine, pulse(leases, times.lease), wake, database_clock, times)


def clockwork() -> Clockwork:
    """What runs at each tick."""
    leases = Leases(database_clock)
    stores = ClockworkStores(Beats(), Schedules(), leases, Queue(), Acceptances(), atomic)
    return Clockwork(stores, wake, messages, database_clock, scan_times().lease)


def thinning() -> Thinning:
    """Thins out old points of trends."""
    return Thinning(StoredPoints(), database_clock, configuration().keep_all)


def portfolio_upkeep() -> PortfolioUpkeep:
    """Keeps what the portfolio says, as the weeks go on."""
    return PortfolioUpkeep(Entries(), database_clock)


def upgrading() -> Upgrading:
    """Judges again what engines of before judged."""
    engine = SandboxedReader(configuration()).engine
    return Upgrading(Upgrades(), Queue(), engine, atomic, wake)


def scan_times() -> ScanTimes:
    """How long a worker may be silent, and how long one scan may take."""
    limits = configuration().limits
    return ScanTimes(
        timedelta(seconds=limits.lease_seconds), timedelta(seconds=limits.scan_seconds)
    )
