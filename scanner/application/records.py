"""What use cases and stores hand each other: plain values, no rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

from scanner.domain.architecture import Architecture
from scanner.domain.churn import Churn
from scanner.domain.findings import Assessment
from scanner.domain.lifecycle import Surroundings
from scanner.domain.revisions import Revision
from scanner.domain.schedule import Schedule

RepositoryKind = Literal["remote", "local", "folder"]
ScanKind = Literal["scan", "backfill"]
KINDS: Final[tuple[ScanKind, ...]] = ("scan", "backfill")
Trigger = Literal["registered", "requested", "scheduled", "rubric", "following", "engine"]


@dataclass(frozen=True, slots=True)
class JudgedAddress:
    """An address that may be used: a URL without secrets, or an absolute path."""

    kind: RepositoryKind
    address: str


@dataclass(frozen=True, slots=True)
class SealedCredential:
    """A secret as it is stored; `kind` is "token" or "deploy-key"."""

    kind: str
    username: str
    ciphertext: bytes
    known_hosts: str


@dataclass(frozen=True, slots=True)
class RepositoryRecord:
    """A registered repository. An empty branch follows the remote's default."""

    id: int
    team_id: int
    name: str
    slug: str
    kind: RepositoryKind
    address: str
    branch: str
    schedule: Schedule | None
    next_run_at: datetime | None


@dataclass(frozen=True, slots=True)
class NewRepository:
    """A repository as it is stored first."""

    team_id: int
    name: str
    slug: str
    address: JudgedAddress
    branch: str
    schedule: Schedule | None


@dataclass(frozen=True, slots=True)
class RequestedScan:
    """The scan that waits now; `is_new` tells whether this request made it."""

    id: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to work on a scan: it holds while the scan runs in this very attempt."""

    scan_id: int
    repository_id: int
    attempt: int  # from 1
    excused: int = 0  # attempts before it that count for nothing: they gave way, or brought points

    @property
    def tries(self) -> int:
        """The attempts that count against it."""
        return self.attempt - self.excused


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a scan ended without a verdict. `detail` is scrubbed text for operators."""

    code: str
    message: str
    next_step: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Everything one scan found, ready to be stored.

    `before` is the same commit judged by the rubric of the verdict before, where that was another:
    what differs between the two is the work of the rubric alone.
    """

    revision: Revision
    engine: str
    assessment: Assessment
    blobs: Mapping[str, str]  # blob by path
    parsed: int  # blobs that were not in the cache
    architecture: Architecture = field(default_factory=Architecture)
    around: Surroundings = field(
        default_factory=Surroundings
    )  # helps to recognise findings that moved
    before: Assessment | None = None
    churn: Mapping[str, Churn] | None = None  # by path; None where no past is to be had


@dataclass(frozen=True, slots=True)
class Latest:
    """What is stored of the newest verdict: its commit, and blob by path of its files."""

    commit: str
    blobs: Mapping[str, str]
