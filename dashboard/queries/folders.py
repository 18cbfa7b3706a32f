"""The files of the latest snapshot with one score each: the overall one, or that of a principle."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models.fields.json import KeyTransform

from dashboard.queries.access import Frame, Viewer, frame, repository_of
from scanner.storage.models import FileScore


@dataclass(frozen=True, slots=True)
class ScoredFile:
    """A file; no score where a principle finds nothing to judge in it."""

    path: str
    lines: int
    points_lost: float  # of the overall score, by all principles
    findings: int
    score: float | None


@dataclass(frozen=True, slots=True)
class FoldersPage:
    """The files, and where the repository stands."""

    frame: Frame
    files: tuple[ScoredFile, ...]  # most points lost first
    score: float | None
    is_partial: bool


def folders_page(user: Viewer, team: str, slug: str, principle: str = "") -> FoldersPage:
    """The page, in two queries. Raises Http404 for a foreign repository."""
    repository = repository_of(user, team, slug)
    latest = repository.latest
    rows = FileScore.objects.filter(repository=repository).order_by("-points_lost", "path")
    shown = KeyTransform(principle, "scores") if principle else "score"
    columns = rows.values_list("path", "lines", "points_lost", "findings", shown)
    return FoldersPage(
        frame=frame(repository),
        files=tuple(ScoredFile(*row) for row in columns),
        score=latest.score if latest else None,
        is_partial=bool(latest and latest.is_partial),
    )
