"""The store of thinning: forgets points without moving what findings say of the others.

A finding is there from the snapshot that brought it to the one that fixed it. When one of these is
forgotten, the next scanned snapshot that stays takes its place: that one was scanned later and
says the same of the finding, so at every snapshot that stays the same findings are there as before.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, Q, Sum
from django.db.models.functions import Coalesce

from scanner.domain.retention import StoredPoint
from scanner.storage import entries
from scanner.storage.clock import database_clock
from scanner.storage.models import Finding, Repository, Scan, Snapshot
from scanner.storage.strands import tidy

_LIVE = (Scan.Status.QUEUED, Scan.Status.RUNNING)


class StoredPoints:
    """Implements ThinningStore."""

    def next(self, before: datetime) -> int | None:
        """The repository whose last turn is longest ago and before this time."""
        live = Scan.objects.filter(repository=OuterRef("pk"), status__in=_LIVE)
        idle = Repository.objects.filter(~Exists(live))
        due = idle.filter(Q(thinned_at=None) | Q(thinned_at__lt=before))
        first = due.order_by(F("thinned_at").asc(nulls_first=True), "pk")
        return first.values_list("pk", flat=True).first()

    def points(self, repository_id: int, before: datetime) -> Sequence[StoredPoint]:
        """Its points from before a time."""
        rows = Snapshot.objects.filter(repository_id=repository_id, committed_at__lt=before)
        latest = Repository.objects.filter(pk=repository_id).values_list("latest", flat=True)
        columns = ("pk", "committed_at", "judged_at", "backfilled", "vanished")
        special = ("tags", "is_first", "rubric_before")
        return [
            StoredPoint(pk, at, judged, not backfilled, vanished, any(story) or pk in latest)
            for pk, at, judged, backfilled, vanished, *story in rows.values_list(*columns, *special)
        ]

    def drop(self, repository_id: int, points: Sequence[StoredPoint]) -> int:
        """Forget these; how many went. One that nothing comes after stays."""
        with transaction.atomic():
            heirs = _heirs(repository_id, {point.id for point in points})
            going = [each.id for each in points if each.id in heirs or not each.is_scanned]
            for heir, dead in _by_heir(heirs, going).items():
                _hand_over(dead, heir)
            gone = Snapshot.objects.filter(pk__in=going)
            theirs = set(gone.exclude(strand=None).values_list("strand", flat=True))
            gone.delete()
            tidy(theirs)
            if going:
                entries.keep(repository_id, database_clock())
        return len(going)

    def drop_scans(self, repository_id: int, horizon: datetime, most: int) -> int:
        """Forget scans that ended before the horizon, but for the last of each kind."""
        scans = Scan.objects.filter(repository_id=repository_id)
        last = scans.order_by().values("kind").annotate(last=Max("pk")).values_list("last")
        old = scans.filter(finished_at__lt=horizon).exclude(pk__in=[pk for (pk,) in last])
        going = list(old.order_by("pk").values_list("pk", flat=True)[:most])
        Scan.objects.filter(pk__in=going).delete()
        return len(going)

    def rest(self, repository_id: int, now: datetime) -> None:
        """The turn is over."""
        Repository.objects.filter(pk=repository_id).update(thinned_at=now)


def _heirs(repository_id: int, going: set[int]) -> Mapping[int, int]:
    """For each scanned snapshot that goes, the next one in the order of commits that stays."""
    scanned = Snapshot.objects.filter(repository_id=repository_id, backfilled=False)
    ordered = list(scanned.order_by("committed_at", "pk").values_list("pk", flat=True))
    staying = [place for place, pk in enumerate(ordered) if pk not in going]
    heirs: dict[int, int] = {}
    for place, pk in enumerate(ordered):
        after = bisect_right(staying, place)
        if pk in going and after < len(staying):
            heirs[pk] = ordered[staying[after]]
    return heirs


def _by_heir(heirs: Mapping[int, int], going: Iterable[int]) -> Mapping[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for pk in going:
        if pk in heirs:
            found[heirs[pk]].append(pk)
    return found


def _hand_over(dead: Sequence[int], heir: int) -> None:
    """Let findings come and go at the heir, and count there what was new and fixed."""
    Finding.objects.filter(first_in__in=dead).update(first_in=heir)
    Finding.objects.filter(fixed_in__in=dead).update(fixed_in=heir)
    counted = Snapshot.objects.filter(pk__in=dead).aggregate(
        new=Coalesce(Sum("new_findings"), 0), fixed=Coalesce(Sum("fixed_findings"), 0)
    )
    Snapshot.objects.filter(pk=heir).update(
        new_findings=F("new_findings") + counted["new"],
        fixed_findings=F("fixed_findings") + counted["fixed"],
    )
