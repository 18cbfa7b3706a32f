"""The portfolio: every repository a user may see, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
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
from dashboard.queries.portfolio_rows import Row, TeamChoice
from dashboard.queries.rollups import totals
from dashboard.queries.rubrics import default_rubric
from dashboard.queries.scan_states import NEVER, ScanState, states_in_short, whole_states
from dashboard.queries.team_standings import TeamStanding, leads_of, team_standings
from dashboard.rollup import RollUp
from scanner.domain.masses import NOTHING, Packed
from scanner.domain.weeks import month_start, week_start
from scanner.storage.entries import Entry, sparks_of, standing
from scanner.storage.models import Repository


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
    by_team: tuple[TeamStanding, ...]  # by name; none where one team is in scope
    leads: tuple[str, ...]  # of the one team in scope
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
    entries = standing(found, now)
    rows = _rows(found, entries, states_in_short(found))
    default, leads = default_rubric(), leads_of(user)
    sums = totals([entries[row.id] for row in rows if row.id in entries], default)
    return Portfolio(
        rows=rows,
        total=sums.total,
        week=sums.change,
        without_worst=sums.without_worst.score if sums.without_worst else None,
        changes=movements(most_changed(rows), week_start(now)),
        movers=movers(most_moved(rows), month_start(now)),
        teams=tuple(TeamChoice(t.name, t.slug) for t in teams_of(user).order_by("name")),
        by_team=() if team else team_standings(rows, entries, leads, default),
        leads=leads.get(team, ()),
        labels=tuple(sorted({label for row in rows for label in row.labels})),
        may_add=teams_led_by(user).exists(),
    )


def rows_of(user: Viewer, now: datetime, ids: Collection[int]) -> tuple[Row, ...]:
    """A few rows of the portfolio, for those whose scans are on their way."""
    found = repositories_of(user).filter(pk__in=ids)
    return detailed(_rows(found, standing(found, now), states_in_short(found)), now)


def detailed(rows: Sequence[Row], now: datetime) -> tuple[Row, ...]:
    """The same rows with small lines and whole states: for those that are shown."""
    lines = sparks_of([row.id for row in rows if row.score is not None], now)
    states = whole_states([row.state for row in rows])
    return tuple(
        replace(row, spark=_spark(row, lines), state=states.get(row.state.scan, row.state))
        for row in rows
    )


_NAMES: Final = ("pk", "name", "slug", "team__name", "team__slug")


def _rows(
    repositories: QuerySet[Repository],
    entries: Mapping[int, Entry],
    states: Mapping[int, ScanState],
) -> tuple[Row, ...]:
    labels = labels_of(repositories)
    return tuple(
        _row(named, entries.get(named[0]), states, labels)
        for named in repositories.order_by("name", "pk").values_list(*_NAMES)
    )


def _row(
    named: tuple[int, str, str, str, str],
    entry: Entry | None,
    states: Mapping[int, ScanState],
    labels: Mapping[int, tuple[str, ...]],
) -> Row:
    id_, name, slug, team, team_slug = named
    return Row(
        id=id_,
        snapshot=entry.snapshot if entry else None,
        packed=Packed(entry.terms, b"", entry.scores) if entry else NOTHING,
        name=name,
        slug=slug,
        team=team,
        team_slug=team_slug,
        score=entry.score if entry else None,
        grade=entry.grade if entry else "",
        coverage=entry.coverage if entry else 0.0,
        lines=entry.lines if entry else 0,
        week=_change(entry.score, entry.week_score) if entry else None,
        month=_change(entry.score, entry.month_score) if entry else None,
        new=entry.new_findings if entry else 0,
        fixed=entry.fixed_findings if entry else 0,
        commit=entry.commit if entry else "",
        state=states.get(id_, NEVER),
        labels=labels.get(id_, ()),
    )


def _change(score: float, then: float | None) -> float | None:
    return shown_change(score, then) if then is not None else None


def _spark(
    row: Row, lines: Mapping[int, tuple[tuple[float, float], ...]]
) -> tuple[tuple[float, float], ...]:
    """Moments as (share of the window, score), where it stands now at its end."""
    return () if row.score is None else (*lines.get(row.id, ()), (1.0, row.score))
