"""When the findings of a repository came and went, in groups of a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Case, Count, F, Q, QuerySet, Sum, When
from django.db.models.functions import Coalesce

from dashboard.queries.access import Frame, Viewer, frame, repository_of
from dashboard.queries.days import Day, date_of
from dashboard.queries.origins import is_being_looked_up
from scanner.storage.models import Finding, Repository, Snapshot


@dataclass(frozen=True, slots=True)
class Batch:
    """Findings with a cost that came and went on the same days. All days are those of commits.

    `born` is when the line was written, where its origin is known, else when a scan first saw it.
    """

    principle: str
    born: date
    is_known: bool  # whether the origin is; else they are at least as old
    seen: date  # the first snapshot with them
    fixed: date | None  # the first one without them; None while they are there
    by_rubric: bool  # another rubric ended them, nobody fixed them
    is_new: bool  # they came after the first scan, with code
    is_accepted: bool
    count: int
    points: float


@dataclass(frozen=True, slots=True)
class Ageing:
    """Everything the page of ageing shows."""

    frame: Frame
    batches: tuple[Batch, ...]
    since: datetime | None  # the commit of the first scan
    until: datetime | None  # and of the latest
    scans: int  # commits that were scanned
    is_looked_up: bool  # whether more origins will be known soon


def ageing_of(user: Viewer, team: str, slug: str) -> Ageing:
    """The page of ageing. Raises Http404 for a foreign repository."""
    repository = repository_of(user, team, slug)
    days = Snapshot.objects.filter(repository=repository, backfilled=False)
    seen = sorted(days.values_list("committed_at", flat=True))
    return Ageing(
        frame=frame(repository),
        batches=tuple(_batches(repository)),
        since=seen[0] if seen else None,
        until=seen[-1] if seen else None,
        scans=len(set(seen)),
        is_looked_up=is_being_looked_up(repository.pk),
    )


_DAYS: Final = (
    "principle",
    "born",
    "known",
    "seen",
    "gone",
    "closed_by_rubric",
    "was_first",
    "opened_by_rubric",
    "accepted",
)
"""What findings of one batch have in common."""


def _batches(repository: Repository) -> Iterator[Batch]:
    for values in _grouped(repository):
        principle, born, known, seen, fixed, by_rubric, first, opened, accepted, n, points = values
        yield Batch(
            principle=principle,
            born=date_of(min(born, seen)),
            is_known=known,
            seen=date_of(seen),
            fixed=None if fixed is None else date_of(fixed),
            by_rubric=by_rubric,
            is_new=not (first or opened),
            is_accepted=accepted,
            count=n,
            points=points or 0.0,
        )


def _grouped(
    repository: Repository,
) -> QuerySet[Finding, tuple[str, int, bool, int, int | None, bool, bool, bool, bool, int, float]]:
    known = Q(origin=Finding.Origin.KNOWN, introduced_at__isnull=False)
    return (
        Finding.objects.filter(repository=repository, cost__gt=0)
        .order_by()
        .annotate(
            born=Day(Coalesce("introduced_at", "first_in__committed_at")),
            known=Case(When(known, then=True), default=False),
            seen=Day("first_in__committed_at"),
            gone=Day("fixed_in__committed_at"),
            was_first=F("first_in__is_first"),
            accepted=Case(When(accepted_by="", then=False), default=True),
        )
        .values(*_DAYS)
        .annotate(n=Count("pk"), lost=Sum("points"))
        .values_list(*_DAYS, "n", "lost")
    )
