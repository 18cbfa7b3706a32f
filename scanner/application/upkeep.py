"""Change what is known of a repository: name, branch, schedule, credential; or forget it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from scanner.application.naming import checked_name
from scanner.application.records import RepositoryRecord
from scanner.application.requests import ScanRequests
from scanner.application.stores import (
    AddressPolicy,
    Atomic,
    Clock,
    CredentialStore,
    RepositoryStore,
    Vault,
)
from scanner.domain.revisions import DeployKey, Token
from scanner.domain.schedule import Schedule, checked, next_run


@dataclass(frozen=True, slots=True)
class RepositoryChange:
    """The settings of a repository as the user left them; an empty branch is the default one."""

    repository_id: int
    name: str
    branch: str
    schedule: Schedule | None


class Mirrors(Protocol):
    """The files that are kept of repositories."""

    def forget(self, repository_id: int) -> None:
        """Remove them, once the transaction is committed."""
        ...


class RepositorySettings:
    """The use case behind the settings page."""

    def __init__(
        self,
        policy: AddressPolicy,
        repositories: RepositoryStore,
        requests: ScanRequests,
        atomic: Atomic,
        clock: Clock,
    ) -> None:
        self._policy = policy
        self._repositories = repositories
        self._requests = requests
        self._atomic = atomic
        self._clock = clock

    def change(self, change: RepositoryChange) -> RepositoryRecord:
        """Store the settings; another branch is scanned at once.

        Raises UserError; its code begins with the field at fault ("name.", "branch.",
        "schedule."), or is "repository.gone".
        """
        name = checked_name(change.name)
        branch = self._policy.judge_branch(change.branch) if change.branch else ""
        schedule = checked(change.schedule) if change.schedule else None
        with self._atomic():
            before = self._repositories.get(change.repository_id)
            after = replace(before, name=name, branch=branch, schedule=schedule)
            after = replace(after, next_run_at=self._next_run(before, after))
            self._repositories.change(after)
            if after.branch != before.branch:
                self._requests.request(after.id)
        return after

    def _next_run(self, before: RepositoryRecord, after: RepositoryRecord) -> datetime | None:
        if after.schedule is None:
            return None
        if after.schedule == before.schedule and before.next_run_at:
            return before.next_run_at
        return next_run(after.schedule, after.id, self._clock())


class Credentials:
    """The use case that replaces or removes the secret of a repository."""

    def __init__(
        self, vault: Vault, repositories: RepositoryStore, credentials: CredentialStore
    ) -> None:
        self._vault = vault
        self._repositories = repositories
        self._credentials = credentials

    def replace(self, repository_id: int, credential: Token | DeployKey | None) -> None:
        """Seal and store it; None removes what is stored.

        Raises UserError "credential...." or "repository.gone".
        """
        sealed = self._vault.seal(credential) if credential else None
        self._repositories.get(repository_id)
        self._credentials.put(repository_id, sealed)


class Removal:
    """The use case that forgets a repository."""

    def __init__(self, repositories: RepositoryStore, mirrors: Mirrors, atomic: Atomic) -> None:
        self._repositories = repositories
        self._mirrors = mirrors
        self._atomic = atomic

    def remove(self, repository_id: int) -> None:
        """Delete its rows, then its files. A scan that runs is void. Raises "repository.gone"."""
        with self._atomic():
            self._repositories.get(repository_id)
            self._repositories.delete(repository_id)
            self._mirrors.forget(repository_id)
