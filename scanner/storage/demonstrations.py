"""The store of demonstrations."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet

from scanner.storage import entries
from scanner.storage.clock import database_clock
from scanner.storage.models import Finding, Membership, Repository, Scan, Snapshot, Team


class Demonstrations:
    """Implements DemonstrationStore."""

    def others(self, folder: Path, spared: Collection[str]) -> int:
        """How many repositories lie elsewhere and at none of the spared addresses."""
        seeded = _under(folder).values("pk")
        return Repository.objects.exclude(pk__in=seeded).exclude(address__in=spared).count()

    def seeded(self, folder: Path) -> Sequence[int]:
        """The repositories of the demonstration."""
        return list(_under(folder).order_by("pk").values_list("pk", flat=True))

    def team(self, slug: str, name: str, owner_id: int) -> int:
        """The id of a team of the demonstration, made where there is none."""
        found = Team.objects.filter(slug=slug).first()
        if found is None:
            taken = Team.objects.filter(name=name).exists()
            found = Team.objects.create(slug=slug, name=f"{name} (demo)" if taken else name)
            found.memberships.create(user_id=owner_id, role=Membership.Role.OWNER)
        return int(found.pk)

    def drop_teams(self, slugs: Collection[str]) -> None:
        """Remove these teams where nothing is left in them."""
        Team.objects.filter(slug__in=slugs, repositories=None).delete()

    def unscan(self, repository_id: int) -> None:
        """Take back the scan that a registration asked for."""
        Scan.objects.filter(repository_id=repository_id, status=Scan.Status.QUEUED).delete()

    def backdate(self, scan_id: int, when: datetime) -> None:
        """Let a scan, and what it found, look as if it ended at this time."""
        with transaction.atomic():
            scan = Scan.objects.select_for_update().get(pk=scan_id)
            earlier = (scan.finished_at or scan.created_at) - when
            for name in ("created_at", "started_at", "heartbeat_at", "finished_at"):
                value: datetime | None = getattr(scan, name)
                setattr(scan, name, value - earlier if value else None)
            scan.save()
            if scan.snapshot_id is not None:
                found = Snapshot.objects.filter(pk=scan.snapshot_id)
                found.update(created_at=when, judged_at=when)
                Finding.objects.filter(first_in=scan.snapshot_id).update(created_at=when)
                Repository.objects.filter(pk=scan.repository_id, created_at__gt=when).update(
                    created_at=when
                )
                entries.keep(scan.repository_id, database_clock())


def _under(folder: Path) -> QuerySet[Repository]:
    return Repository.objects.filter(kind="local", address__startswith=f"{folder}{os.sep}")
