"""What the settings page of one repository shows; a credential only by its kind and age."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dashboard.queries.access import Viewer, teams_led_by
from scanner.storage.models import Credential, Repository


@dataclass(frozen=True, slots=True)
class CredentialView:
    """That there is a secret, never what it is."""

    kind: str  # "token" | "deploy-key"
    username: str
    updated_at: datetime
    known_hosts: str


@dataclass(frozen=True, slots=True)
class SettingsView:
    """A repository as it is registered."""

    id: int
    name: str
    kind: str  # "remote" | "local" | "folder"
    address: str
    branch: str
    cron: str
    time_zone: str
    next_run_at: datetime | None
    created_at: datetime
    credential: CredentialView | None
    labels: tuple[str, ...]

    @property
    def is_ssh(self) -> bool:
        """Reached over ssh, so a deploy key opens it; a token is for https."""
        return self.kind == Repository.Kind.REMOTE and not self.address.startswith("http")


@dataclass(frozen=True, slots=True)
class TeamChoice:
    """A team to which repositories may be added."""

    id: int
    name: str
    slug: str


def led_teams(user: Viewer) -> list[TeamChoice]:
    """The teams that a user leads or owns, by name."""
    rows = teams_led_by(user).order_by("name").values_list("id", "name", "slug")
    return [TeamChoice(*row) for row in rows]


def settings_of(repository_id: int) -> SettingsView:
    """The settings of one repository, in two queries."""
    row = Repository.objects.select_related("credential").defer("credential__ciphertext")
    repository = row.get(pk=repository_id)
    return SettingsView(
        id=repository.pk,
        name=repository.name,
        kind=repository.kind,
        address=repository.address,
        branch=repository.branch,
        cron=repository.cron,
        time_zone=repository.time_zone,
        next_run_at=repository.next_run_at,
        created_at=repository.created_at,
        credential=_credential(repository),
        labels=tuple(repository.labels.order_by("name").values_list("name", flat=True)),
    )


def _credential(repository: Repository) -> CredentialView | None:
    try:
        credential = repository.credential
    except Credential.DoesNotExist:
        return None
    return CredentialView(
        kind=credential.kind,
        username=credential.username,
        updated_at=credential.updated_at,
        known_hosts=credential.known_hosts,
    )
