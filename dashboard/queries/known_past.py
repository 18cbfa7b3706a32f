"""What is known of a repository's past, and what left its branch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core.paginator import Paginator
from django.db.models import Count, Max, Min, Q

from dashboard.queries.scans import LIVE
from scanner.storage.models import Scan, Snapshot

PAGE_SIZE: Final = 50


@dataclass(frozen=True, slots=True)
class Left:
    """A judged commit that is on its branch no longer."""

    commit: str
    at: datetime
    author: str
    subject: str
    score: float
    is_scanned: bool  # by a scan, when it was new
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeftPage:
    """One page of what left, newest first."""

    rows: tuple[Left, ...]
    total: int
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class KnownPast:
    """The points of a past, several verdicts on one commit counted once."""

    points: int
    first: datetime | None
    last: datetime | None
    live: int | None  # the backfill that waits or runs
    left: LeftPage


def known_past(repository_id: int, page: int) -> KnownPast:
    """What is stored of a repository's past; a page beyond the end is the last."""
    rows = Snapshot.objects.filter(repository_id=repository_id)
    found = rows.aggregate(
        points=Count("commit", distinct=True, filter=Q(vanished=False)),
        first=Min("committed_at", filter=Q(vanished=False)),
        last=Max("committed_at", filter=Q(vanished=False)),
    )
    live = Scan.objects.filter(repository_id=repository_id, kind=Scan.Kind.BACKFILL)
    running = live.filter(status__in=LIVE).order_by("-status", "-pk").values_list("pk", flat=True)
    return KnownPast(
        points=found["points"],
        first=found["first"],
        last=found["last"],
        live=running.first(),
        left=_left(repository_id, page),
    )


def _left(repository_id: int, page: int) -> LeftPage:
    rows = Snapshot.objects.filter(repository_id=repository_id, vanished=True)
    paginator = Paginator(rows.order_by("-committed_at", "-pk"), PAGE_SIZE)
    shown = paginator.get_page(page)
    return LeftPage(
        rows=tuple(_row(snapshot) for snapshot in shown.object_list),
        total=paginator.count,
        number=shown.number,
        pages=paginator.num_pages,
    )


def _row(snapshot: Snapshot) -> Left:
    return Left(
        commit=snapshot.commit,
        at=snapshot.committed_at,
        author=snapshot.author,
        subject=snapshot.subject,
        score=snapshot.score,
        is_scanned=not snapshot.backfilled,
        tags=tuple(snapshot.tags),
    )
