"""The whole past of one repository, for the page of its trend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q, Sum

from dashboard.queries.access import Frame, Viewer, frame, repository_of
from dashboard.queries.history import History, history_of
from dashboard.queries.repository import Values, principle_values
from scanner.storage.models import Scan, Snapshot


@dataclass(frozen=True, slots=True)
class Past:
    """Every verdict of a repository, with its principles by snapshot."""

    frame: Frame
    history: History
    values: Mapping[int, Values]


def past_of(user: Viewer, team: str, slug: str) -> Past:
    """All of it. Raises Http404 for a foreign repository."""
    repository = repository_of(user, team, slug)
    return Past(frame(repository), history_of(repository), principle_values(repository))


@dataclass(frozen=True, slots=True)
class PastState:
    """What tells the past of a repository apart from what it was, or will be."""

    count: int
    keys: int | None
    vanished: int
    judged_at: datetime | None
    ended_at: datetime | None  # the last scan or backfill, which may have marked tags


def past_state(repository_id: int) -> PastState:
    """The state of a past, in two queries that fetch none of it."""
    found = Snapshot.objects.filter(repository_id=repository_id).aggregate(
        count=Count("pk"),
        keys=Sum("pk"),
        vanished=Count("pk", filter=Q(vanished=True)),
        judged_at=Max("judged_at"),
    )
    ended = Scan.objects.filter(repository_id=repository_id).aggregate(at=Max("finished_at"))
    return PastState(**found, ended_at=ended["at"])
