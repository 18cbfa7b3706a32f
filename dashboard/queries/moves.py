"""How many repositories moved: where they stood at a time, and what came and went since.

Each question is a query or two, whatever the number of repositories, and fetches a few figures of
each; their whole past is for the pages of one repository. Querysets are handed on as they are,
so that a thousand keys need not travel to the database and back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import F, OuterRef, QuerySet, Subquery, Sum, Window
from django.db.models.functions import RowNumber

from dashboard.queries.seconds import Seconds
from scanner.storage.models import Repository, Snapshot

STEP: Final = timedelta(days=7)
"""A small line has one point of each such time: it is not wide enough for more."""


@dataclass(frozen=True, slots=True)
class Move:
    """Where a repository stood: None for what was not known then."""

    snapshot: int | None = None  # as the week began
    week: float | None = None  # its score
    month: float | None = None  # the score a month ago


@dataclass(frozen=True, slots=True)
class Flow:
    """Findings that came and went with the commits after a time."""

    new: int = 0
    fixed: int = 0


NO_MOVE: Final = Move()
NO_FLOW: Final = Flow()


def moves(
    repositories: QuerySet[Repository], week: datetime, month: datetime
) -> Mapping[int, Move]:
    """Where repositories stood as the week began, and a month ago."""
    found = repositories.order_by().annotate(
        then=_of_last(week, "pk"), stood=_of_last(week, "score"), before=_of_last(month, "score")
    )
    rows = found.values_list("pk", "then", "stood", "before")
    return {repository: Move(*figures) for repository, *figures in rows}


def _of_last(when: datetime, column: str) -> Subquery:
    """Of the verdict on the newest commit before a time, as `History.before` has it."""
    known = Snapshot.objects.filter(
        repository=OuterRef("pk"), vanished=False, committed_at__lt=when
    )
    return Subquery(known.order_by("-committed_at", "-judged_at", "-pk").values(column)[:1])


def flows(repositories: QuerySet[Repository], since: datetime) -> Mapping[int, Flow]:
    """What came and went since a time. With a first scan nothing is new."""
    rows = Snapshot.objects.filter(
        repository__in=repositories.order_by().values("pk"),
        backfilled=False,
        is_first=False,
        committed_at__gt=since,
    )
    summed = (
        rows.order_by()
        .values("repository_id")
        .annotate(came=Sum("new_findings"), went=Sum("fixed_findings"))
    )
    return {
        repository: Flow(came, went)
        for repository, came, went in summed.values_list("repository_id", "came", "went")
    }


def sparks(
    repositories: Collection[int], start: datetime, end: datetime
) -> Mapping[int, tuple[tuple[float, float], ...]]:
    """The points of small lines: (share of the time from start to end, score), oldest first.

    One for each step of time, the last in it; what stood at the start is at 0.
    """
    began, span, step = (
        int(start.timestamp()),
        (end - start).total_seconds(),
        int(STEP.total_seconds()),
    )
    rows = Snapshot.objects.filter(repository__in=repositories, vanished=False)
    recent = rows.filter(committed_at__gte=start, committed_at__lt=end)
    ranked = recent.annotate(seconds=Seconds("committed_at") - began).annotate(
        place=Window(
            RowNumber(),
            partition_by=[F("repository_id"), F("seconds") / step],
            order_by=[F("committed_at").desc(), F("judged_at").desc(), F("pk").desc()],
        )
    )
    found: dict[int, list[tuple[float, float]]] = defaultdict(list)
    shown = Repository.objects.filter(pk__in=repositories).order_by()
    for repository, score in shown.values_list("pk", _of_last(start, "score")):
        if score is not None:
            found[repository].append((0.0, score))
    told = ranked.filter(place=1).order_by("repository_id", "seconds")
    for repository, seconds, score in told.values_list("repository_id", "seconds", "score"):
        found[repository].append((seconds / span, score))
    return {repository: tuple(several) for repository, several in found.items()}
