"""The stores of repositories, their credentials and their schedules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from scanner.application.caches import NamedRepository
from scanner.application.records import (
    NewRepository,
    RepositoryKind,
    RepositoryRecord,
    SealedCredential,
)
from scanner.domain.errors import UserError
from scanner.domain.schedule import Schedule
from scanner.storage.models import Credential, Repository, Scan
from scanner.storage.texts import clean


class Repositories:
    """Implements RepositoryStore."""

    def add(self, new: NewRepository) -> RepositoryRecord | None:
        """Store it; None when its slug was taken a moment ago."""
        row = Repository(
            team_id=new.team_id,
            name=clean(new.name, 100),
            slug=new.slug,
            kind=new.address.kind,
            address=new.address.address,
            branch=new.branch,
            **_schedule_fields(new.schedule),
        )
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            if Repository.objects.filter(team_id=new.team_id, slug=new.slug).exists():
                return None
            raise
        return record_of(row)

    def of_team(self, team_id: int) -> Sequence[RepositoryRecord]:
        """All repositories of a team."""
        return [record_of(row) for row in Repository.objects.filter(team_id=team_id)]

    def get(self, repository_id: int) -> RepositoryRecord:
        """One repository. Raises UserError "repository.gone"."""
        row = Repository.objects.filter(pk=repository_id).first()
        if row is None:
            raise UserError(
                "repository.gone",
                "The repository is no longer registered.",
                "Register it again if it is still needed.",
            )
        return record_of(row)

    def named(self, name: str) -> Sequence[NamedRepository]:
        """Those of this slug or team/slug; all for an empty name."""
        rows = Repository.objects.order_by("team__slug", "slug")
        team, _, slug = name.rpartition("/")
        if slug:
            rows = rows.filter(slug=slug)
        if team:
            rows = rows.filter(team__slug=team)
        columns = rows.values_list("pk", "team__slug", "slug")
        return [NamedRepository(pk, f"{owner}/{own}") for pk, owner, own in columns]

    def change(self, changed: RepositoryRecord) -> None:
        """Store name, branch, schedule and next run of the record with this id."""
        Repository.objects.filter(pk=changed.id).update(
            name=clean(changed.name, 100),
            branch=changed.branch,
            next_run_at=changed.next_run_at,
            **_schedule_fields(changed.schedule),
        )

    def delete(self, repository_id: int) -> None:
        """Forget it with all its scans and verdicts.

        Its scans come first, as in the transaction of a verdict: one waits for the other.
        """
        with transaction.atomic():
            scans = Scan.objects.select_for_update().filter(repository_id=repository_id)
            list(scans.values_list("pk"))
            Repository.objects.filter(pk=repository_id).delete()


class Credentials:
    """Implements CredentialStore."""

    def get(self, repository_id: int) -> SealedCredential | None:
        """The stored secret."""
        row = Credential.objects.filter(repository_id=repository_id).first()
        if row is None:
            return None
        return SealedCredential(row.kind, row.username, bytes(row.ciphertext), row.known_hosts)

    def put(self, repository_id: int, sealed: SealedCredential | None) -> None:
        """Replace it; None removes it."""
        if sealed is None:
            Credential.objects.filter(repository_id=repository_id).delete()
            return
        Credential.objects.update_or_create(
            repository_id=repository_id,
            defaults={
                "kind": sealed.kind,
                "username": clean(sealed.username, 100),
                "ciphertext": sealed.ciphertext,
                "known_hosts": sealed.known_hosts,
            },
        )


class Schedules:
    """Implements ScheduleStore."""

    def due(self, now: datetime) -> Sequence[RepositoryRecord]:
        """Those whose next run has come or is not known."""
        rows = _scheduled().filter(Q(next_run_at__lte=now) | Q(next_run_at=None))
        return [record_of(row) for row in rows.order_by("next_run_at")]

    def scheduled(self) -> Sequence[RepositoryRecord]:
        """All that have a schedule."""
        return [record_of(row) for row in _scheduled()]

    def move(self, seen: RepositoryRecord, next_run_at: datetime | None) -> bool:
        """Set the next run unless schedule or next run changed since `seen` was read."""
        unchanged = Repository.objects.filter(
            pk=seen.id, next_run_at=seen.next_run_at, **_schedule_fields(seen.schedule)
        )
        return unchanged.update(next_run_at=next_run_at) == 1


def record_of(row: Repository) -> RepositoryRecord:
    """The row as a plain value."""
    return RepositoryRecord(
        id=row.pk,
        team_id=row.team_id,
        name=row.name,
        slug=row.slug,
        kind=cast(RepositoryKind, row.kind),
        address=row.address,
        branch=row.branch,
        schedule=Schedule(row.cron, row.time_zone) if row.cron else None,
        next_run_at=row.next_run_at,
    )


def _scheduled() -> QuerySet[Repository]:
    return Repository.objects.exclude(cron="")


def _schedule_fields(schedule: Schedule | None) -> dict[str, str]:
    if schedule is None:
        return {"cron": "", "time_zone": "UTC"}
    return {"cron": schedule.cron, "time_zone": schedule.time_zone}
