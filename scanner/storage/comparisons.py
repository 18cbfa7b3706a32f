"""The store of comparisons. Only so many are kept of each repository, the last ones asked for."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from scanner.application.comparison_record import ComparisonRecord, packed, unpacked
from scanner.application.comparison_summary import (
    ComparisonSummary,
    packed_summary,
    summary_of,
    unpacked_summary,
)
from scanner.application.comparisons import AskedPoint, Job, JudgedPoint
from scanner.application.records import Failure
from scanner.application.stores import Clock
from scanner.storage.connections import fresh_connection
from scanner.storage.models import ComparedPair, Repository, Snapshot
from scanner.storage.texts import clean

KEPT: Final = 60  # comparisons of one repository
FORM: Final = "2"  # raised when a record holds something else
_JUDGED: Final = ("commit", "rubric", "engine", "score", "judged_at", "backfilled")


class ComparedPairs:
    """Implements ComparisonStore."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def ask(self, repository_id: int, before: AskedPoint, after: AskedPoint) -> int:
        """The number of this comparison, made if there is none."""
        key = self._key(before, after)
        rows = ComparedPair.objects.filter(repository_id=repository_id, key=key)
        found = rows.values_list("pk", flat=True).first()
        if found is not None:
            return found
        try:
            with transaction.atomic():
                made = ComparedPair.objects.create(
                    repository_id=repository_id,
                    key=key,
                    before_commit=before.commit,
                    after_commit=after.commit,
                    before_id=before.snapshot,
                    after_id=after.snapshot,
                    created_at=self._clock(),
                )
        except IntegrityError:  # somebody else asked in this very moment, or a verdict is gone
            return rows.values_list("pk", flat=True).get()
        _forget_old(repository_id)
        return made.pk

    def unheard(self, comparison_id: int, after: timedelta) -> bool:
        """Note that a worker is told, where it waits and none was told for so long."""
        now = self._clock()
        silent = Q(sent_at=None) | Q(sent_at__lt=now - after) | Q(sent_at__gt=now)
        rows = _free(now).filter(silent, pk=comparison_id)
        return bool(rows.update(sent_at=now))

    def claim(self, comparison_id: int, lease: timedelta) -> Job | None:
        """The right to judge it, unless somebody does or did."""
        fresh_connection()
        now = self._clock()
        rows = _free(now).filter(pk=comparison_id)
        if not rows.update(status=ComparedPair.Status.RUNNING, lease_until=now + lease):
            return None
        row = ComparedPair.objects.get(pk=comparison_id)
        return Job(
            row.pk,
            row.repository_id,
            AskedPoint(row.before_commit, row.before_id),
            AskedPoint(row.after_commit, row.after_id),
        )

    def last_step(self, repository_id: int) -> tuple[AskedPoint, AskedPoint] | None:
        """The last scan's verdict and the one before it; None without, or where it is told."""
        git = Repository.objects.exclude(kind=Repository.Kind.FOLDER)
        after = Snapshot.objects.filter(pk__in=git.filter(pk=repository_id).values("latest"))
        latest = after.first()
        before = _scanned_before(latest) if latest else None
        if latest is None or before is None:
            return None
        if step_of(before.pk, latest.pk, (before.score, latest.score)).summary is not None:
            return None
        return AskedPoint(before.commit, before.pk), AskedPoint(latest.commit, latest.pk)

    def judged(self, point: AskedPoint) -> JudgedPoint | None:
        """The verdict of a point; None where it has none."""
        if point.snapshot is None:
            return None
        row = Snapshot.objects.filter(pk=point.snapshot).values_list(*_JUDGED).first()
        return JudgedPoint(*row) if row else None

    def note(self, comparison_id: int, phase: str, done: int, total: int) -> None:
        """Show progress."""
        _running(comparison_id).update(phase=clean(phase, 12), done=done, total=total)

    def keep(self, comparison_id: int, record: ComparisonRecord) -> None:
        """Store the answer."""
        fresh_connection()
        content = zlib.compress(packed(record))
        summary = packed_summary(summary_of(record))
        done = ComparedPair.Status.DONE
        _running(comparison_id).update(status=done, content=content, summary=summary)

    def fail(self, comparison_id: int, failure: Failure) -> None:
        """There is no answer."""
        fresh_connection()
        _running(comparison_id).update(
            status=ComparedPair.Status.FAILED,
            error_code=failure.code,
            error_message=clean(failure.message, 2_000),
            error_next_step=clean(failure.next_step, 2_000),
        )

    def release(self, comparison_id: int, *, failed: bool = False) -> None:
        """Let it wait again; with `failed`, one that has no answer."""
        fresh_connection()
        ended = ComparedPair.Status.FAILED if failed else ComparedPair.Status.RUNNING
        waiting = {"status": ComparedPair.Status.QUEUED, "lease_until": None, "sent_at": None}
        ComparedPair.objects.filter(pk=comparison_id, status=ended).update(**waiting)

    def _key(self, before: AskedPoint, after: AskedPoint) -> str:
        """Both points with all that their scores depend on."""
        told = [FORM]
        for point in (before, after):
            told += [point.commit, str(point.snapshot), str(self.judged(point))]
        return hashlib.sha256("\0".join(told).encode()).hexdigest()


