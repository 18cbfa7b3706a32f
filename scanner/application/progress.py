"""Progress of a scan, written rarely enough to cost nothing."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Final

from scanner.application.records import Claim
from scanner.application.stores import ScanLeases
from scanner.domain.errors import LeaseLostError, UserError

INTERVAL: Final = 0.5  # seconds between two writes of one phase


def silent(phase: str, done: int, total: int) -> None:
    """Nobody waits for this work."""


class ProgressNotes:
    """Called with phase, done and total, as often as the worker likes."""

    def __init__(
        self,
        leases: ScanLeases,
        claim: Claim,
        longest: float,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._leases = leases
        self._claim = claim
        self._clock = clock
        self._phase = ""
        self._written = 0.0
        self._end = clock() + longest

    def __call__(self, phase: str, done: int, total: int) -> None:
        """Note it, or skip it when the last note of this phase is young.

        Raises LeaseLostError when another worker took over, and UserError "scan.too-long" when
        the scan has used its time.
        """
        now = self._clock()
        if now > self._end:
            raise UserError(
                "scan.too-long",
                "The scan took longer than a scan may take.",
                "Exclude generated or vendored folders in pyproject.toml, or give the worker"
                " more processes.",
            )
        if phase == self._phase and now - self._written < INTERVAL:
            return
        self._phase, self._written = phase, now
        if not self._leases.note(self._claim, phase, done, total):
            raise LeaseLostError(f"scan {self._claim.scan_id} belongs to another attempt")
