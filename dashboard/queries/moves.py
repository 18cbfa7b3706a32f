"""The small lines of a portfolio: how repositories moved in half a year, in two queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Final

from django.db.models import F, OuterRef, Subquery, Window
from django.db.models.functions import RowNumber

from dashboard.queries.seconds import Seconds
from scanner.storage.models import Repository, Snapshot

STEP: Final = timedelta(days=7)
"""A small line has one point of each such time: it is not wide enough for more."""


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
        nth=Window(
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
    told = ranked.filter(nth=1).order_by("repository_id", "seconds")
    for repository, seconds, score in told.values_list("repository_id", "seconds", "score"):
        found[repository].append((seconds / span, score))
    return {repository: tuple(several) for repository, several in found.items()}


def _of_last(when: datetime, column: str) -> Subquery:
    """Of the verdict on the newest commit before a time, as `History.before` has it."""
    known = Snapshot.objects.filter(
        repository=OuterRef("pk"), vanished=False, committed_at__lt=when
    )
    return Subquery(known.order_by("-committed_at", "-judged_at", "-pk").values(column)[:1])
