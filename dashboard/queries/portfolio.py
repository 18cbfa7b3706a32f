"""The portfolio: every repository a user may see, in a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import starmap
from typing import Final

from django.db.models import QuerySet

from dashboard.charts.scale import shown_change
from dashboard.queries.access import Viewer, repositories_of, teams_led_by, teams_of
from dashboard.queries.labels import labels_of
from dashboard.queries.movements import (
    Movement,
    most_changed,
    most_moved,
    movements,
    movers,
)
from dashboard.queries.moves import NO_FLOW, NO_MOVE, Move, flows, moves, sparks
from dashboard.queries.portfolio_rows import Cell, Row, TeamChoice
from dashboard.queries.rollups import totals
from dashboard.queries.rubrics import default_rubric
from dashboard.queries.scan_states import NEVER, ScanState, scan_states, states_in_short
from dashboard.rollup import RollUp
from dashboard.weeks import week_start
from scanner.domain.rubric import KEYS
from scanner.storage.models import PrincipleScore, Repository

MONTH: Final = timedelta(days=30)
SPARK: Final = timedelta(weeks=26)
HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Portfolio:
    """All repositories in scope, rolled up by adding masses."""

    rows: tuple[Row, ...]
    total: RollUp | None
    week: float | None  # change of the roll-up since Monday, over what was scored then
    without_worst: float | None  # the roll-up without the lowest repository
    changes: tuple[Movement, ...]  # this week
    movers: tuple[Movement, ...]  # in thirty days
    teams: tuple[TeamChoice, ...]
    labels: tuple[str, ...]
    may_add: bool

    @property
    def scored(self) -> tuple[Row, ...]:
        """The repositories that have a score."""
        return tuple(row for row in self.rows if row.score is not None)


def portfolio(user: Viewer, now: datetime, team: str = "") -> Portfolio:
    """What a user may see of all his teams, or of one. Rows are without their details."""
    visible = repositories_of(user)
    found = visible.filter(team__slug=team) if team else visible
    then = moves(found, week_start(now), now - MONTH)
    rows = _rows(found, then, states_in_short(found), now)
    scored = [row for row in rows if row.score is not None]
    worst = min(scored, key=lambda row: row.standing).snapshot if len(scored) > 1 else None
    stood = {row.id: then[row.id].snapshot for row in scored if row.id in then}
    known = [snapshot for snapshot in stood.values() if snapshot is not None]
    fresh = [row.snapshot for row in scored if row.snapshot and stood.get(row.id) is None]
    sums = totals(found, known, fresh, worst, default_rubric())
    rest = sums.without_worst if worst is not None else None
    return Portfolio(
        rows=rows,
        total=sums.total,
        week=sums.change,
        without_worst=rest.score if rest else None,
        changes=movements(most_changed(rows), week_start(now)),
        movers=movers(most_moved(rows), now - MONTH),
        teams=tuple(TeamChoice(t.name, t.slug) for t in teams_of(user).order_by("name")),
        labels=tuple(sorted({label for row in rows for label in row.labels})),
        may_add=teams_led_by(user).exists(),
    )


def rows_of(user: Viewer, now: datetime, ids: Collection[int]) -> tuple[Row, ...]:
    """A few rows of the portfolio, for those whose scans are on their way."""
    found = repositories_of(user).filter(pk__in=ids)
    then = moves(found, week_start(now), now - MONTH)
    return detailed(_rows(found, then, {}, now), now)


def detailed(rows: Sequence[Row], now: datetime) -> tuple[Row, ...]:
    """The same rows with principles, small lines and whole states: for those that are shown."""
    end = now.replace(minute=0, second=0, microsecond=0) + HOUR  # so that lines stay as they are
    lines = sparks([row.id for row in rows if row.score is not None], end - SPARK, end)
    states = scan_states([row.id for row in rows])
    return tuple(
        replace(row, spark=_spark(row, lines), state=states.get(row.id, NEVER))
        for row in celled(rows)
    )


def celled(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The same rows with principles, in one query."""
    cells = _scores(row.snapshot for row in rows)
    return tuple(replace(row, cells=_cells(cells.get(row.snapshot, {}))) for row in rows)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A repository with its latest snapshot, as one query has it."""

    id: int
    name: str
    slug: str
    team: str
    team_slug: str
    snapshot: int | None
    score: float | None
    grade: str | None
    coverage: float | None
    lines: int | None
    commit: str | None


_OF_LATEST: Final = ("score", "grade", "coverage", "lines", "commit")


def _drafts(repositories: QuerySet[Repository]) -> tuple[_Draft, ...]:
    names = ("pk", "name", "slug", "team__name", "team__slug", "latest_id")
    columns = (*names, *(f"latest__{name}" for name in _OF_LATEST))
    return tuple(starmap(_Draft, repositories.order_by("name", "pk").values_list(*columns)))


def _rows(
    repositories: QuerySet[Repository],
    then: Mapping[int, Move],
    states: Mapping[int, ScanState],
    now: datetime,
) -> tuple[Row, ...]:
    recent, labels = flows(repositories, week_start(now)), labels_of(repositories)
    return tuple(
        Row(
            id=one.id,
            snapshot=one.snapshot,
            name=one.name,
            slug=one.slug,
            team=one.team,
            team_slug=one.team_slug,
            score=one.score,
            grade=one.grade or "",
            coverage=one.coverage or 0.0,
            lines=one.lines or 0,
            week=_change(one.score, then.get(one.id, NO_MOVE).week),
            month=_change(one.score, then.get(one.id, NO_MOVE).month),
            new=recent.get(one.id, NO_FLOW).new,
            fixed=recent.get(one.id, NO_FLOW).fixed,
            commit=one.commit or "",
            state=states.get(one.id, NEVER),
            labels=labels.get(one.id, ()),
        )
        for one in _drafts(repositories)
    )


def _change(score: float | None, then: float | None) -> float | None:
    return shown_change(score, then) if then is not None and score is not None else None


def _scores(snapshots: Iterable[int | None]) -> Mapping[int | None, Mapping[str, float | None]]:
    """Scores by snapshot and principle, where that applies, in one query."""
    found: dict[int | None, dict[str, float | None]] = defaultdict(dict)
    ids = [snapshot for snapshot in snapshots if snapshot is not None]
    rows = PrincipleScore.objects.filter(snapshot__in=ids, applicable=True)
    for snapshot, principle, score in rows.values_list("snapshot_id", "principle", "score"):
        found[snapshot][principle] = score
    return found


def _cells(scores: Mapping[str, float | None]) -> tuple[Cell, ...]:
    return tuple(Cell(key, scores.get(key)) for key in KEYS)


def _spark(
    row: Row, lines: Mapping[int, tuple[tuple[float, float], ...]]
) -> tuple[tuple[float, float], ...]:
    """Moments as (share of the window, score), where it stands now at its end."""
    return () if row.score is None else (*lines.get(row.id, ()), (1.0, row.score))
