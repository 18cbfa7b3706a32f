"""Files that change often and cost points, of the latest snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dashboard.queries.access import Frame, Viewer, frame, repository_of
from dashboard.queries.repository import FilePlace, file_places
from scanner.domain.churn import Window


@dataclass(frozen=True, slots=True)
class HotspotsPage:
    """The files with their changes in the window, and where the repository stands."""

    frame: Frame
    files: tuple[FilePlace, ...]
    until: datetime | None  # of the commit that the window ends with; None before the first scan
    score: float | None
    is_partial: bool


def hotspots_page(user: Viewer, team: str, slug: str, days: Window) -> HotspotsPage:
    """The page, in two queries. Raises Http404 for a foreign repository."""
    repository = repository_of(user, team, slug)
    latest = repository.latest
    return HotspotsPage(
        frame=frame(repository),
        files=file_places(repository, days),
        until=latest.committed_at if latest else None,
        score=latest.score if latest else None,
        is_partial=bool(latest and latest.is_partial),
    )
