"""Where each team of a portfolio stands, and whom to talk to there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboard.queries.access import Viewer, teams_of
from dashboard.queries.portfolio_rows import Row, TeamChoice
from dashboard.queries.rollups import standing_of
from scanner.domain.rubric import Rubric
from scanner.storage.entries import Entry
from scanner.storage.models import Membership

_LEADING = (Membership.Role.LEAD, Membership.Role.OWNER)


@dataclass(frozen=True, slots=True)
class TeamStanding:
    """The repositories of a team together: masses added up, as for the whole portfolio."""

    name: str
    slug: str
    repositories: int
    scored: int  # of them
    score: float
    week: float | None  # change since Monday, over what was scored then
    leads: tuple[str, ...]


def leads_of(user: Viewer) -> Mapping[str, tuple[str, ...]]:
    """Who leads or owns the teams that a user sees, by the slug of the team, in one query."""
    found: dict[str, list[str]] = defaultdict(list)
    rows = Membership.objects.filter(
        team__in=teams_of(user), role__in=_LEADING, user__is_active=True
    ).order_by("user__username")
    for slug, name in rows.values_list("team__slug", "user__username"):
        found[slug].append(name)
    return {slug: tuple(names) for slug, names in found.items()}


def team_standings(
    rows: Sequence[Row],
    entries: Mapping[int, Entry],
    leads: Mapping[str, tuple[str, ...]],
    default: Rubric,
) -> tuple[TeamStanding, ...]:
    """Each team with a score; by name, for a list of teams by score would rank people."""
    held: dict[TeamChoice, list[Entry]] = defaultdict(list)
    sizes = Counter(row.team_slug for row in rows)
    for row in rows:
        if row.id in entries:
            held[TeamChoice(row.team, row.team_slug)].append(entries[row.id])
    found = (_of(team, sizes[team.slug], held[team], leads, default) for team in _by_name(held))
    return tuple(each for each in found if each is not None)


def _by_name(teams: Iterable[TeamChoice]) -> list[TeamChoice]:
    return sorted(teams, key=lambda team: (team.name.casefold(), team.slug))


def _of(
    team: TeamChoice,
    size: int,
    entries: Sequence[Entry],
    leads: Mapping[str, tuple[str, ...]],
    default: Rubric,
) -> TeamStanding | None:
    total, week = standing_of(entries, default)
    if total is None:
        return None
    return TeamStanding(
        team.name, team.slug, size, len(entries), total.score, week, leads.get(team.slug, ())
    )
