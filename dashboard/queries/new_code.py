"""New code: only what commits since a day, or since the last release, brought."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import starmap
from typing import Final

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum

from dashboard.queries.access import Viewer, repositories_of, teams_of
from dashboard.queries.days import Day, date_of
from dashboard.queries.findings import IS_OPEN
from dashboard.queries.labels import label_choices
from dashboard.queries.portfolio_rows import TeamChoice
from scanner.domain.findings import PARTIAL_BELOW
from scanner.storage.models import Finding, Repository, Snapshot

_COLUMNS: Final = (
    "pk", "name", "slug", "team__name", "team__slug",
    "latest__score", "latest__coverage",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Placed:
    """A repository that has a score; its name is hostile text."""

    id: int
    name: str
    slug: str
    team: str
    team_slug: str
    score: float
    coverage: float

    @property
    def partial(self) -> bool:
        """Too little was measured: drawn hollow."""
        return self.coverage < PARTIAL_BELOW


@dataclass(frozen=True, slots=True)
class Release:
    """The newest tag of a repository; its name is hostile text."""

    name: str
    day: date


@dataclass(frozen=True, slots=True)
class NewRow:
    """What is new in one repository: open findings that a commit of that time introduced."""

    place: Placed
    since: date | None  # None where there is no release to count from
    release: str
    count: int
    points: float


@dataclass(frozen=True, slots=True)
class NewCode:
    """All repositories in scope. `undated` findings have no known commit, so none count as new."""

    rows: tuple[NewRow, ...]
    undated: int
    teams: tuple[TeamChoice, ...]
    labels: tuple[str, ...]

    @property
    def brought(self) -> tuple[NewRow, ...]:
        """The repositories that brought something, dearest first."""
        found = [row for row in self.rows if row.count]
        return tuple(sorted(found, key=lambda row: (-row.points, row.place.name.casefold())))

    @property
    def clean(self) -> tuple[NewRow, ...]:
        """Those that brought nothing."""
        return tuple(row for row in self.rows if not row.count and row.since)

    @property
    def unreleased(self) -> tuple[NewRow, ...]:
        """Those that have no release to count from."""
        return tuple(row for row in self.rows if row.since is None)


def new_code(user: Viewer, since: date | None, team: str = "", label: str = "") -> NewCode:
    """What is new since a day in UTC, or without one since the last release of each repository."""
    scope = repositories_of(user).exclude(latest=None)
    scope = scope.filter(team__slug=team) if team else scope
    scope = scope.filter(labels__name=label) if label else scope
    places = tuple(starmap(Placed, scope.order_by("name", "pk").values_list(*_COLUMNS)))
    releases = {} if since else _releases(scope)
    days = {place.id: since or _day(releases.get(place.id)) for place in places}
    counted = _counted(scope, days)
    rows = (_row(place, days[place.id], releases.get(place.id), counted) for place in places)
    return NewCode(
        rows=tuple(rows),
        undated=_open(scope).filter(introduced_at=None).count(),
        teams=tuple(TeamChoice(t.name, t.slug) for t in teams_of(user).order_by("name")),
        labels=label_choices(user),
    )


def _row(
    place: Placed,
    since: date | None,
    release: Release | None,
    counted: Mapping[int, tuple[int, float]],
) -> NewRow:
    count, points = counted.get(place.id, (0, 0.0))
    return NewRow(place, since, release.name if release else "", count, points)


def _day(release: Release | None) -> date | None:
    return release.day if release else None


def _releases(scope: QuerySet[Repository]) -> Mapping[int, Release]:
    """The newest tag of each repository, in one query."""
    tagged = Snapshot.objects.filter(repository=OuterRef("pk"), vanished=False).exclude(tags=[])
    last = Subquery(tagged.order_by("-committed_at", "-pk").values("pk")[:1])
    newest = scope.annotate(newest=last).values("newest")
    rows = Snapshot.objects.filter(pk__in=newest).values_list(
        "repository_id", "tags", "committed_at"
    )
    return {pk: Release(str(tags[-1]), at.astimezone(UTC).date()) for pk, tags, at in rows if tags}


def _counted(
    scope: QuerySet[Repository], days: Mapping[int, date | None]
) -> Mapping[int, tuple[int, float]]:
    """Findings and their points by repository, each since its own day, in one query."""
    known = {day for day in days.values() if day is not None}
    if not known:
        return {}
    begin = datetime.combine(min(known), time.min, UTC)
    found = _open(scope).filter(introduced_at__gte=begin).order_by()
    if len(known) == 1 and None not in days.values():  # all of them since one day
        sums = found.values("repository_id").annotate(count=Count("*"), lost=Sum("points"))
        rows = sums.values_list("repository_id", "count", "lost")
        return {repository: (count, lost) for repository, count, lost in rows}
    daily = found.annotate(day=Day("introduced_at")).values("repository_id", "day")
    sums = daily.annotate(count=Count("*"), lost=Sum("points"))
    return _added(sums.values_list("repository_id", "day", "count", "lost"), days)


def _added(
    rows: Iterable[tuple[int, int, int, float]], days: Mapping[int, date | None]
) -> Mapping[int, tuple[int, float]]:
    found: dict[int, tuple[int, float]] = {}
    for repository, day, count, lost in rows:
        since = days.get(repository)
        if since is not None and date_of(day) >= since:
            before, points = found.get(repository, (0, 0.0))
            found[repository] = (before + count, points + lost)
    return found


def _open(scope: QuerySet[Repository]) -> QuerySet[Finding]:
    return Finding.objects.filter(IS_OPEN & Q(repository__in=scope.values("pk")))
