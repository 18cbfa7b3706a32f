"""The small lines of the portfolio: the last score of each week of half a year, in one value.

It holds somewhat more than is shown, so that it need not be made anew as time passes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from struct import Struct
from typing import Final

from django.db.models import F, OuterRef, Subquery, Window
from django.db.models.functions import RowNumber

from scanner.domain.weeks import day_start
from scanner.storage.models import Repository, Snapshot
from scanner.storage.seconds import Seconds

SPAN: Final = timedelta(weeks=26)
_WEEK: Final = int(timedelta(weeks=1).total_seconds())
_MONDAY: Final = int(timedelta(days=4).total_seconds())  # the first one of 1970
_POINT: Final = Struct("<qd")  # seconds since 1970, and a score

Spark = tuple[tuple[float, float], ...]
"""Places (share of the time from start to end) and scores, oldest first."""


def sparks(repositories: Collection[int], now: datetime) -> Mapping[int, bytes]:
    """The lines of these repositories, in two queries."""
    start = _monday(now - SPAN)
    found: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for repository, seconds, score in _stood(repositories, start):
        if score is not None:
            found[repository].append((seconds, score))
    since = Snapshot.objects.filter(
        repository__in=repositories, vanished=False, committed_at__gte=start
    )
    ranked = since.annotate(seconds=Seconds("committed_at")).annotate(
        nth=Window(
            RowNumber(),
            partition_by=[F("repository_id"), (F("seconds") - _MONDAY) / _WEEK],
            order_by=[F("committed_at").desc(), F("judged_at").desc(), F("pk").desc()],
        )
    )
    last = ranked.filter(nth=1).order_by("repository_id", "seconds")
    for repository, seconds, score in last.values_list("repository_id", "seconds", "score"):
        found[repository].append((seconds, score))
    return {
        repository: b"".join(_POINT.pack(*point) for point in points)
        for repository, points in found.items()
    }


def drawn(spark: bytes, now: datetime) -> Spark:
    """The half year up to the end of this hour; what stood at its start is at 0."""
    end = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    start, span = (end - SPAN).timestamp(), SPAN.total_seconds()
    points = [((seconds - start) / span, score) for seconds, score in _POINT.iter_unpack(spark)]
    before = [score for place, score in points if place < 0][-1:]
    return (*((0.0, score) for score in before), *((x, y) for x, y in points if 0 <= x < 1))


def _monday(when: datetime) -> datetime:
    """With a whole week begins what is held, so that later readers see what was there then."""
    day = day_start(when)
    return day - timedelta(days=day.weekday())


def _stood(repositories: Collection[int], start: datetime) -> list[tuple[int, int, float | None]]:
    """What stood at the start, at a second before it."""
    known = Snapshot.objects.filter(
        repository=OuterRef("pk"), vanished=False, committed_at__lt=start
    )
    newest = known.order_by("-committed_at", "-judged_at", "-pk")
    rows = Repository.objects.filter(pk__in=repositories).order_by()
    scores = rows.values_list("pk", Subquery(newest.values("score")[:1]))
    return [(pk, int(start.timestamp()) - 1, score) for pk, score in scores]
