"""The store of upgrades: what another engine judged last."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Subquery

from scanner.application.upgrading import AT_ONCE
from scanner.storage.models import Repository, Scan
from scanner.storage.texts import clean

_LIVE = (Scan.Status.QUEUED, Scan.Status.RUNNING)


class Upgrades:
    """Implements UpgradeStore."""

    def waiting(self) -> int:
        """How many scans of upgrades wait or run; enough of them where another scan waits."""
        live = Scan.objects.filter(kind=Scan.Kind.SCAN, status__in=_LIVE)
        if live.filter(status="queued").exclude(trigger=Scan.Trigger.ENGINE).exists():
            return AT_ONCE
        return live.filter(trigger=Scan.Trigger.ENGINE).count()

    def behind(self, engine: str, most: int) -> Sequence[int]:
        """Repositories whose latest verdict is another engine's, the newest commits first."""
        scans = Scan.objects.filter(repository=OuterRef("pk"), kind=Scan.Kind.SCAN)
        last = scans.order_by("-pk").values("status")[:1]
        asked = scans.filter(trigger=Scan.Trigger.ENGINE, engine=clean(engine, 60))
        rows = Repository.objects.filter(latest__isnull=False)
        rows = rows.exclude(latest__engine=clean(engine, 60))
        rows = rows.annotate(last=Subquery(last)).filter(~Exists(asked), last="done")
        newest = rows.order_by("-latest__committed_at", "pk")
        return list(newest.values_list("pk", flat=True)[:most])

    def note(self, scan_id: int, engine: str) -> None:
        """Remember for which engine a scan was asked."""
        Scan.objects.filter(pk=scan_id).update(engine=clean(engine, 60))
