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
from dashboard.principles import LABELS, Label
from dashboard.queries.access import Viewer, repositories_of, teams_led_by, teams_of
from dashboard.queries.causes import Cause, causes
from dashboard.queries.history import History, histories
from dashboard.queries.moves import NO_FLOW, NO_MOVE, Move, flows, moves, sparks
from dashboard.queries.rollups import totals
from dashboard.queries.rubrics import default_rubric
from dashboard.queries.scan_states import NEVER, ScanState, scan_states, states_in_short
from dashboard.rollup import RollUp
from dashboard.weeks import week_start
from scanner.domain.findings import PARTIAL_BELOW
from scanner.domain.rubric import KEYS
from scanner.storage.models import PrincipleScore, Repository

MONTH: Final = timedelta(days=30)
SPARK: Final = timedelta(weeks=26)
HOUR: Final = timedelta(hours=1)
MOST_CHANGES: Final = 4
NOTABLE: Final = 0.5  # points a week


@dataclass(frozen=True, slots=True)
class Cell:
    """One principle of a repository. `score` is None where it does not apply or is unknown."""

    key: str
    score: float | None

    @property
    def label(self) -> Label:
        """Its name."""
        return LABELS[self.key]


@dataclass(frozen=True, slots=True)
class Row:
    """One repository. Scores are None until its first scan is done; names are hostile text."""

    id: int
    name: str
    slug: str
    team: str
    team_slug: str
    score: float | None
    grade: str
    coverage: float
    lines: int
    week: float | None  # change of the score since Monday, as `weeks` has it
    month: float | None
    new: int  # since Monday
    fixed: int
    commit: str
    state: ScanState
    snapshot: int | None = None  # the latest
    spark: tuple[tuple[float, float], ...] = ()  # of rows that are `detailed`
    cells: tuple[Cell, ...] = ()

    @property
    def partial(self) -> bool:
        """Too little was measured: drawn hollow."""
        return self.score is not None and self.coverage < PARTIAL_BELOW

    @property
    def standing(self) -> float:
        """The score as a figure to sort and draw by; 0 where there is none."""
        return self.score or 0.0

    @property
    def moved(self) -> float:
        """The change of thirty days; 0 where it is not known."""
        return self.month or 0.0


@dataclass(frozen=True, slots=True)
class Change:
    """What moved a repository this week: its causes, and the commit with the largest step."""

    row: Row
    causes: tuple[Cause, ...]
    rubric: float  # what changes of the rubric did
    commit: str
    subject: str


@dataclass(frozen=True, slots=True)
class TeamChoice:
    """A team as a filter offers it."""

    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class Portfolio:
    """All repositories in scope, rolled up by adding masses."""

    rows: tuple[Row, ...]
    total: RollUp | None
    week: float | None  # change of the roll-up since Monday, over what was scored then
    without_worst: float | None  # the roll-up without the lowest repository
    changes: tuple[Change, ...]
    teams: tuple[TeamChoice, ...]
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
        changes=_changes(rows, week_start(now)),
        teams=tuple(TeamChoice(t.name, t.slug) for t in teams_of(user).order_by("name")),
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
    cells = _scores(row.snapshot for row in rows)
    return tuple(
        replace(
            row,
            spark=_spark(row, lines),
            cells=_cells(cells.get(row.snapshot, {})),
            state=states.get(row.id, NEVER),
        )
        for row in rows
    )


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
    recent = flows(repositories, week_start(now))
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


def _changes(rows: Sequence[Row], when: datetime) -> tuple[Change, ...]:
    """The repositories that moved most since a time, with causes."""
    moved = [row for row in rows if row.week is not None and abs(row.week) >= NOTABLE]
    moved.sort(key=lambda row: -abs(row.week or 0.0))
    moved = moved[:MOST_CHANGES]
    past = histories([row.id for row in moved], when - MONTH)
    why = causes({row.id: [m.snapshot for m in past[row.id].since(when)] for row in moved}, when)
    return tuple(_cause(row, past[row.id], why.get(row.id, ()), when) for row in moved)


def _cause(row: Row, past: History, why: Sequence[Cause], when: datetime) -> Change:
    step = past.largest_step(when)
    commit, subject = (step.commit, step.subject) if step else (row.commit, "")
    rose = (row.week or 0.0) > 0
    ordered = sorted(why, key=lambda cause: (cause.effect > 0) != rose)
    return Change(row, tuple(ordered), past.rubric_effects(when), commit, subject)
