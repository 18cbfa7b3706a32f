"""The heartbeat of a scan: a thread that extends the lease while the work goes on."""

from __future__ import annotations

import contextvars
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import Error, connection

from scanner.application.records import Claim
from scanner.application.stores import Pulse, ScanLeases

BEATS_PER_LEASE = 3
logger = logging.getLogger(__name__)


def pulse(leases: ScanLeases, lease: timedelta) -> Pulse:
    """Keeps leases of this length alive, three beats to a lease."""

    @contextmanager
    def beating(claim: Claim) -> Iterator[None]:
        ended = threading.Event()
        context = contextvars.copy_context()
        thread = threading.Thread(
            target=context.run,
            args=(_beat, leases, claim, lease, ended),
            name=f"pulse of scan {claim.scan_id}",
            daemon=True,
        )
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()

    return beating


def _beat(leases: ScanLeases, claim: Claim, lease: timedelta, ended: threading.Event) -> None:
    """Beat until the work has ended or the claim is lost; an outage is waited out."""
    try:
        while not ended.wait(lease.total_seconds() / BEATS_PER_LEASE):
            try:
                if not leases.extend(claim, lease):
                    logger.warning("the lease is lost")
                    return
            except Error:
                logger.warning("the lease could not be extended", exc_info=True)
                connection.close()
    finally:
        connection.close()
