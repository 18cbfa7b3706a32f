"""What happens every twenty seconds, on one machine or several at once.

Each step is one compare-and-set a row, so two ticks at the same moment do no harm: due schedules
become queued scans, silent workers lose their leases, and lost messages are sent again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from scanner.application.accepting import AcceptanceStore
from scanner.application.attempts import ATTEMPTS
from scanner.application.records import KINDS, Claim, Failure, RepositoryRecord
from scanner.application.stores import (
    Atomic,
    BeatStore,
    Clock,
    ScanLeases,
    ScanQueue,
    ScheduleStore,
    Wake,
)
from scanner.domain.errors import UserError
from scanner.domain.schedule import next_run

UNHEARD_AFTER: Final = timedelta(seconds=60)
logger = logging.getLogger(__name__)

WORKER_DIED: Final = Failure(
    "scan.worker-died",
    "The worker died three times while it scanned this repository.",
    "Ask the operator whether the worker runs out of memory, and look for this scan in its log.",
)


@dataclass(frozen=True, slots=True)
class ClockworkStores:
    """Where a tick reads and writes."""

    beats: BeatStore
    schedules: ScheduleStore
    leases: ScanLeases
    queue: ScanQueue
    acceptances: AcceptanceStore
    atomic: Atomic


class Clockwork:
    """The use case behind the tick."""

    def __init__(
        self,
        stores: ClockworkStores,
        wake: Wake,
        messages: Callable[[], int],
        clock: Clock,
        lease: timedelta,
    ) -> None:
        self._stores = stores
        self._wake = wake
        self._messages = messages
        self._clock = clock
        self._lease = lease

    def tick(self) -> None:
        """Do what is due. A broker that is away only delays the last step."""
        now = self._clock()
        before = self._stores.beats.tick(now)
        if before is not None and before > now:
            self._after_setback(now)
        for repository in self._stores.schedules.due(now):
            self._start(repository, now)
        self._lapse(now)
        for claim in self._stores.leases.expired(now):
            self._reap(claim)
        self._send_again(now)

    def _after_setback(self, now: datetime) -> None:
        """The clock was set back: nothing may lie further away than it would from here."""
        self._stores.leases.shorten(now + self._lease)
        for repository in self._stores.schedules.scheduled():
            following = self._next_run(repository, now)
            if following and repository.next_run_at and repository.next_run_at > following:
                self._stores.schedules.move(repository, following)

    def _start(self, repository: RepositoryRecord, now: datetime) -> None:
        """One scan for the run that is due, and for all that were missed with it."""
        with self._stores.atomic():
            following = self._next_run(repository, now)
            moved = self._stores.schedules.move(repository, following)
            if moved and repository.next_run_at is not None:
                scan = self._stores.queue.add(repository.id, "scheduled")
                if scan.is_new:
                    self._wake(scan.id)

    def _lapse(self, now: datetime) -> None:
        """What was accepted for a time costs again when that is over: judge it anew."""
        with self._stores.atomic():
            for repository_id in self._stores.acceptances.lapse(now):
                scan = self._stores.queue.add(repository_id, "scheduled")
                if scan.is_new:
                    self._wake(scan.id)

    def _next_run(self, repository: RepositoryRecord, now: datetime) -> datetime | None:
        if repository.schedule is None:
            return None
        try:
            return next_run(repository.schedule, repository.id, now)
        except UserError as error:
            logger.error("the schedule of repository %d is off: %s", repository.id, error.code)
            return None

    def _reap(self, claim: Claim) -> None:
        leases = self._stores.leases
        if claim.tries >= ATTEMPTS:
            settled = leases.fail(claim, WORKER_DIED)
        else:
            settled = leases.requeue(claim)
        if settled:
            logger.warning("scan %d lost its worker in attempt %d", claim.scan_id, claim.attempt)
            for kind in KINDS:
                waiting = self._stores.queue.next_of(claim.repository_id, kind)
                if waiting is not None:
                    self._wake(waiting)

    def _send_again(self, now: datetime) -> None:
        """Where the broker holds fewer messages than scans wait for one, some were lost."""
        unheard = self._stores.queue.unheard(now, UNHEARD_AFTER)
        if not unheard or self._messages() >= len(unheard):
            return
        logger.warning("messages to workers were lost and are sent again: %d", len(unheard))
        for scan_id in unheard:
            self._wake(scan_id)
