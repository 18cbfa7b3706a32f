"""The store of origins: findings that wait for theirs, and whose turn it is to look them up.

A row of `Tracing` says that findings of a repository wait and somebody should look. Every change of
it is one conditional UPDATE, and a turn's number is used once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from scanner.application.stores import Clock
from scanner.application.tracing import MOST_MEMBERS, Answer, Turn, Waiting
from scanner.domain.provenance import Span, Traced
from scanner.storage.models import Finding, Snapshot, Tracing
from scanner.storage.texts import clean

WHOLE_FILE = "file"  # the site of a charge that concerns no line
_PENDING = Q(fixed_in=None, origin="")


class Tracings:
    """Implements TracingStore."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def claim(self, repository_id: int, lease: timedelta) -> Turn | None:
        """Take a turn, unless another worker has it or nothing waits."""
        now = self._clock()
        free = Q(lease_until=None) | Q(lease_until__lt=now)
        with transaction.atomic():
            rows = Tracing.objects.filter(free, repository_id=repository_id)
            if not rows.update(
                number=F("number") + 1, stalled=F("stalled") + 1, lease_until=now + lease
            ):
                return None
            number = Tracing.objects.get(repository_id=repository_id).number
        return Turn(repository_id, number)

    def waiting(self, repository_id: int) -> Sequence[Waiting]:
        """The findings that wait, those of one file together, the dearest files first."""
        earlier = Snapshot.objects.filter(
            repository=OuterRef("repository"), pk__lt=OuterRef("first_in"), backfilled=False
        ).order_by("-pk")
        rows = (
            Finding.objects.filter(_PENDING, repository_id=repository_id)
            .annotate(before=Subquery(earlier.values("commit")[:1]))
            .order_by("-points", "path", "line", "pk")
            .values_list(
                "pk", "repository__latest__commit", "path", "line", "end_line", "digest",
                "related", "charges", "first_in__commit", "before", "opened_by_rubric",
            )
        )  # fmt: skip
        return [
            Waiting(pk, commit, _traced(*place), first, "" if by_rubric else before or "")
            for pk, commit, *place, first, before, by_rubric in rows
        ]

    def keep(self, turn: Turn, answers: Sequence[Answer], lease: timedelta) -> bool:
        """Store answers and extend the lease. False when another worker took over."""
        with transaction.atomic():
            until = self._clock() + lease
            if not _held(turn).update(lease_until=until, stalled=0):
                return False
            for answer in answers:
                Finding.objects.filter(_PENDING, pk=answer.id).update(**_columns(answer))
        return True

    def pause(self, turn: Turn, seconds: float) -> float:
        """End the turn, which took so long; how long all turns took."""
        _held(turn).update(lease_until=None, sent_at=None, seconds=F("seconds") + seconds)
        row = Tracing.objects.filter(repository_id=turn.repository_id).first()
        return row.seconds if row else 0.0

    def close(self, turn: Turn, *, is_done: bool) -> bool:
        """No more turns, unless it is done and new findings came meanwhile. Whether it is so."""
        with transaction.atomic():
            row = _held(turn).select_for_update().first()  # a scan that stores some waits for it
            found = Finding.objects.filter(_PENDING, repository_id=turn.repository_id)
            if row is None or (is_done and found.exists()):
                return row is None
            row.delete()
        return True

    def unheard(self, now: datetime, after: timedelta) -> Sequence[int]:
        """The repositories that wait for a turn and whose message is older than this."""
        free = Q(lease_until=None) | Q(lease_until__lt=now)
        silent = Q(sent_at__lt=now - after) | Q(sent_at__gt=now) | Q(sent_at=None)
        rows = Tracing.objects.filter(free, silent).order_by("wanted_at")
        return list(rows.values_list("repository_id", flat=True))

    def give_up(self, turns: int) -> Sequence[int]:
        """Close those whose last turns, so many of them, brought nothing."""
        free = Q(lease_until=None) | Q(lease_until__lt=self._clock())
        rows = Tracing.objects.filter(free, stalled__gte=turns)
        repositories = list(rows.values_list("repository_id", flat=True))
        rows.delete()
        return repositories

    def sent(self, repository_id: int, now: datetime) -> None:
        """Note that a message is with the broker."""
        Tracing.objects.filter(repository_id=repository_id).update(sent_at=now)


def want(repository_id: int, now: datetime) -> None:
    """Let somebody look where findings come from, when some wait."""
    if Finding.objects.filter(_PENDING, repository_id=repository_id).exists():
        Tracing.objects.update_or_create(
            repository_id=repository_id, defaults={"wanted_at": now, "seconds": 0.0, "stalled": 0}
        )


def _held(turn: Turn) -> QuerySet[Tracing]:
    return Tracing.objects.filter(repository_id=turn.repository_id, number=turn.number)


Places = list[dict[str, str | int]]


def _traced(
    path: str, line: int, end_line: int, digest: str, related: Places, charges: Places
) -> Traced:
    """The lines to ask for. A finding over whole files is brought by no single commit."""
    places = {(str(each["path"]), int(each["line"])) for each in (*related, *charges)}
    several = len({path, *(place for place, _ in places)}) > 1
    if not several:
        return Traced((Span(path, line, end_line),), bool(digest), is_cycle=False)
    if all(charge["site"] == WHOLE_FILE for charge in charges):
        return Traced((), is_place=False, is_cycle=True)
    spans = [Span(at, number, number) for at, number in sorted(places)]
    first = sorted({span.path for span in spans})[:MOST_MEMBERS]
    return Traced(
        tuple(span for span in spans if span.path in first), is_place=False, is_cycle=True
    )


def _columns(answer: Answer) -> dict[str, object]:
    found = answer.provenance
    if found is None:
        return {"origin": "none"}
    return {
        "origin": "edge" if found.is_edge else "known",
        "introduced_commit": found.commit,
        "introduced_by": clean(found.author, 200),
        "introduced_at": found.at,
    }
