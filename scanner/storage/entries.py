"""The store of the portfolio's entries: one narrow row says where a repository stands, and stood.

Whoever changes the snapshots of a repository keeps its entry in the same transaction. What the
passing of time changes is renewed by the tick; until then readers work it out, by the same code.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from django.db import transaction
from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Sum, When

from scanner.domain.masses import NOTHING, Judged, Mass, Packed, packed
from scanner.domain.weeks import (
    FOREVER,
    day_start,
    leaves_month,
    month_start,
    next_week,
    week_start,
)
from scanner.storage.models import PortfolioEntry, PrincipleScore, Repository, Snapshot
from scanner.storage.sparks import Spark, drawn, sparks


class Entry(NamedTuple):
    """A row of `PortfolioEntry`, without the overhead of a thousand models."""

    repository: int
    snapshot: int
    score: float
    grade: str
    coverage: float
    lines: int
    commit: str
    terms: str
    masses: bytes
    scores: bytes
    week_score: float | None
    week_terms: str
    week_masses: bytes
    month_score: float | None
    new_findings: int
    fixed_findings: int

    @property
    def standing(self) -> Packed:
        """The masses that count now."""
        return Packed(self.terms, self.masses, self.scores)

    @property
    def stood(self) -> Packed:
        """Those that counted as the week began."""
        return Packed(self.week_terms, self.week_masses)


class Kept(NamedTuple):
    """An entry, and the time for which it holds."""

    entry: Entry
    holds_from: datetime
    holds_until: datetime


COLUMNS: Final = tuple(f"entry__{name}" for name in Entry._fields)
"""Where an entry stands beside its repository; all of them are None where there is none."""


class Entries:
    """Implements EntryStore."""

    def renew(self, now: datetime, most: int) -> int:
        """Work out entries that are missing or hold no longer; how many."""
        stale = Repository.objects.filter(_is_stale(now), latest__isnull=False)
        if not stale.exists():
            return 0
        with transaction.atomic():
            # One that is locked is being changed, and is kept by whoever changes it.
            free = stale.select_for_update(no_key=True, skip_locked=True, of=("self",))
            keys = list(free.order_by("pk").values_list("pk", flat=True)[:most])
            _store(Repository.objects.filter(pk__in=keys), now)
        return len(keys)


def keep(repository_id: int, now: datetime) -> None:
    """Let the entry follow, last in the transaction that changed snapshots of the repository."""
    mine = Repository.objects.filter(pk=repository_id)
    # Two that change them at once wait for each other here, so that the second sees the first.
    list(mine.select_for_update(no_key=True).values_list("pk"))
    _store(mine, now)


def standing(repositories: QuerySet[Repository], now: datetime) -> Mapping[int, Entry]:
    """The entries of these repositories as they are now, in one query.

    Those that hold no longer are worked out, in three more. There is none without a verdict.
    """
    scored = repositories.order_by().exclude(latest=None)
    told = scored.annotate(is_stale=Case(When(_is_stale(now), then=True), default=False))
    found, stale = {}, []
    for repository, is_stale, *columns in told.values_list("pk", "is_stale", *COLUMNS):
        if is_stale:
            stale.append(repository)
        else:
            found[repository] = Entry(*columns)
    if stale:
        anew = computed(repositories.filter(pk__in=stale), now)
        found |= {kept.entry.repository: kept.entry for kept in anew}
    return found


def _is_stale(now: datetime) -> Q:
    time = Q(entry__holds_until__lte=now) | Q(entry__holds_from__gt=now)
    return Q(entry=None) | ~Q(entry__snapshot=F("latest")) | time


def sparks_of(repositories: Collection[int], now: datetime) -> Mapping[int, Spark]:
    """The small lines of some repositories, in one query; in three where entries do not hold."""
    every = PortfolioEntry.objects.filter(repository__in=repositories)
    kept = every.filter(snapshot=F("repository__latest"), holds_from__lte=now)
    found = {pk: bytes(spark) for pk, spark in kept.values_list("repository_id", "spark")}
    missing = [repository for repository in repositories if repository not in found]
    if missing:
        found |= sparks(missing, now)
    return {repository: drawn(spark, now) for repository, spark in found.items()}


def _store(repositories: QuerySet[Repository], now: datetime) -> None:
    found = list(computed(repositories, now))
    lines = sparks([kept.entry.repository for kept in found], now)
    PortfolioEntry.objects.bulk_create(
        [_row(kept, lines.get(kept.entry.repository, b"")) for kept in found],
        update_conflicts=True,
        unique_fields=["repository"],
        update_fields=[*Entry._fields[1:], "spark", "holds_from", "holds_until"],
    )


def _row(kept: Kept, spark: bytes) -> PortfolioEntry:
    repository, *values = kept.entry
    return PortfolioEntry(
        repository_id=repository,
        spark=spark,
        holds_from=kept.holds_from,
        holds_until=kept.holds_until,
        **dict(zip(Entry._fields[1:], values, strict=True)),
    )


def computed(repositories: QuerySet[Repository], now: datetime) -> Iterator[Kept]:
    """The entries of these repositories from scratch, in three queries; none without a verdict."""
    moves = _moves(repositories, now)
    known = [pk for move in moves for pk in (move.latest, move.week) if pk is not None]
    masses, flows = _masses(known), _flows(repositories, week_start(now))
    for move in moves:
        new, fixed = flows.get(move.repository, (0, 0))
        now_, then = masses.get(move.latest, NOTHING), masses.get(move.week, NOTHING)
        entry = Entry(
            repository=move.repository,
            snapshot=move.latest,
            score=move.score,
            grade=move.grade,
            coverage=move.coverage,
            lines=move.lines,
            commit=move.commit,
            terms=now_.terms,
            masses=now_.figures,
            scores=now_.scores,
            week_score=move.week_score,
            week_terms=then.terms,
            week_masses=then.figures,
            month_score=move.month_score,
            new_findings=new,
            fixed_findings=fixed,
        )
        yield Kept(entry, day_start(now), _until(move, now))


@dataclass(frozen=True, slots=True)
class _Move:
    """Where a repository stands and stood. Snapshots are keys; None is what was not known."""

    repository: int
    latest: int
    score: float
    grade: str
    coverage: float
    lines: int
    commit: str
    week: int | None  # as the week began
    week_score: float | None
    month_score: float | None
    newest: datetime | None  # its newest commit
    leaving: datetime | None  # the commit that the next day to leave the month may hold


_OF_LATEST: Final = ("score", "grade", "coverage", "lines", "commit")


def _moves(repositories: QuerySet[Repository], now: datetime) -> list[_Move]:
    week, month = week_start(now), month_start(now)
    every = Snapshot.objects.filter(repository=OuterRef("pk"))
    found = repositories.exclude(latest=None).order_by("pk")
    rows = found.values_list(
        "pk",
        "latest_id",
        *(f"latest__{name}" for name in _OF_LATEST),
        _of_last(week, "pk"),
        _of_last(week, "score"),
        _of_last(month, "score"),
        _first(every.order_by("-committed_at")),
        _first(every.filter(committed_at__gte=month).order_by("committed_at")),
    )
    return [_Move(*row) for row in rows]


def _of_last(when: datetime, column: str) -> Subquery:
    """Of the verdict on the newest commit before a time that is on the branch."""
    known = Snapshot.objects.filter(
        repository=OuterRef("pk"), vanished=False, committed_at__lt=when
    )
    return Subquery(known.order_by("-committed_at", "-judged_at", "-pk").values(column)[:1])


def _first(rows: QuerySet[Snapshot]) -> Subquery:
    return Subquery(rows.values("committed_at")[:1])


def _until(move: _Move, now: datetime) -> datetime:
    """When time alone makes an entry wrong: another week, or a commit that leaves the month."""
    moved_lately = move.newest is not None and move.newest >= week_start(now)
    week = next_week(now) if moved_lately else FOREVER
    return min(week, leaves_month(move.leaving) if move.leaving else FOREVER)


def _flows(repositories: QuerySet[Repository], since: datetime) -> Mapping[int, tuple[int, int]]:
    """What came and went with the commits after a time. With a first scan nothing is new."""
    rows = Snapshot.objects.filter(
        repository__in=repositories.order_by().values("pk"),
        backfilled=False,
        is_first=False,
        committed_at__gt=since,
    )
    grouped = rows.order_by().values("repository_id")
    summed = grouped.annotate(came=Sum("new_findings"), went=Sum("fixed_findings"))
    return {
        pk: (new, fixed) for pk, new, fixed in summed.values_list("repository_id", "came", "went")
    }


def _masses(snapshots: Collection[int]) -> Mapping[int | None, Packed]:
    """The masses of each snapshot."""
    found: dict[int | None, list[Judged]] = defaultdict(list)
    rows = PrincipleScore.objects.filter(snapshot__in=snapshots)
    columns = ("principle", "conforming", "debt", "grace", "rigour", "weight")
    for snapshot, applies, score, *mass in rows.values_list(
        "snapshot_id", "applicable", "score", *columns
    ):
        found[snapshot].append(Judged(Mass(*mass), applies, score))
    return {snapshot: packed(several) for snapshot, several in found.items()}
