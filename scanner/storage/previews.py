"""The store of previews: rubrics that people think of, and what they would do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from django.db.models import Count, Max, Q, QuerySet

from scanner.application.document import Json
from scanner.application.previews import LEASE, Asked
from scanner.application.records import Failure
from scanner.application.stores import Clock
from scanner.application.what_if import Question
from scanner.domain.rubric import DEFAULT
from scanner.domain.rubric_values import restored, values_of
from scanner.storage.connections import fresh_connection
from scanner.storage.models import Acceptance, Preview, Repository, Snapshot
from scanner.storage.texts import clean

KEPT: Final = timedelta(hours=12)
LIVE: Final = (Preview.Status.QUEUED, Preview.Status.RUNNING)


class PreviewRows:
    """Implements PreviewStore."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def known(self, question: Question) -> int | None:
        """The same question, waiting or answered, if nothing was judged since."""
        rows = Preview.objects.filter(
            repository=question.repository_id,
            versions=_versions(question),
            basis=_basis(question.repository_id),
            created_at__gt=self._clock() - KEPT,
        ).exclude(status=Preview.Status.FAILED)
        rows = rows.exclude(status__in=LIVE, lease_until__lt=self._clock())
        return rows.order_by("-pk").values_list("pk", flat=True).first()

    def add(self, asked: Asked) -> int:
        """Store a question; older ones of the same rubric that are over are forgotten."""
        question, now = asked.question, self._clock()
        old = Preview.objects.filter(created_at__lt=now - KEPT)
        old.delete()
        row = Preview.objects.create(
            repository_id=question.repository_id,
            before=values_of(question.before),
            after=values_of(question.after),
            versions=_versions(question),
            basis=_basis(question.repository_id),
            sent=dict(asked.sent),
            created_at=now,
        )
        return row.pk

    def claim(self, preview_id: int, lease: timedelta) -> Question | None:
        """The right to answer it, unless somebody answers it or did."""
        fresh_connection()
        now = self._clock()
        free = Q(status=Preview.Status.QUEUED) | Q(
            status=Preview.Status.RUNNING, lease_until__lt=now
        )
        taken = Preview.objects.filter(free, pk=preview_id).update(
            status=Preview.Status.RUNNING, started_at=now, lease_until=now + lease
        )
        if not taken:
            return None
        row = Preview.objects.get(pk=preview_id)
        return Question(
            row.repository_id, restored(DEFAULT, row.before), restored(DEFAULT, row.after)
        )

    def note(self, preview_id: int, phase: str, done: int, total: int) -> None:
        """Show progress, and extend the lease."""
        until = self._clock() + LEASE
        _running(preview_id).update(phase=phase, done=done, total=total, lease_until=until)

    def finish(self, preview_id: int, answer: Mapping[str, Json]) -> None:
        """Store the answer."""
        fresh_connection()
        _running(preview_id).update(
            status=Preview.Status.DONE, answer=dict(answer), finished_at=self._clock()
        )

    def fail(self, preview_id: int, failure: Failure) -> None:
        """There is no answer."""
        fresh_connection()
        _running(preview_id).update(
            status=Preview.Status.FAILED,
            error_code=failure.code,
            error_message=clean(failure.message, 2_000),
            error_next_step=clean(failure.next_step, 2_000),
            finished_at=self._clock(),
        )

    def release(self, preview_id: int) -> None:
        """Let it wait again."""
        _running(preview_id).update(status=Preview.Status.QUEUED, lease_until=None)


def _running(preview_id: int) -> QuerySet[Preview]:
    return Preview.objects.filter(pk=preview_id, status=Preview.Status.RUNNING)


def _versions(question: Question) -> str:
    return f"{question.before.version} {question.after.version}"


def _basis(repository_id: int | None) -> str:
    """What was judged and accepted so far, in one short text."""
    verdicts, accepted = Snapshot.objects.all(), Acceptance.objects.all()
    repositories = Repository.objects.all()
    if repository_id is not None:
        verdicts = verdicts.filter(repository_id=repository_id)
        accepted = accepted.filter(repository_id=repository_id)
        repositories = repositories.filter(pk=repository_id)
    judged = verdicts.aggregate(last=Max("pk"), count=Count("pk"))
    said = accepted.aggregate(last=Max("pk"), ended=Count("ended_at"))
    there = repositories.aggregate(count=Count("pk"), last=Max("latest"))
    return "-".join(str(each) for row in (judged, said, there) for each in row.values())
