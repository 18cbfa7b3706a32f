"""What the portfolio says: its sentence, its figures, and who moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.safestring import SafeString

from dashboard import sentences
from dashboard.charts import movers
from dashboard.queries.portfolio import Portfolio, Row

MOVERS: Final = 5
LEAST_MOVE: Final = 0.05  # points


@dataclass(frozen=True, slots=True)
class Mover:
    """A repository that moved in thirty days: its score then, and both on the axis."""

    row: Row
    then: float
    chart: SafeString


@dataclass(frozen=True, slots=True)
class Movers:
    """Who rose and who fell, on one axis: up to two tables."""

    head: SafeString
    tables: tuple[tuple[Mover, ...], ...]


def story(page: Portfolio, team_slug: str) -> dict[str, object]:
    """The context of the whole page beside its table."""
    scored = page.scored
    team = team_name(page, team_slug)
    counts = Counter(row.grade for row in scored)
    return {
        "team": team,
        "sentence": sentence(page, team),
        "counts": counts,
        "good": counts["A"] + counts["B"],
        "worst": min(scored, key=lambda row: row.standing, default=None),
        "lines": sum(row.lines for row in scored),
        "coverage": coverage(scored),
        **week(scored),
        "failed": [row for row in page.rows if row.state.kind == "failed"],
        "partial": [row for row in scored if row.partial],
        "movers": moved(scored),
    }


def team_name(page: Portfolio, slug: str) -> str:
    """The team that the page is narrowed to; "" for all."""
    return next((team.name for team in page.teams if team.slug == slug), "")


def week(scored: Sequence[Row]) -> dict[str, int]:
    """Findings that came and went this week."""
    return {"new": sum(row.new for row in scored), "fixed": sum(row.fixed for row in scored)}


def sentence(page: Portfolio, team: str) -> str:
    """What the page opens with."""
    if page.total is not None:
        name = team or "The portfolio"
        return sentences.standing(name, page.total.score, page.week, "this week")
    if any(row.state.live for row in page.rows):
        return "Nothing is scored yet. The first scan is on its way."
    if page.rows:
        return "Nothing is scored yet. No scan has come through."
    return "Nothing is scored yet. One address is enough."


def coverage(scored: Sequence[Row]) -> float:
    """Measured lines over lines in scope, of all repositories together."""
    in_scope = sum(row.lines / row.coverage for row in scored if row.coverage)
    return sum(row.lines for row in scored) / in_scope if in_scope else 1.0


def moved(scored: Sequence[Row]) -> Movers | None:
    """The repositories that rose and fell most in thirty days; None when none did."""
    up = _most([row for row in scored if row.moved >= LEAST_MOVE])
    down = _most([row for row in scored if row.moved <= -LEAST_MOVE])
    rows = [*up, *down]
    if not rows:
        return None
    scale = movers.axis(_then_and_now(rows))
    tables = tuple(tuple(_mover(row, scale) for row in table) for table in (up, down) if table)
    return Movers(movers.head(scale), tables)


def _then_and_now(rows: Sequence[Row]) -> list[float]:
    return [score for row in rows for score in (row.standing - row.moved, row.standing)]


def _most(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: -abs(row.moved))[:MOVERS]


def _mover(row: Row, scale: movers.Axis) -> Mover:
    then = row.standing - row.moved
    return Mover(row, then, movers.row(then, row.standing, scale))
