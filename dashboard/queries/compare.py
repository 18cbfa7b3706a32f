"""The comparison of two points, as far as a worker has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from dashboard.queries.access import Frame, Viewer, frame, repository_of
from dashboard.queries.history import History, Moment, history_of
from scanner.application.comparison_record import ComparisonRecord
from scanner.storage.comparisons import record_of, step_of
from scanner.storage.models import ComparedPair, Scan


@dataclass(frozen=True, slots=True)
class Points:
    """A repository with all its points."""

    frame: Frame
    history: History
    latest: int | None  # the snapshot that stands
    is_folder: bool


@dataclass(frozen=True, slots=True)
class ComparisonState:
    """Where a comparison stands. Its record is there once it is done."""

    id: int
    status: str  # "queued" | "running" | "done" | "failed"
    phase: str
    done: int
    total: int
    created_at: datetime
    error_code: str
    error_message: str
    error_next_step: str
    record: ComparisonRecord | None

    @property
    def is_live(self) -> bool:
        """Whether somebody works on it, or will."""
        return self.status in {"queued", "running"}

    @property
    def made(self) -> tuple[int, datetime]:
        """What tells this comparison apart from others; once done, it stays what it is."""
        return self.id, self.created_at

    @property
    def share(self) -> int | None:
        """How far the phase is, in percent; None where nobody knows."""
        if self.status != "running" or not self.total:
            return None
        return min(100 * self.done // self.total, 100)


def points_of(user: Viewer, team: str, slug: str) -> Points:
    """What can be compared. Raises Http404 for a foreign repository."""
    repository = repository_of(user, team, slug)
    return Points(
        frame(repository), history_of(repository), repository.latest_id, repository.kind == "folder"
    )


def comparison_of(repository_id: int, comparison_id: int) -> ComparisonState:
    """One comparison of a repository. Raises Http404."""
    row = ComparedPair.objects.filter(repository_id=repository_id, pk=comparison_id).first()
    if row is None:
        raise Http404("no such comparison")
    return ComparisonState(
        id=row.pk,
        status=row.status,
        phase=row.phase,
        done=row.done,
        total=row.total,
        created_at=row.created_at,
        error_code=row.error_code,
        error_message=row.error_message,
        error_next_step=row.error_next_step,
        record=record_of(row.content),
    )


def is_in_short(before: Moment | None, after: Moment | None) -> bool:
    """Whether the page of the repository can tell what moved the score between two verdicts."""
    if before is None or after is None:
        return False
    scores = (before.score, after.score)
    return step_of(before.snapshot, after.snapshot, scores).summary is not None


def scans_of(repository_id: int, commits: list[str]) -> dict[str, int]:
    """The last scan that judged each of these commits, by commit."""
    rows = Scan.objects.filter(
        repository_id=repository_id, kind=Scan.Kind.SCAN, snapshot__commit__in=commits[:500]
    ).order_by("pk")
    return dict(rows.values_list("snapshot__commit", "pk"))
