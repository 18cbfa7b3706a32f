"""How many repositories moved: where they stood at a time, and what came and went since.

Each question is one query or two, whatever the number of repositories, and fetches a few figures
of each of them; their whole past is for the pages of one repository.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import OuterRef, Subquery, Sum

from scanner.storage.models import Repository, Snapshot

FINEST: Final = 52
"""Points of a small line, at most: it is not much wider than that."""


@dataclass(frozen=True, slots=True)
class Stood:
    """The verdict on the commit that was the newest at a time."""

    snapshot: int
    score: float


@dataclass(frozen=True, slots=True)
class Flow:
    """Findings that came and went with the commits after a time."""

    new: int = 0
    fixed: int = 0


NO_FLOW: Final = Flow()


def stood(
    repositories: Collection[int], times: Sequence[datetime]
) -> tuple[Mapping[int, Stood], ...]:
    """Where repositories stood at each of some times; those not known then are left out."""
    names = [f"at_{place}" for place in range(len(times))]
    last = {name: _last_before(when) for name, when in zip(names, times, strict=True)}
    rows = list(
        Repository.objects.filter(pk__in=repositories).annotate(**last).values_list("pk", *names)
    )
    wanted = {snapshot for _, *several in rows for snapshot in several if snapshot is not None}
    scores = dict(Snapshot.objects.filter(pk__in=wanted).values_list("pk", "score"))
    found: tuple[dict[int, Stood], ...] = tuple({} for _ in times)
    for repository, *several in rows:
        for place, snapshot in enumerate(several):
            if snapshot in scores:
                found[place][repository] = Stood(snapshot, scores[snapshot])
    return found


def _last_before(when: datetime) -> Subquery:
    """The verdict that counts for the newest commit before a time, as `History.before` has it."""
    known = Snapshot.objects.filter(
        repository=OuterRef("pk"), vanished=False, committed_at__lt=when
    )
    return Subquery(known.order_by("-committed_at", "-judged_at", "-pk").values("pk")[:1])


def flows(repositories: Collection[int], since: datetime) -> Mapping[int, Flow]:
    """What came and went since a time, in one query. With a first scan nothing is new."""
    rows = Snapshot.objects.filter(
        repository__in=repositories, backfilled=False, is_first=False, committed_at__gt=since
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
    repositories: Collection[int], start: datetime, now: datetime
) -> Mapping[int, tuple[tuple[float, float], ...]]:
    """The points of trends from start to now: (share of that time, score), what stood at 0."""
    span = now - start
    rows = Snapshot.objects.filter(repository__in=repositories, vanished=False)
    recent = rows.filter(committed_at__gt=start, committed_at__lt=now)
    found: dict[int, dict[str, tuple[float, float]]] = defaultdict(dict)
    for repository, first in stood(repositories, (start,))[0].items():
        found[repository][""] = (0.0, first.score)
    columns = ("repository_id", "commit", "committed_at", "score")
    for repository, commit, at, score in recent.order_by("judged_at", "pk").values_list(*columns):
        found[repository][commit] = ((at - start) / span, score)
    return {repository: _thinned(sorted(several.values())) for repository, several in found.items()}


def _thinned(places: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """The first point, and the last of each of so many equal times."""
    last = {int(place[0] * FINEST): place for place in places[1:]}
    return (*places[:1], *last.values())
