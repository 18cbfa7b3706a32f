"""How the last scan of a repository stands, in the words of the portfolio."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat

from scanner.storage.models import Repository, Scan

LIVE = (Scan.Status.QUEUED, Scan.Status.RUNNING)


@dataclass(frozen=True, slots=True)
class ScanState:
    """The scan that matters now: the running one, else the waiting one, else the last.

    `kind` is never, queued, running, failed or done.
    """

    kind: str
    scan: int | None = None
    phase: str = ""
    done: int = 0
    total: int = 0
    at: datetime | None = None  # when it was asked for, while live; else when it ended
    message: str = ""
    next_step: str = ""

    @property
    def live(self) -> bool:
        """Still on its way."""
        return self.kind in {"queued", "running"}


NEVER = ScanState("never")
_RANK = {Scan.Status.RUNNING.value: 2, Scan.Status.QUEUED.value: 1}


_COLUMNS = (
    *("repository_id", "status", "pk", "phase", "done", "total", "finished_at", "created_at"),
    *("error_message", "error_next_step"),
)


def scan_states(ids: Collection[int]) -> Mapping[int, ScanState]:
    """States by repository, in two queries; those never scanned are left out."""
    scans = Scan.objects.filter(repository=OuterRef("pk"), kind=Scan.Kind.SCAN)
    last = Subquery(scans.order_by("-created_at", "-pk").values("pk")[:1])
    lasts = Repository.objects.filter(pk__in=ids).annotate(last=last).values_list("last", flat=True)
    known = [pk for pk in lasts if pk is not None]
    rows = Scan.objects.filter(kind=Scan.Kind.SCAN, repository__in=ids).filter(
        Q(status__in=LIVE) | Q(pk__in=known)
    )
    return _states(rows)


def _states(rows: QuerySet[Scan]) -> dict[int, ScanState]:
    found = list(rows.order_by("created_at", "pk").values_list(*_COLUMNS))
    found.sort(key=lambda row: _RANK.get(row[1], 0))
    return {repository: _state(*row) for repository, *row in found}


def states_in_short(repositories: QuerySet[Repository]) -> Mapping[int, ScanState]:
    """The same, also in two queries; of scans that are done they say no more than that."""
    scans = Scan.objects.filter(repository=OuterRef("pk"), kind=Scan.Kind.SCAN)
    newest = scans.order_by("-created_at", "-pk")
    told = newest.values(told=Concat("status", Value(" "), Cast("pk", CharField())))
    lasts = repositories.order_by().values_list("pk", Subquery(told[:1]))
    found, failed = {}, []
    for repository, last in lasts:
        if last is not None:
            status, _, scan = last.partition(" ")
            found[repository] = ScanState(status, int(scan))
            if status == Scan.Status.FAILED:
                failed.append(int(scan))
    live = Q(status__in=LIVE, repository__in=repositories.order_by().values("pk"))
    rows = Scan.objects.filter(live | Q(pk__in=failed), kind=Scan.Kind.SCAN)
    return found | _states(rows)


def whole_states(shorts: Collection[ScanState]) -> Mapping[int | None, ScanState]:
    """The states of scans that are done, as they are told of, by scan; in one query."""
    done = [short.scan for short in shorts if short.kind == Scan.Status.DONE]
    rows = Scan.objects.filter(pk__in=[scan for scan in done if scan is not None])
    return {row[2]: _state(*row[1:]) for row in rows.values_list(*_COLUMNS)}


def scan_state(repository: Repository) -> ScanState:
    """The state of one repository."""
    return scan_states([repository.pk]).get(repository.pk, NEVER)


def _state(
    kind: str,
    scan: int,
    phase: str,
    done: int,
    total: int,
    finished_at: datetime | None,
    created_at: datetime,
    *words: str,
) -> ScanState:
    return ScanState(kind, scan, phase, done, total, finished_at or created_at, *words)
