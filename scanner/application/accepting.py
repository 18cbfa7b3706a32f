"""Leave a finding out of the score, with a reason and perhaps an end; take that back.

An acceptance is judged at the next scan, which is asked for at once. Verdicts that stand already
are not rewritten, and the strict score never knows of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from scanner.application.records import RequestedScan
from scanner.application.requests import ScanRequests
from scanner.application.stores import Atomic, Clock
from scanner.domain.errors import UserError

REASON_CHARACTERS: Final = 500
SHORTEST_REASON: Final = 3
MOST_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class NewAcceptance:
    """What someone accepts: findings by fingerprint, for one reason."""

    repository_id: int
    fingerprints: Sequence[str]
    reason: str
    expires_at: datetime | None  # None is for good
    user_id: int


@dataclass(frozen=True, slots=True)
class Accepted:
    """How many findings it concerns, and the scan that will judge it."""

    count: int
    scan: RequestedScan


class AcceptanceStore(Protocol):
    """The acceptances of teams."""

    def standing(self, repository_id: int, now: datetime) -> Mapping[str, str]:
        """Reason by fingerprint of all that count now."""
        ...

    def add(self, new: NewAcceptance, now: datetime) -> int:
        """Store it for those of the findings that are open; how many there are.

        It takes the place of what stands of them.
        """
        ...

    def withdraw(self, repository_id: int, fingerprints: Sequence[str], now: datetime) -> int:
        """End what stands; how many there were."""
        ...

    def lapse(self, now: datetime) -> Sequence[int]:
        """End all whose time is over; the repositories they belong to."""
        ...


class Accepting:
    """The use case behind the accept form."""

    def __init__(
        self, acceptances: AcceptanceStore, scans: ScanRequests, atomic: Atomic, clock: Clock
    ) -> None:
        self._acceptances = acceptances
        self._scans = scans
        self._atomic = atomic
        self._clock = clock

    def accept(self, new: NewAcceptance) -> Accepted:
        """Store it and ask for a scan.

        Raises UserError "reason.missing", "reason.long", "expiry.past", "findings.many",
        "findings.gone" when none of them is open, and "repository.gone".
        """
        now = self._clock()
        _judge(new, now)
        with self._atomic():
            count = self._acceptances.add(new, now)
            if not count:
                raise GONE
            return Accepted(count, self._scans.request(new.repository_id))

    def withdraw(self, repository_id: int, fingerprints: Sequence[str]) -> Accepted:
        """Let the findings cost again and ask for a scan. Raises UserError "acceptance.gone"."""
        with self._atomic():
            count = self._acceptances.withdraw(
                repository_id, fingerprints[:MOST_AT_ONCE], self._clock()
            )
            if not count:
                raise UserError(
                    "acceptance.gone",
                    "This is not accepted any more.",
                    "Look at the list of accepted findings again.",
                )
            return Accepted(count, self._scans.request(repository_id))


GONE: Final = UserError(
    "findings.gone",
    "None of these findings is open any more.",
    "Go back to the list, and choose among what the last scan found.",
)


def _judge(new: NewAcceptance, now: datetime) -> None:
    if len(new.reason.strip()) < SHORTEST_REASON:
        raise UserError(
            "reason.missing",
            "An acceptance needs a reason.",
            "Say why the finding may stay: whoever reads the code next will ask.",
        )
    if len(new.reason) > REASON_CHARACTERS:
        raise UserError(
            "reason.long",
            f"The reason has {len(new.reason):,} characters; the limit is {REASON_CHARACTERS}.",
            "Shorten it, and keep the rest in the code or in a ticket.",
        )
    if new.expires_at is not None and new.expires_at <= now:
        raise UserError(
            "expiry.past", "The end of the acceptance is past.", "Choose a day to come, or no end."
        )
    if len(new.fingerprints) > MOST_AT_ONCE:
        raise UserError(
            "findings.many",
            f"More than {MOST_AT_ONCE} findings were chosen.",
            "Accept them in several steps, or turn the rule off in the rubric.",
        )
