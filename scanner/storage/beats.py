"""The store of the clockwork's own time."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from scanner.storage.models import Beat

TICK = "tick"


class Beats:
    """Implements BeatStore."""

    def tick(self, now: datetime) -> datetime | None:
        """Note that it runs now; when it ran before."""
        with transaction.atomic():
            row, made = Beat.objects.select_for_update().get_or_create(
                name=TICK, defaults={"ticked_at": now}
            )
            before = None if made else row.ticked_at
            row.ticked_at = now
            row.save(update_fields=["ticked_at"])
        return before
