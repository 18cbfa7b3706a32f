"""One attempt at a queued scan, whatever it does, and the ways in which it ends.

The user can mend what is wrong (the scan fails with a cause and a next step), the code or the
machine is at fault (logged, tried again, at last failed), another worker took over (what was found
is void), or the process is told to end (the scan waits again).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final

from scanner.application.records import KINDS, Claim, Failure
from scanner.application.stores import Pulse, ScanLeases, ScanQueue, Wake
from scanner.domain.errors import LeaseLostError, UserError

ATTEMPTS: Final = 3
logger = logging.getLogger(__name__)

FAULT: Final = Failure(
    "scan.fault",
    "The scan broke off three times for a reason that is not the repository's.",
    "Ask the operator to look for this scan in the worker's log.",
)


class Attempts:
    """Runs the work of a claim under its pulse, and sees to its end."""

    def __init__(self, leases: ScanLeases, queue: ScanQueue, pulse: Pulse, wake: Wake) -> None:
        self._leases = leases
        self._queue = queue
        self._pulse = pulse
        self._wake = wake

    def run(
        self, claim: Claim, work: Callable[[Claim], object], lost: Callable[[Claim], object]
    ) -> None:
        """Do the work; `lost` is called when another worker took over meanwhile."""
        try:
            with self._pulse(claim):
                work(claim)
        except LeaseLostError:
            logger.warning("another worker took over; what this one found is void")
            lost(claim)
        except UserError as error:
            logger.warning("scan failed: %s %s", error.code, error.detail or error.message)
            self._leases.fail(claim, failure_of(error))
        except Exception:
            logger.exception("scan broke off in attempt %d", claim.attempt)
            self._again(claim)
        except BaseException:
            logger.warning("scan interrupted; it waits for another worker")
            self._leases.requeue(claim)
            raise
        self._wake_next(claim.repository_id)

    def _again(self, claim: Claim) -> None:
        if claim.tries >= ATTEMPTS:
            self._leases.fail(claim, FAULT)
        else:
            self._leases.requeue(claim)

    def _wake_next(self, repository_id: int) -> None:
        for kind in KINDS:
            waiting = self._queue.next_of(repository_id, kind)
            if waiting is not None:
                self._wake(waiting)


def failure_of(error: UserError) -> Failure:
    """The error as it is stored with the scan."""
    return Failure(error.code, error.message, error.next_step, error.detail)