def record_of(content: bytes | memoryview | None) -> ComparisonRecord | None:
    """What a row holds; None where nothing, or what an older version of the program stored."""
    if content is None:
        return None
    try:
        return unpacked(zlib.decompress(bytes(content)))
    except zlib.error:
        return None


@dataclass(frozen=True, slots=True)
class ToldStep:
    """How far the comparison of two verdicts is; `error` is there when nothing else is."""

    summary: ComparisonSummary | None = None
    error: str = ""


def step_of(before_id: int, after_id: int, scores: tuple[float, float]) -> ToldStep:
    """What is known between two verdicts that have these scores now, in one query."""
    rows = ComparedPair.objects.filter(before_id=before_id, after_id=after_id)
    status, kept, message = rows.order_by("-pk").values_list(
        "status", "summary", "error_message"
    ).first() or ("", None, "")
    summary = unpacked_summary(bytes(kept)) if kept is not None else None
    if summary is not None and summary.scores == scores:
        return ToldStep(summary)
    return ToldStep(error=message if status == ComparedPair.Status.FAILED else "")


def _scanned_before(after: Snapshot) -> Snapshot | None:
    """The verdict before: on this commit, else the last one on the commit before it."""
    scanned = Snapshot.objects.filter(repository=after.repository_id, backfilled=False)
    replaced = scanned.filter(commit=after.commit).exclude(pk=after.pk)
    earlier = scanned.filter(committed_at__lte=after.committed_at).exclude(commit=after.commit)
    return (
        replaced.filter(judged_at__lte=after.judged_at).order_by("-judged_at", "-pk").first()
        or earlier.order_by("-committed_at", "-judged_at", "-pk").first()
    )


def _free(now: object) -> QuerySet[ComparedPair]:
    """What waits for a worker, or was left by one."""
    left = Q(status=ComparedPair.Status.RUNNING, lease_until__lt=now)
    return ComparedPair.objects.filter(Q(status=ComparedPair.Status.QUEUED) | left)


def _running(comparison_id: int) -> QuerySet[ComparedPair]:
    return ComparedPair.objects.filter(pk=comparison_id, status=ComparedPair.Status.RUNNING)


def _forget_old(repository_id: int) -> None:
    rows = ComparedPair.objects.filter(repository_id=repository_id).order_by("-created_at", "-pk")
    old = list(rows.values_list("pk", flat=True)[KEPT : KEPT + 200])
    ComparedPair.objects.filter(pk__in=old).delete()
