"""The store of machines and of what they keep."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.db.models import Q

from scanner.application.disk import ThisMachine
from scanner.domain.budget import KeptFolder, Part
from scanner.storage.connections import fresh_connection
from scanner.storage.models import KeptFiles, Machine, Repository
from scanner.storage.texts import clean


class Machines:
    """Implements DiskStore."""

    def seen(self, machine: ThisMachine, now: datetime) -> int:
        """Note that it is there; its id."""
        fresh_connection()
        row, _ = Machine.objects.update_or_create(
            key=machine.key,
            defaults={
                "name": clean(machine.name, 200),
                "folder": clean(machine.folder),
                "engine": clean(machine.engine, 60),
                "budget": machine.budget,
                "free": machine.free,
                "seen_at": now,
            },
        )
        return row.pk

    def measured(
        self, machine_id: int, repository_id: int, mirror: int, cache: int, now: datetime
    ) -> None:
        """Note what it keeps of a repository it has just used; nothing for one that is gone."""
        if not Repository.objects.filter(pk=repository_id).exists():
            return
        KeptFiles.objects.update_or_create(
            machine_id=machine_id,
            repository_id=repository_id,
            defaults={
                "mirror_bytes": mirror,
                "cache_bytes": cache,
                "used_at": now,
                "dropped_at": None,
            },
        )

    def kept(self, machine_id: int) -> Sequence[KeptFolder]:
        """What it keeps."""
        rows = KeptFiles.objects.filter(machine_id=machine_id)
        columns = ("repository_id", "mirror_bytes", "cache_bytes", "used_at")
        return [KeptFolder(*row) for row in rows.values_list(*columns)]

    def dropped(self, machine_id: int, repository_id: int, part: Part, now: datetime) -> None:
        """Note that a part went."""
        rows = KeptFiles.objects.filter(machine_id=machine_id, repository_id=repository_id)
        rows.update(**{f"{part}_bytes": 0, "dropped_at": now})

    def registered(self, repositories: Collection[int]) -> Collection[int]:
        """Those of these repositories that are registered."""
        everything = Repository.objects.values_list("pk", flat=True)
        return set(repositories) & set(everything)

    def sweep_due(self, machine_id: int, now: datetime, after: timedelta) -> bool:
        """Whether the last sweep is so long ago; if so, it is noted as done now."""
        due = Q(swept_at=None) | Q(swept_at__lt=now - after)
        return Machine.objects.filter(due, pk=machine_id).update(swept_at=now) == 1
