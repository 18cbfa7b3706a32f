"""Register a repository: judge what was typed, store it, queue its first scan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from scanner.application.naming import checked_name, free_slug, name_from_address
from scanner.application.records import JudgedAddress, NewRepository, RepositoryRecord
from scanner.application.stores import (
    AddressPolicy,
    Atomic,
    Clock,
    CredentialStore,
    RepositoryStore,
    ScanQueue,
    Vault,
    Wake,
)
from scanner.domain.errors import UserError
from scanner.domain.revisions import DeployKey, Token
from scanner.domain.schedule import Schedule, checked, next_run

TRIES: Final = 5  # against others who register the same name in the same moment


@dataclass(frozen=True, slots=True)
class RegistrationRequest:
    """What a user typed. An empty name is made from the address."""

    team_id: int
    address: str
    name: str = ""
    branch: str = ""
    credential: Token | DeployKey | None = None
    schedule: Schedule | None = None
    may_use_paths: bool = False  # administrators alone


@dataclass(frozen=True, slots=True)
class Registered:
    """The stored repository and its first scan."""

    repository: RepositoryRecord
    scan_id: int


@dataclass(frozen=True, slots=True)
class RegistrationStores:
    """Where a registration is written."""

    repositories: RepositoryStore
    credentials: CredentialStore
    queue: ScanQueue
    atomic: Atomic


class Registration:
    """The use case behind the form, the API and the first start."""

    def __init__(
        self,
        policy: AddressPolicy,
        vault: Vault,
        stores: RegistrationStores,
        wake: Wake,
        clock: Clock,
    ) -> None:
        self._policy = policy
        self._vault = vault
        self._stores = stores
        self._wake = wake
        self._clock = clock

    def register(self, request: RegistrationRequest) -> Registered:
        """Store the repository with a queued scan, or nothing.

        Raises UserError; its code begins with the field at fault: "address.", "branch.", "name.",
        "credential.", "schedule.", or is "repository.busy".
        """
        address = self._policy.judge(request.address, may_use_paths=request.may_use_paths)
        branch = self._policy.judge_branch(request.branch) if request.branch else ""
        schedule = checked(request.schedule) if request.schedule else None
        sealed = self._vault.seal(request.credential) if request.credential else None
        name = checked_name(request.name or name_from_address(address.address))
        with self._stores.atomic():
            new = NewRepository(request.team_id, name, "", address, branch, schedule)
            repository = self._add(new)
            if sealed:
                self._stores.credentials.put(repository.id, sealed)
            scan = self._stores.queue.add(repository.id, "registered")
            self._wake(scan.id)
        return Registered(repository, scan.id)

    def _add(self, new: NewRepository) -> RepositoryRecord:
        for _ in range(TRIES):
            others = self._stores.repositories.of_team(new.team_id)
            _refuse_twins(new.address, new.branch, others)
            slug = free_slug(new.name, {other.slug for other in others})
            stored = self._stores.repositories.add(replace(new, slug=slug))
            if stored is not None:
                return self._scheduled(stored)
        raise UserError(
            "repository.busy",
            "Others of the team registered repositories of this name at the same time.",
            "Try again.",
        )

    def _scheduled(self, stored: RepositoryRecord) -> RepositoryRecord:
        if stored.schedule is None:
            return stored
        run = next_run(stored.schedule, stored.id, self._clock())
        planned = replace(stored, next_run_at=run)
        self._stores.repositories.change(planned)
        return planned


def _refuse_twins(address: JudgedAddress, branch: str, others: Sequence[RepositoryRecord]) -> None:
    for other in others:
        if (other.address, other.branch) == (address.address, branch):
            raise UserError(
                "address.registered",
                f"The team has registered this address already, as {other.name}.",
                "Scan that repository, or name another branch.",
            )
