"""What the API reads of repositories, scans and snapshots; foreign rows are missing ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from dashboard.queries.access import Frame, Viewer, frame, repositories_of, repository_of
from scanner.storage.models import PrincipleScore, Repository, Scan, Snapshot


@dataclass(frozen=True, slots=True)
class Window:
    """Which of the rows: so many, after so many."""

    limit: int
    offset: int

    @property
    def of(self) -> slice:
        """The part of a list."""
        return slice(self.offset, self.offset + self.limit)


@dataclass(frozen=True, slots=True)
class Span:
    """From a moment until before another; None is no bound."""

    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A snapshot with the scores of its principles; None where one does not apply."""

    row: Snapshot
    principles: dict[str, float | None]


def repositories(
    user: Viewer, team: str, text: str, window: Window
) -> tuple[list[Repository], int]:
    """Repositories by team and name, with team and latest verdict; and how many match."""
    found = repositories_of(user).select_related("team", "latest")
    if team:
        found = found.filter(team__slug=team)
    if text:
        found = found.filter(Q(name__icontains=text) | Q(slug__icontains=text))
    return list(found.order_by("team__name", "name", "pk")[window.of]), found.count()


def repository(user: Viewer, repository_id: int) -> Repository:
    """One repository with team and latest verdict. Raises Http404."""
    found = repositories_of(user).select_related("team", "latest")
    return get_object_or_404(found, pk=repository_id)


def frame_by_id(user: Viewer, repository_id: int) -> Frame:
    """What the person may do with a repository. Raises Http404."""
    found = repository(user, repository_id)
    return frame(repository_of(user, found.team.slug, found.slug))


def scans(user: Viewer, repository_id: int, window: Window) -> tuple[list[Scan], int]:
    """Scans of a repository, newest first; and how many there are. Raises Http404."""
    found = Scan.objects.filter(repository=repository(user, repository_id))
    rows = found.select_related("snapshot").order_by("-pk")[window.of]
    return list(rows), found.count()


def scan(user: Viewer, scan_id: int) -> Scan:
    """One scan of the person's repositories. Raises Http404."""
    seen = Scan.objects.filter(repository__in=repositories_of(user)).select_related("snapshot")
    return get_object_or_404(seen, pk=scan_id)


def snapshots(
    user: Viewer, repository_id: int, span: Span, window: Window
) -> tuple[Sequence[Judged], int]:
    """Snapshots, newest commit first, in two queries; and how many match. Raises Http404."""
    found = _of(repository(user, repository_id), span)
    rows = list(found.order_by("-committed_at", "-pk")[window.of])
    return _judged(rows), found.count()


def trend(user: Viewer, repository_id: int, span: Span) -> Sequence[Judged]:
    """The latest verdict on each commit of the branch, oldest first. Raises Http404."""
    found = _of(repository(user, repository_id), span).filter(vanished=False)
    rows = {row.commit: row for row in found.order_by("judged_at", "pk")}
    return _judged(sorted(rows.values(), key=lambda row: (row.committed_at, row.pk)))


def _of(found: Repository, span: Span) -> QuerySet[Snapshot]:
    rows = Snapshot.objects.filter(repository=found)
    if span.since:
        rows = rows.filter(committed_at__gte=span.since)
    return rows.filter(committed_at__lt=span.until) if span.until else rows


def _judged(rows: Sequence[Snapshot]) -> Sequence[Judged]:
    scores: dict[int, dict[str, float | None]] = {row.pk: {} for row in rows}
    found = PrincipleScore.objects.filter(snapshot__in=[row.pk for row in rows])
    for snapshot, key, score in found.order_by("pk").values_list(
        "snapshot_id", "principle", "score"
    ):
        scores[snapshot][key] = score
    return [Judged(row, scores[row.pk]) for row in rows]
