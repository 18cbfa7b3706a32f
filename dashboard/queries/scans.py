"""The scans of one repository, and one scan while it runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404

from scanner.domain.findings import PARTIAL_BELOW
from scanner.storage.models import Repository, Scan

PAGE_SIZE: Final = 50
LIVE: Final = frozenset({Scan.Status.QUEUED, Scan.Status.RUNNING})


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a scan failed. `detail` is scrubbed text for operators alone."""

    code: str
    message: str
    next_step: str
    detail: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The verdict a scan led to."""

    commit: str
    committed_at: datetime
    author: str
    subject: str
    score: float
    grade: str
    coverage: float
    modules: int
    lines: int
    new_findings: int
    fixed_findings: int
    open_findings: int
    is_first: bool  # nothing was known before, so nothing is new

    @property
    def is_partial(self) -> bool:
        """Under 95 % measured."""
        return self.coverage < PARTIAL_BELOW


@dataclass(frozen=True, slots=True)
class ScanView:
    """One scan. Times are aware; `done` and `total` count the phase's own unit, 0 is unknown."""

    id: int
    trigger: str  # "registered" | "requested" | "scheduled" | "rubric" | "following" | "engine"
    kind: str  # "scan" | "backfill"
    status: str  # "queued" | "running" | "done" | "failed"
    phase: str  # "" before the first; "fetch" "tree" "facts" "judge" "save" "points"
    done: int
    total: int
    attempt: int
    created_at: datetime
    started_at: datetime | None
    heartbeat_at: datetime | None
    finished_at: datetime | None
    parsed: int
    failure: Failure | None
    outcome: Outcome | None
    every: str = "week"  # of a backfill: "week" | "tag" | "commit"
    since: date | None = None  # of a backfill: its first day
    until: date | None = None
    begun_at: datetime | None = None  # of a backfill: its last attempt began to judge
    points: int = 0  # of a backfill: stored
    points_before: int = 0  # stored when that attempt began
    points_total: int = 0
    stop_asked: bool = False

    @property
    def is_backfill(self) -> bool:
        """It reads the past, and brings points without findings."""
        return self.kind == "backfill"

    @property
    def is_live(self) -> bool:
        """Waiting or at work: the page goes on asking."""
        return self.status in LIVE

    def seconds(self, now: datetime) -> float:
        """From its start, or from its request while it waits, to its end or to now."""
        return ((self.finished_at or now) - (self.started_at or self.created_at)).total_seconds()


@dataclass(frozen=True, slots=True)
class ScanPage:
    """One page of the list, newest first."""

    rows: tuple[ScanView, ...]
    total: int
    number: int
    pages: int


def page_of(repository_id: int, number: int) -> ScanPage:
    """One page of a repository's scans; a number beyond the end is the last page."""
    paginator = Paginator(_scans(repository_id).order_by("-id"), PAGE_SIZE)
    page = paginator.get_page(number)
    return ScanPage(
        rows=tuple(view_of(scan) for scan in page.object_list),
        total=paginator.count,
        number=page.number,
        pages=paginator.num_pages,
    )


def scan_of(repository_id: int, scan_id: int) -> ScanView:
    """One scan of a repository. Raises Http404 when it has none of this id."""
    scan = _scans(repository_id).filter(pk=scan_id).first()
    if scan is None:
        raise Http404
    return view_of(scan)


def standing_score(repository_id: int) -> float | None:
    """The score that stands until a scan saves another; None before the first."""
    found = Repository.objects.filter(pk=repository_id)
    return found.values_list("latest__score", flat=True).first()


def has_past(repository_id: int) -> bool:
    """Whether there may be more of it than the latest verdict: it is a scanned git repository."""
    found = Repository.objects.filter(pk=repository_id, latest__isnull=False)
    return found.exclude(kind=Repository.Kind.FOLDER).exists()


def _scans(repository_id: int) -> QuerySet[Scan]:
    return Scan.objects.filter(repository_id=repository_id).select_related("snapshot")


def view_of(scan: Scan) -> ScanView:
    """A scan that was fetched with its snapshot."""
    return ScanView(
        id=scan.pk,
        trigger=scan.trigger,
        kind=scan.kind,
        status=scan.status,
        phase=scan.phase,
        done=scan.done,
        total=scan.total,
        attempt=max(scan.attempt - scan.excused, 0),
        created_at=scan.created_at,
        started_at=scan.started_at,
        heartbeat_at=scan.heartbeat_at,
        finished_at=scan.finished_at,
        parsed=scan.parsed,
        failure=_failure(scan),
        outcome=_outcome(scan),
        every=scan.every,
        since=scan.since,
        until=scan.until,
        begun_at=scan.begun_at,
        points=scan.points,
        points_before=scan.points_before,
        points_total=scan.points_total,
        stop_asked=scan.stop_asked,
    )


def _failure(scan: Scan) -> Failure | None:
    if scan.status != Scan.Status.FAILED:
        return None
    return Failure(scan.error_code, scan.error_message, scan.error_next_step, scan.error_detail)


def _outcome(scan: Scan) -> Outcome | None:
    snapshot = scan.snapshot
    if snapshot is None:
        return None
    return Outcome(
        commit=snapshot.commit,
        committed_at=snapshot.committed_at,
        author=snapshot.author,
        subject=snapshot.subject,
        score=snapshot.score,
        grade=snapshot.grade,
        coverage=snapshot.coverage,
        modules=snapshot.modules,
        lines=snapshot.lines,
        new_findings=snapshot.new_findings,
        fixed_findings=snapshot.fixed_findings,
        open_findings=snapshot.open_findings,
        is_first=snapshot.is_first,
    )
