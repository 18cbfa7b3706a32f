"""Teams, and who belongs to them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.http import Http404

from dashboard.queries.access import Viewer, teams_of
from scanner.storage.models import Membership, Team


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A team in the list. `role` is the reader's; "" for an administrator who is no member."""

    name: str
    slug: str
    role: str
    people: int
    repositories: int


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A person in a team."""

    id: int
    name: str
    role: str
    is_active: bool
    is_administrator: bool


@dataclass(frozen=True, slots=True)
class TeamView:
    """A team's page. `may_change` is for its owners and for administrators."""

    id: int
    name: str
    slug: str
    role: str
    may_change: bool
    repositories: int
    members: tuple[MemberLine, ...]


def team_lines(user: Viewer) -> list[TeamLine]:
    """The teams that a user sees, by name, in two queries."""
    own = dict(Membership.objects.filter(user_id=user.pk or 0).values_list("team_id", "role"))
    return [
        TeamLine(team.name, team.slug, own.get(team.id, ""), team.people, team.repositories)
        for team in _counted(teams_of(user))
    ]


def team_view(user: Viewer, slug: str) -> TeamView:
    """One team, in two queries. Raises Http404 for a foreign one."""
    found = _counted(teams_of(user).filter(slug=slug))
    if not found:
        raise Http404("no such team")
    [team] = found
    people = tuple(
        MemberLine(*row)
        for row in Membership.objects.filter(team_id=team.id)
        .order_by("user__username")
        .values_list("user_id", "user__username", "role", "user__is_active", "user__is_superuser")
    )
    role = next((person.role for person in people if person.id == user.pk), "")
    rules = role == Membership.Role.OWNER or bool(getattr(user, "is_superuser", False))
    return TeamView(team.id, team.name, slug, role, rules, team.repositories, people)


@dataclass(frozen=True, slots=True)
class _Counted:
    id: int
    name: str
    slug: str
    people: int
    repositories: int


def _counted(seen: QuerySet[Team]) -> list[_Counted]:
    rows = (
        Team.objects.filter(pk__in=seen.values("pk"))
        .annotate(
            people=Count("memberships", distinct=True), held=Count("repositories", distinct=True)
        )
        .order_by("name")
        .values_list("id", "name", "slug", "people", "held")
    )
    return [_Counted(*row) for row in rows]
