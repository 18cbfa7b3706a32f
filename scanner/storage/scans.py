"""The stores of scans: who waits, and who works on what.

Every change of state is one conditional UPDATE. An attempt number is used once, so a worker that
was given up can never write again.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import Error, IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from scanner.application.records import Claim, Failure, RequestedScan, ScanKind, Trigger
from scanner.application.stores import Clock
from scanner.storage.connections import drop_connection, fresh_connection
from scanner.storage.models import Scan
from scanner.storage.texts import clean

SENDING = timedelta(seconds=10)  # a row younger than this may be on its way to the broker
SUPERSEDED = Failure(
    "scan.superseded",
    "The scan was interrupted while a newer one of this repository waited already.",
    "Look at the newer scan.",
)
logger = logging.getLogger(__name__)


class Queue:
    """Implements ScanQueue."""

    def add(self, repository_id: int, trigger: Trigger, kind: ScanKind = "scan") -> RequestedScan:
        """The queued scan of this repository and kind, made if there is none."""
        queued = Scan.objects.filter(repository_id=repository_id, kind=kind, status="queued")
        while True:
            waiting = queued.values_list("pk", flat=True).first()
            if waiting is not None:
                return RequestedScan(waiting, is_new=False)
            try:
                with transaction.atomic():
                    made = Scan.objects.create(
                        repository_id=repository_id, kind=kind, trigger=trigger
                    )
                return RequestedScan(made.pk, is_new=True)
            except IntegrityError:
                if not queued.exists():
                    raise

    def work_of(self, scan_id: int) -> tuple[str, int]:
        """The kind of work and the repository; "" and 0 when it is gone."""
        return Scan.objects.filter(pk=scan_id).values_list("kind", "repository").first() or ("", 0)

    def is_over(self, scan_id: int) -> bool:
        """Whether it neither waits nor runs."""
        live = Scan.objects.filter(pk=scan_id, status__in=("queued", "running"))
        return not live.exists()

    def next_of(self, repository_id: int, kind: ScanKind = "scan") -> int | None:
        """The scan of this repository that waits and could start now."""
        found = startable().filter(repository_id=repository_id, kind=kind)
        return found.values_list("pk", flat=True).first()

    def unheard(self, now: datetime, after: timedelta) -> Sequence[int]:
        """The scans that could start now and whose message is older than this, or was not sent."""
        silent = (
            Q(sent_at__lt=now - after)
            | Q(sent_at__gt=now)
            | Q(sent_at=None, created_at__lt=now - SENDING)
            | Q(sent_at=None, created_at__gt=now)
        )
        return list(startable().filter(silent).order_by("pk").values_list("pk", flat=True))

    def sent(self, scan_id: int, now: datetime) -> None:
        """Note that a message for this scan is with the broker."""
        Scan.objects.filter(pk=scan_id, status="queued").update(sent_at=now)


class Leases:
    """Implements ScanLeases."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def claim(self, scan_id: int, lease: timedelta) -> Claim | None:
        """Start an attempt, unless the scan does not wait or its repository is being scanned."""
        now = self._clock()
        try:
            with transaction.atomic():
                claimed = (
                    startable()
                    .filter(pk=scan_id)
                    .update(
                        status="running",
                        attempt=F("attempt") + 1,
                        lease_until=now + lease,
                        heartbeat_at=now,
                        started_at=Coalesce("started_at", now),
                        phase="",
                        done=0,
                        total=0,
                    )
                )
                if not claimed:
                    return None
                row = Scan.objects.get(pk=scan_id)
        except IntegrityError:  # another scan of the repository started in this very moment
            return None
        return Claim(row.pk, row.repository_id, row.attempt, row.excused)

    def extend(self, claim: Claim, lease: timedelta) -> bool:
        """Whether the claim still holds, with a new end of its lease."""
        now = self._clock()
        return held(claim).update(lease_until=now + lease, heartbeat_at=now) == 1

    def note(self, claim: Claim, phase: str, done: int, total: int) -> bool:
        """Show progress. False when the claim holds no longer; an outage is no error here."""
        try:
            return held(claim).update(phase=phase, done=done, total=total) == 1
        except Error:
            logger.warning("progress could not be stored", exc_info=True)
            drop_connection()
            return True

    def fail(self, claim: Claim, failure: Failure) -> bool:
        """End the scan without a verdict. False when the claim holds no longer."""
        fresh_connection()
        return held(claim).update(**ended(failure, self._clock())) == 1

    def requeue(self, claim: Claim) -> bool:
        """Let the scan wait again. False when the claim holds no longer.

        Where a newer scan of the repository waits already, this one ends in its favour.
        """
        fresh_connection()
        try:
            with transaction.atomic():
                return held(claim).update(status="queued", lease_until=None, sent_at=None) == 1
        except IntegrityError:
            return self.fail(claim, SUPERSEDED)

    def expired(self, now: datetime) -> Sequence[Claim]:
        """The claims whose lease has run out."""
        rows = Scan.objects.filter(status="running", lease_until__lt=now).order_by("pk")
        columns = ("pk", "repository_id", "attempt", "excused")
        return [Claim(*row) for row in rows.values_list(*columns)]

    def shorten(self, longest: datetime) -> None:
        """Let no lease end after this time, because the clock was set back."""
        Scan.objects.filter(status="running", lease_until__gt=longest).update(lease_until=longest)


def held(claim: Claim) -> QuerySet[Scan]:
    """The scan of a claim, while the claim holds."""
    return Scan.objects.filter(pk=claim.scan_id, attempt=claim.attempt, status="running")


def startable() -> QuerySet[Scan]:
    """The queued scans that no running one of their repository and kind holds back."""
    same = Scan.objects.filter(
        repository=OuterRef("repository"), kind=OuterRef("kind"), status="running"
    )
    return Scan.objects.filter(~Exists(same), status="queued")


def ended(failure: Failure, now: datetime) -> dict[str, object]:
    """The values of a scan that ends without a verdict."""
    return {
        "status": "failed",
        "finished_at": now,
        "lease_until": None,
        "error_code": clean(failure.code, 60),
        "error_message": clean(failure.message),
        "error_next_step": clean(failure.next_step),
        "error_detail": clean(failure.detail),
    }
