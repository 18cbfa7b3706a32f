"""What a user may see. Every queryset of the dashboard starts here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404

from scanner.storage.models import Membership, Repository, Team

Viewer = AbstractBaseUser | AnonymousUser
"""Whoever asks: `request.user`."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What the head of every page of a repository says, and what the user may do there."""

    id: int
    team: str
    team_slug: str
    name: str
    slug: str
    branch: str
    commit: str  # "" until the first scan is done
    scanned_at: datetime | None
    open_findings: int | None
    role: str  # "viewer" | "lead" | "owner"

    @property
    def may_change(self) -> bool:
        """Scan, and change the settings."""
        return self.role in {"lead", "owner"}

    @property
    def may_own(self) -> bool:
        """Hold credentials, and remove the repository."""
        return self.role == "owner"


def teams_of(user: Viewer) -> QuerySet[Team]:
    """The teams of a user; all of them for a superuser, none for a visitor."""
    if not user.is_authenticated:
        return Team.objects.none()
    if getattr(user, "is_superuser", False):
        return Team.objects.all()
    return Team.objects.filter(memberships__user_id=user.pk)


def teams_led_by(user: Viewer) -> QuerySet[Team]:
    """The teams to which a user may add repositories."""
    if not user.is_authenticated or getattr(user, "is_superuser", False):
        return teams_of(user)
    return Team.objects.filter(
        memberships__user_id=user.pk,
        memberships__role__in=[Membership.Role.LEAD, Membership.Role.OWNER],
    )


def repositories_of(user: Viewer) -> QuerySet[Repository]:
    """The repositories of a user's teams."""
    return Repository.objects.filter(team__in=teams_of(user))


def repository_of(user: Viewer, team: str, slug: str) -> Repository:
    """One repository with its team and latest snapshot. Raises Http404 for a foreign one."""
    found = repositories_of(user).select_related("team", "latest").annotate(role=_role(user))
    return get_object_or_404(found, team__slug=team, slug=slug)


def frame_of(user: Viewer, team: str, slug: str) -> Frame:
    """The head of a repository's pages, in one query. Raises Http404 for a foreign one."""
    return frame(repository_of(user, team, slug))


def frame(repository: Repository) -> Frame:
    """The head of a repository that `repository_of` has fetched."""
    latest = repository.latest
    return Frame(
        id=repository.pk,
        team=repository.team.name,
        team_slug=repository.team.slug,
        name=repository.name,
        slug=repository.slug,
        branch=repository.branch,
        commit=latest.commit if latest else "",
        scanned_at=latest.created_at if latest else None,
        open_findings=latest.open_findings if latest else None,
        role=getattr(repository, "role", Membership.Role.VIEWER),
    )


def _role(user: Viewer) -> Coalesce | Value:
    if user.pk is None:
        return Value(Membership.Role.VIEWER, output_field=CharField())
    if getattr(user, "is_superuser", False):
        return Value(Membership.Role.OWNER, output_field=CharField())
    place = Membership.objects.filter(team=OuterRef("team"), user_id=user.pk)
    return Coalesce(Subquery(place.values("role")[:1]), Value(Membership.Role.VIEWER))
