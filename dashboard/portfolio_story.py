"""What the portfolio says: its sentence, its figures, and who moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString

from dashboard import sentences
from dashboard.charts import movers
from dashboard.queries.movements import NOTABLE, Movement
from dashboard.queries.portfolio import Portfolio
from dashboard.queries.portfolio_rows import Row
from scanner.domain.weeks import week_start


@dataclass(frozen=True, slots=True)
class Mover:
    """A repository that moved in thirty days: its score then, both on the axis, and why."""

    why: Movement
    then: float
    chart: SafeString


@dataclass(frozen=True, slots=True)
class Movers:
    """Who rose and who fell, on one axis: up to two tables."""

    head: SafeString
    tables: tuple[tuple[Mover, ...], ...]


def story(page: Portfolio, team_slug: str, now: datetime) -> dict[str, object]:
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
        "fallen": fallen(scored) if len(scored) > 1 else None,
        "failed": [row for row in page.rows if row.state.kind == "failed"],
        "partial": [row for row in scored if row.partial],
        "movers": moved(page.movers),
        "monday": week_start(now),
    }


def team_name(page: Portfolio, slug: str) -> str:
    """The team that the page is narrowed to; "" for all."""
    return next((team.name for team in page.teams if team.slug == slug), "")


def week(scored: Sequence[Row]) -> dict[str, int]:
    """Findings that came and went this week."""
    return {"new": sum(row.new for row in scored), "fixed": sum(row.fixed for row in scored)}


def fallen(scored: Sequence[Row]) -> Row | None:
    """The repository that fell most this week; None when none fell by half a point."""
    lowest = min(scored, key=lambda row: -row.fell)
    return lowest if lowest.fell >= NOTABLE else None


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


def moved(found: Sequence[Movement]) -> Movers | None:
    """The repositories that rose and fell most in thirty days; None when none did."""
    if not found:
        return None
    scale = movers.axis([score for each in found for score in (_then(each), each.row.standing)])
    up = tuple(_mover(each, scale) for each in found if each.row.moved > 0)
    down = tuple(_mover(each, scale) for each in found if each.row.moved < 0)
    return Movers(movers.head(scale), tuple(table for table in (up, down) if table))


def _then(found: Movement) -> float:
    return found.row.standing - found.row.moved


def _mover(found: Movement, scale: movers.Axis) -> Mover:
    then = _then(found)
    return Mover(found, then, movers.row(then, found.row.standing, scale))
