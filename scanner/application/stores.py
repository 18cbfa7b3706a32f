"""What the use cases ask of the database, the broker and the clock.

Times are aware. A store's write is one statement or one transaction; several of them become one
with `Atomic`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Protocol

from scanner.application.records import (
    Claim,
    Failure,
    JudgedAddress,
    Latest,
    NewRepository,
    RepositoryRecord,
    RequestedScan,
    ScanKind,
    SealedCredential,
    Trigger,
    Verdict,
)
from scanner.domain.lifecycle import Trace
from scanner.domain.revisions import DeployKey, Token

Clock = Callable[[], datetime]
"""The time now, in UTC, the same for all workers."""

Atomic = Callable[[], AbstractContextManager[None]]
"""All writes inside happen, or none."""

Wake = Callable[[int], None]
"""Tell some worker of a queued scan once the transaction is committed.

A broker that is away is no error: the row waits, and the tick sends it again.
"""

Pulse = Callable[[Claim], AbstractContextManager[None]]
"""Keeps the lease of a claim alive in the background."""


class AddressPolicy(Protocol):
    """Judges what users type before anything runs."""

    def judge(self, address: str, *, may_use_paths: bool) -> JudgedAddress:
        """The address in its stored form. Raises UserError with a code that begins "address."."""
        ...

    def judge_branch(self, branch: str) -> str:
        """The branch in its stored form. Raises UserError "branch.name"."""
        ...


class Vault(Protocol):
    """Encrypts the secrets of repositories."""

    def seal(self, credential: Token | DeployKey) -> SealedCredential:
        """Ready to be stored. Raises UserError when the secret cannot be one."""
        ...

    def open(self, sealed: SealedCredential) -> Token | DeployKey:
        """The secret itself. Raises UserError "credential.unreadable" when no key fits."""
        ...


class RepositoryStore(Protocol):
    """The registered repositories."""

    def add(self, new: NewRepository) -> RepositoryRecord | None:
        """Store it; None when its slug was taken a moment ago."""
        ...

    def of_team(self, team_id: int) -> Sequence[RepositoryRecord]:
        """All repositories of a team."""
        ...

    def get(self, repository_id: int) -> RepositoryRecord:
        """One repository. Raises UserError "repository.gone"."""
        ...

    def change(self, changed: RepositoryRecord) -> None:
        """Store name, branch, schedule and next run of the record with this id."""
        ...

    def delete(self, repository_id: int) -> None:
        """Forget it with all its scans and verdicts."""
        ...


class CredentialStore(Protocol):
    """One secret a repository, at most."""

    def get(self, repository_id: int) -> SealedCredential | None:
        """The stored secret."""
        ...

    def put(self, repository_id: int, sealed: SealedCredential | None) -> None:
        """Replace it; None removes it."""
        ...


class ScheduleStore(Protocol):
    """The repositories that are scanned by the clock."""

    def due(self, now: datetime) -> Sequence[RepositoryRecord]:
        """Those whose next run has come or is not known."""
        ...

    def scheduled(self) -> Sequence[RepositoryRecord]:
        """All that have a schedule."""
        ...

    def move(self, seen: RepositoryRecord, next_run_at: datetime | None) -> bool:
        """Set the next run unless schedule or next run changed since `seen` was read."""
        ...


class ScanQueue(Protocol):
    """The scans that wait."""

    def add(self, repository_id: int, trigger: Trigger, kind: ScanKind = "scan") -> RequestedScan:
        """The queued scan of this repository and kind, made if there is none."""
        ...

    def next_of(self, repository_id: int, kind: ScanKind = "scan") -> int | None:
        """The scan of this repository that waits and could start now."""
        ...

    def unheard(self, now: datetime, after: timedelta) -> Sequence[int]:
        """The scans that could start now and whose message is older than this, or was not sent."""
        ...


class ScanLeases(Protocol):
    """Who works on what. A lease that is not extended in time may be taken away."""

    def claim(self, scan_id: int, lease: timedelta) -> Claim | None:
        """Start an attempt, unless the scan does not wait or its repository is being scanned."""
        ...

    def extend(self, claim: Claim, lease: timedelta) -> bool:
        """Whether the claim still holds, with a new end of its lease."""
        ...

    def note(self, claim: Claim, phase: str, done: int, total: int) -> bool:
        """Show progress. False when the claim holds no longer; an outage is no error here."""
        ...

    def fail(self, claim: Claim, failure: Failure) -> bool:
        """End the scan without a verdict. False when the claim holds no longer."""
        ...

    def requeue(self, claim: Claim) -> bool:
        """Let the scan wait again. False when the claim holds no longer.

        Where a newer scan of the repository waits already, this one ends in its favour.
        """
        ...

    def expired(self, now: datetime) -> Sequence[Claim]:
        """The claims whose lease has run out."""
        ...

    def shorten(self, longest: datetime) -> None:
        """Let no lease end after this time, because the clock was set back."""
        ...


class VerdictStore(Protocol):
    """The results."""

    def save(self, claim: Claim, verdict: Verdict) -> None:
        """Store all of it and end the scan, or nothing.

        Raises LeaseLostError when the claim holds no longer.
        """
        ...

    def latest(self, repository_id: int) -> Latest | None:
        """The newest verdict, if there is one."""
        ...

    def open_traces(self, repository_id: int) -> Sequence[Trace]:
        """What the newest verdict found."""
        ...


class BeatStore(Protocol):
    """When the clockwork last ran."""

    def tick(self, now: datetime) -> datetime | None:
        """Note that it runs now; when it ran before."""
        ...
