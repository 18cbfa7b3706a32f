"""The scans of all repositories that a user may see: at work, failed, and of the last days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, QuerySet, Subquery

from dashboard.queries.access import Viewer, repositories_of, teams_of
from dashboard.queries.portfolio_rows import TeamChoice
from dashboard.queries.scans import LIVE, ScanView, view_of
from scanner.storage.models import Repository, Scan

RECENT: Final = timedelta(days=7)
PAGE_SIZE: Final = 50
MOST_LIVE: Final = 50
MOST_FAILED: Final = 20
STATES: Final = ("done", "failed")


@dataclass(frozen=True, slots=True)
class PlacedScan:
    """A scan and its repository, whose name is hostile text."""

    scan: ScanView
    name: str
    slug: str
    team: str
    team_slug: str


@dataclass(frozen=True, slots=True)
class Queue:
    """What is at work and what waits, the running ones first; some of them where there are many."""

    rows: tuple[PlacedScan, ...]
    running: int
    waiting: int
    waiting_since: datetime | None  # of the one that has waited longest

    @property
    def unshown(self) -> int:
        """How many are not among the rows."""
        return self.running + self.waiting - len(self.rows)


@dataclass(frozen=True, slots=True)
class Failed:
    """Repositories whose last scan failed, the latest failures first."""

    rows: tuple[PlacedScan, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Recent:
    """One page of what ended in the last days, newest first."""

    rows: tuple[PlacedScan, ...]
    total: int
    number: int
    pages: int


def queue(user: Viewer, team: str = "") -> Queue:
    """What is at work and waits, in three queries."""
    found = _scans(user, team).filter(status__in=LIVE)
    counts: dict[str, int] = dict(
        found.order_by().values("status").annotate(n=Count("pk")).values_list("status", "n")
    )
    waiting = found.filter(status=Scan.Status.QUEUED).order_by("created_at", "pk")
    first: datetime | None = waiting.values_list("created_at", flat=True).first()
    rows = _placed(found.order_by("-status", "created_at", "pk")[:MOST_LIVE])
    return Queue(rows, counts.get(Scan.Status.RUNNING, 0), counts.get(Scan.Status.QUEUED, 0), first)


def failed(user: Viewer, team: str = "") -> Failed:
    """Repositories that cannot be scanned as things stand, in two queries."""
    scans = Scan.objects.filter(
        repository=OuterRef("pk"), kind=Scan.Kind.SCAN, status__in=STATES
    ).order_by("-created_at", "-pk")
    last = _repositories(user, team).annotate(
        last=Subquery(scans.values("pk")[:1]), ended=Subquery(scans.values("status")[:1])
    )
    keys = sorted(
        last.filter(ended=Scan.Status.FAILED).order_by().values_list("last", flat=True),
        reverse=True,
    )
    rows = Scan.objects.filter(pk__in=keys[:MOST_FAILED]).order_by("-created_at", "-pk")
    return Failed(_placed(rows), len(keys))


def recent(user: Viewer, now: datetime, wanted: str, number: int, team: str = "") -> Recent:
    """One page of what ended since a week ago, in two queries; a number beyond is the last page.

    `wanted` is one of STATES, or "" for both.
    """
    found = _scans(user, team).filter(created_at__gte=now - RECENT)
    found = found.filter(status__in=[wanted] if wanted in STATES else STATES)
    ordered = found.order_by("-created_at", "-pk")
    pages = Paginator(ordered, PAGE_SIZE)
    page = pages.get_page(number)
    start = PAGE_SIZE * (page.number - 1)
    rows = _placed(ordered[start : start + PAGE_SIZE])
    return Recent(rows, pages.count, page.number, pages.num_pages)


def team_choices(user: Viewer) -> tuple[TeamChoice, ...]:
    """The teams of a user, as a filter offers them."""
    return tuple(TeamChoice(team.name, team.slug) for team in teams_of(user).order_by("name"))


def _repositories(user: Viewer, team: str) -> QuerySet[Repository]:
    found = repositories_of(user)
    return found.filter(team__slug=team) if team else found


def _scans(user: Viewer, team: str) -> QuerySet[Scan]:
    return Scan.objects.filter(repository__in=_repositories(user, team).values("pk"))


def _placed(scans: QuerySet[Scan]) -> tuple[PlacedScan, ...]:
    """The scans with their repositories, in one query."""
    rows = scans.select_related("snapshot", "repository__team").defer(
        "snapshot__excluded", "snapshot__unmeasured", "snapshot__rewritten"
    )
    return tuple(
        PlacedScan(
            view_of(row),
            row.repository.name,
            row.repository.slug,
            row.repository.team.name,
            row.repository.team.slug,
        )
        for row in rows
    )
