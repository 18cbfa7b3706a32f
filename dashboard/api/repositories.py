"""Repositories: list, register, look, change, delete."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Status

from dashboard.api.door import administers, reads
from dashboard.api.problems import FieldError, RoleError
from dashboard.api.schemas import (
    ChangeIn,
    NewRepositoryIn,
    Problem,
    Refusal,
    RepositoryOut,
    RepositoryPage,
)
from dashboard.queries import api as queries
from dashboard.queries.access import teams_led_by
from dashboard.queries.answers import Answer, repository_answer
from dashboard.views.errors import LEADS_ONLY, OWNERS_ONLY
from scanner import bootstrap
from scanner.application.registration import RegistrationRequest
from scanner.application.upkeep import RepositoryChange
from scanner.domain.errors import UserError
from scanner.domain.schedule import Schedule

router = Router(tags=["repositories"])
Limit = Annotated[int, Query(50, ge=1, le=200)]
Offset = Annotated[int, Query(0, ge=0, le=1_000_000)]
_REFUSED = {400: Problem, 401: Problem, 403: Problem, 404: Problem, 422: Refusal}


@router.get("", response={200: RepositoryPage, **_REFUSED}, auth=reads)
def repositories(
    request: HttpRequest, limit: Limit, offset: Offset, team: str = "", q: str = ""
) -> Answer:
    """What the person sees, by team and name; `team` is a slug, `q` a part of the name."""
    found, total = queries.repositories(request.user, team, q[:100], queries.Window(limit, offset))
    return {"items": [repository_answer(row) for row in found], "total": total}


@router.post("", response={201: RepositoryOut, **_REFUSED}, auth=administers)
def register(request: HttpRequest, given: NewRepositoryIn) -> Status[Answer]:
    """Register a repository of a team that the person leads; its first scan is queued."""
    team = teams_led_by(request.user).filter(slug=given.team).values_list("pk", flat=True).first()
    if team is None:
        raise FieldError(
            "team",
            UserError(
                "team.unknown",
                "You lead no team with this slug.",
                "The slug is the last part of the address of a team's page.",
            ),
        )
    wanted = RegistrationRequest(
        team,
        given.url,
        given.name,
        given.branch,
        schedule=_schedule(given.schedule, given.time_zone),
        may_use_paths=bool(getattr(request.user, "is_superuser", False)),
    )
    try:
        made = bootstrap.registration().register(wanted)
    except UserError as error:
        raise FieldError.of(error) from error
    return Status(201, repository_answer(queries.repository(request.user, made.repository.id)))


@router.get("/{int:repository_id}", response={200: RepositoryOut, **_REFUSED}, auth=reads)
def repository(request: HttpRequest, repository_id: int) -> Answer:
    """One repository."""
    return repository_answer(queries.repository(request.user, repository_id))


@router.patch("/{int:repository_id}", response={200: RepositoryOut, **_REFUSED}, auth=administers)
def change(request: HttpRequest, repository_id: int, given: ChangeIn) -> Answer:
    """Change what is given; another branch is scanned at once."""
    if not queries.frame_by_id(request.user, repository_id).may_change:
        raise RoleError(LEADS_ONLY)
    row = queries.repository(request.user, repository_id)
    change = RepositoryChange(
        row.pk,
        row.name if given.name is None else given.name,
        row.branch if given.branch is None else given.branch,
        _schedule(
            row.cron if given.schedule is None else given.schedule,
            row.time_zone if given.time_zone is None else given.time_zone,
        ),
    )
    try:
        bootstrap.repository_settings().change(change)
    except UserError as error:
        raise FieldError.of(error) from error
    return repository_answer(queries.repository(request.user, repository_id))


@router.delete("/{int:repository_id}", response={204: None, **_REFUSED}, auth=administers)
def delete(request: HttpRequest, repository_id: int) -> Status[None]:
    """Delete everything stored of a repository; for owners of its team."""
    if not queries.frame_by_id(request.user, repository_id).may_own:
        raise RoleError(OWNERS_ONLY)
    bootstrap.removal().remove(repository_id)
    return Status(204, None)


def _schedule(cron: str, time_zone: str) -> Schedule | None:
    return Schedule(cron, time_zone or "UTC") if cron else None
