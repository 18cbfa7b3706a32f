"""The portfolio: every repository a user may see, in a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from dashboard.charts.scale import shown_change
from dashboard.principles import LABELS, Label
from dashboard.queries.access import Viewer, repositories_of, teams_led_by, teams_of
from dashboard.queries.causes import Cause, causes
from dashboard.queries.history import NONE, History, histories
from dashboard.queries.rubrics import default_rubric
from dashboard.queries.scan_states import NEVER, ScanState, scan_states
from dashboard.rollup import Mass, RollUp, roll_up
from dashboard.weeks import week_start
from scanner.domain.findings import PARTIAL_BELOW
from scanner.domain.rubric import KEYS, Rubric
from scanner.storage.models import PrincipleScore, Repository

MONTH: Final = timedelta(days=30)
SPARK: Final = timedelta(weeks=26)
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
    spark: tuple[tuple[float, float], ...]
    cells: tuple[Cell, ...]
    new: int  # since Monday
    fixed: int
    commit: str
    state: ScanState

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
    """What a user may see of all his teams, or of one."""
    found = repositories_of(user).select_related("team", "latest").order_by("name", "pk")
    repositories = list(found.filter(team__slug=team) if team else found)
    past = histories(repositories, now - SPARK)
    states = scan_states(repositories)
    masses = _masses(repositories, past, week_start(now))
    rows = tuple(
        _row(one, past.get(one.pk, NONE), states.get(one.pk, NEVER), masses, now)
        for one in repositories
    )
    latest = {one.pk: one.latest_id for one in repositories if one.latest_id is not None}
    default = default_rubric()
    total = _sum(masses, latest.values(), default)
    return Portfolio(
        rows=rows,
        total=total,
        week=_week(masses, latest, past, week_start(now), default),
        without_worst=_without_worst(rows, masses, latest, default),
        changes=_changes(rows, past, week_start(now)),
        teams=tuple(TeamChoice(t.name, t.slug) for t in teams_of(user).order_by("name")),
        may_add=teams_led_by(user).exists(),
    )


def rows_of(user: Viewer, now: datetime, ids: Collection[int]) -> tuple[Row, ...]:
    """A few rows of the portfolio, for those whose scans are on their way."""
    found = repositories_of(user).filter(pk__in=ids).select_related("team", "latest")
    repositories = list(found.order_by("pk"))
    past, states = histories(repositories, now - SPARK), scan_states(repositories)
    masses = _masses(repositories, past, week_start(now))
    return tuple(
        _row(one, past.get(one.pk, NONE), states.get(one.pk, NEVER), masses, now)
        for one in repositories
    )


Masses = Mapping[int, Mapping[str, tuple[Mass, float | None]]]
"""By snapshot and principle: its mass and its score."""


def _masses(
    repositories: Collection[Repository], past: Mapping[int, History], when: datetime
) -> Masses:
    """Principles of the latest snapshots, and of those that stood at a time before."""
    ids = {one.latest_id for one in repositories if one.latest_id is not None}
    earlier = (history.before(when) for history in past.values())
    ids |= {moment.snapshot for moment in earlier if moment is not None}
    found: dict[int, dict[str, tuple[Mass, float | None]]] = defaultdict(dict)
    columns = ("principle", "conforming", "debt", "grace", "rigour", "weight")
    rows = PrincipleScore.objects.filter(snapshot__in=ids, applicable=True)
    for snapshot, score, *mass in rows.values_list("snapshot_id", "score", *columns):
        found[snapshot][mass[0]] = (Mass(*mass), score)
    return found


def _sum(masses: Masses, snapshots: Collection[int], default: Rubric) -> RollUp | None:
    return roll_up((mass for one in snapshots for mass, _ in masses.get(one, {}).values()), default)


def _week(
    masses: Masses,
    latest: Mapping[int, int],
    past: Mapping[int, History],
    when: datetime,
    default: Rubric,
) -> float | None:
    """The change of the repositories that were known then: new ones are no change."""
    then = {pk: moment for pk in latest if (moment := past.get(pk, NONE).before(when))}
    now = _sum(masses, [latest[pk] for pk in then], default)
    before = _sum(masses, [moment.snapshot for moment in then.values()], default)
    return shown_change(now.score, before.score) if now and before else None


def _without_worst(
    rows: Sequence[Row], masses: Masses, latest: Mapping[int, int], default: Rubric
) -> float | None:
    scored = [row for row in rows if row.score is not None]
    if len(scored) < 2:
        return None
    worst = min(scored, key=lambda row: row.standing)
    rest = _sum(masses, [one for pk, one in latest.items() if pk != worst.id], default)
    return rest.score if rest else None


def _row(
    repository: Repository, past: History, state: ScanState, masses: Masses, now: datetime
) -> Row:
    latest = repository.latest
    score = latest.score if latest else None
    recent = past.since(week_start(now))
    return Row(
        id=repository.pk,
        name=repository.name,
        slug=repository.slug,
        team=repository.team.name,
        team_slug=repository.team.slug,
        score=score,
        grade=latest.grade if latest else "",
        coverage=latest.coverage if latest else 0.0,
        lines=latest.lines if latest else 0,
        week=_change(past, score, week_start(now)),
        month=_change(past, score, now - MONTH),
        spark=_spark(past, score, now),
        cells=_cells(masses.get(latest.pk, {}) if latest else {}),
        new=sum(moment.new for moment in recent),
        fixed=sum(moment.fixed for moment in recent),
        commit=latest.commit if latest else "",
        state=state,
    )


def _cells(principles: Mapping[str, tuple[Mass, float | None]]) -> tuple[Cell, ...]:
    return tuple(Cell(key, principles[key][1] if key in principles else None) for key in KEYS)


def _change(past: History, score: float | None, when: datetime) -> float | None:
    then = past.before(when)
    return shown_change(score, then.score) if then is not None and score is not None else None


def _spark(past: History, score: float | None, now: datetime) -> tuple[tuple[float, float], ...]:
    """Moments as (share of the window, score); what stood at its start is at 0."""
    if score is None:
        return ()
    start = now - SPARK
    places = [(max(0.0, (moment.at - start) / SPARK), moment.score) for moment in past.past]
    return (*(place for place in places if place[0] < 1), (1.0, score))


def _changes(
    rows: Sequence[Row], past: Mapping[int, History], when: datetime
) -> tuple[Change, ...]:
    """The repositories that moved most since a time, with causes."""
    moved = [row for row in rows if row.week is not None and abs(row.week) >= NOTABLE]
    moved.sort(key=lambda row: -abs(row.week or 0.0))
    moved = moved[:MOST_CHANGES]
    why = causes({row.id: [m.snapshot for m in past[row.id].since(when)] for row in moved}, when)
    changes = []
    for row in moved:
        step = past[row.id].largest_step(when)
        commit, subject = (step.commit, step.subject) if step else (row.commit, "")
        rose = (row.week or 0.0) > 0
        ordered = sorted(why.get(row.id, ()), key=lambda cause: (cause.effect > 0) != rose)
        changes.append(
            Change(row, tuple(ordered), past[row.id].rubric_effects(when), commit, subject)
        )
    return tuple(changes)
