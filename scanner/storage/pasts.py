"""The store of backfills: points of the past, chunk by chunk, under a lease."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Final, cast

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet

from scanner.application.backfilling import CANCELLED
from scanner.application.forced_pushes import Move
from scanner.application.pasts import WEEKLY, Asked, PastChunk, PastPoint
from scanner.application.records import Claim
from scanner.application.stores import Clock
from scanner.domain.errors import LeaseLostError
from scanner.domain.scoring import grade
from scanner.domain.timeline import Choice, Every
from scanner.storage import entries, strands
from scanner.storage.connections import fresh_connection
from scanner.storage.models import Preview, PrincipleScore, Scan, Snapshot, Strand
from scanner.storage.principles import principle_row
from scanner.storage.scans import ended, held, startable
from scanner.storage.texts import clean, finite

BATCH: Final = 200  # rows in one statement
LOOKED_AT: Final = timedelta(minutes=1)  # nobody waits longer before a preview
MOMENT: Final = timedelta(seconds=1)  # a scan that waits longer found no idle worker


class PastPoints:
    """Implements PastStore."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def stored(self, repository_id: int, engine: str, rubric: str) -> Collection[str]:
        """The commits of which the last verdict was made by this engine and rubric.

        Points whose findings are not known are left out.
        """
        rows = Snapshot.objects.filter(repository_id=repository_id).order_by("judged_at", "pk")
        rows = rows.annotate(known=Q(backfilled=False) | Q(strand__isnull=False))
        columns = ("commit", "engine", "rubric", "known")
        last = {commit: judged for commit, *judged in rows.values_list(*columns)}
        wanted = [clean(engine, 60), clean(rubric, 60), True]
        return {commit for commit, judged in last.items() if judged == wanted}

    def scanned(self, repository_id: int) -> Collection[str]:
        """The commits that scans judged."""
        rows = Snapshot.objects.filter(repository_id=repository_id, backfilled=False)
        return set(rows.values_list("commit", flat=True))

    def mark(
        self, repository_id: int, chain: Collection[str], tags: Mapping[str, Sequence[str]]
    ) -> None:
        """Note which stored verdicts are on the chain, and the tags of their commits."""
        changed = []
        known = Snapshot.objects.filter(repository_id=repository_id)
        for row in known.only("commit", "vanished", "tags"):
            vanished, names = row.commit not in chain, _names(tags.get(row.commit, ()))
            if (row.vanished, row.tags) != (vanished, names):
                row.vanished, row.tags = vanished, names
                changed.append(row)
        with transaction.atomic():
            Snapshot.objects.bulk_update(changed, ["vanished", "tags"], batch_size=BATCH)
            entries.keep(repository_id, self._clock())

    def strand(self, claim: Claim, engine: str, rubric: str, places: Mapping[str, int]) -> int:
        """Where points of a chain belong. Raises LeaseLostError when the claim holds no longer."""
        with transaction.atomic():
            if not held(claim).exists():
                raise LeaseLostError(f"scan {claim.scan_id} belongs to another attempt")
            judged_by = clean(engine, 60), clean(rubric, 60)
            return strands.strand_of(claim.repository_id, *judged_by, places)

    def tidy(self, repository_id: int) -> None:
        """Forget findings that are at no point any more."""
        ours = Strand.objects.filter(repository_id=repository_id)
        strands.tidy(list(ours.values_list("pk", flat=True)))

    def save(self, claim: Claim, engine: str, chunk: PastChunk) -> None:
        """Store all of it, or nothing. Raises LeaseLostError when the claim holds no longer."""
        fresh_connection()
        try:
            self._save(claim, engine, chunk)
        except IntegrityError:  # a scan stored one of them in this very moment
            self._save(claim, engine, chunk)

    def _save(self, claim: Claim, engine: str, chunk: PastChunk) -> None:
        with transaction.atomic():
            _update(claim, excused=F("attempt"))  # first: it locks the row
            stored = {
                point.revision.commit
                for point in chunk.points
                if not point.is_empty and self._store(claim.repository_id, engine, point, chunk)
            }
            strands.store(chunk, stored)
            entries.keep(claim.repository_id, self._clock())

    def _store(self, repository_id: int, engine: str, point: PastPoint, chunk: PastChunk) -> bool:
        """Whether there was no verdict of a scan that says the same."""
        of_commit = Snapshot.objects.filter(
            repository_id=repository_id, commit=point.revision.commit
        )
        of_commit.filter(backfilled=True).delete()
        identity = {"engine": clean(engine, 60), "rubric": clean(point.rubric, 60)}
        if of_commit.filter(**identity).exists():
            return False
        snapshot = Snapshot.objects.create(
            repository_id=repository_id,
            commit=point.revision.commit,
            committed_at=point.revision.committed_at,
            author=clean(point.revision.author, 200),
            subject=clean(point.revision.subject, 300),
            backfilled=True,
            score=finite(point.score),
            strict_score=finite(point.strict_score),
            grade=grade(point.score),
            coverage=finite(point.coverage),
            lines=point.lines,
            modules=point.modules,
            judged_at=self._clock(),
            tags=_names(point.tags),
            strand_id=chunk.strand,
            place=point.place,
            **identity,
        )
        rows = [principle_row(snapshot, score) for score in point.principles]
        PrincipleScore.objects.bulk_create(rows)
        return True


class BackfillRuns:
    """Implements RunStore."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def begin(self, claim: Claim, engine: str, rubric: str) -> None:
        """Note what the backfill judges with. Raises LeaseLostError."""
        _update(claim, engine=clean(engine, 60), rubric=clean(rubric, 60))

    def start(self, claim: Claim, done: int, total: int) -> None:
        """Show how many points are stored before this attempt. Raises LeaseLostError."""
        now = self._clock()
        _update(
            claim, phase="points", done=0, total=0,
            points=done, points_total=total, points_before=done, begun_at=now,
        )  # fmt: skip

    def count(self, claim: Claim, done: int) -> None:
        """Show how many points are stored. Raises LeaseLostError."""
        _update(claim, points=done)

    def end(self, claim: Claim) -> None:
        """The backfill is done. Raises LeaseLostError."""
        fresh_connection()
        _update(claim, status="done", finished_at=self._clock(), lease_until=None)

    def give_way(self, claim: Claim) -> None:
        """Let the backfill wait again; this attempt counts for nothing."""
        fresh_connection()
        try:
            with transaction.atomic():
                _update(
                    claim, status="queued", lease_until=None, sent_at=None, excused=F("attempt")
                )
        except IntegrityError:  # a newer one waits, and goes on from what is stored
            self.end(claim)

    def asked(self, scan_id: int) -> Asked:
        """What people want of a backfill. One that is gone shall end."""
        row = Scan.objects.filter(pk=scan_id).only("every", "since", "until", "stop_asked").first()
        if row is None:
            return Asked(WEEKLY, is_stopped=True)
        choice = Choice(cast("Every", row.every), row.since, row.until)
        return Asked(choice, row.stop_asked)

    def is_off_branch(self, claim: Claim, commit: str) -> bool:
        """Whether a verdict on this commit is marked as vanished: someone pushed by force."""
        of_commit = Snapshot.objects.filter(repository_id=claim.repository_id, commit=commit)
        return of_commit.filter(vanished=True).exists()

    def scans_wait(self) -> bool:
        """Whether a scan, or a preview of a rubric, waits for a worker for more than a moment."""
        since = self._clock() - MOMENT
        if startable().filter(kind=Scan.Kind.SCAN, created_at__lt=since).exists():
            return True
        asked = Preview.objects.filter(status=Preview.Status.QUEUED, created_at__lt=since)
        return asked.filter(created_at__gt=since - LOOKED_AT).exists()


class BackfillRows:
    """Implements BackfillQueue."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def move(self, scan_id: int) -> Move | None:
        """The head that a scan found, and the one before; None for the first and for folders."""
        scans = Scan.objects.filter(pk=scan_id, kind=Scan.Kind.SCAN, status="done")
        scan = scans.exclude(repository__kind="folder").select_related("snapshot").first()
        if scan is None or scan.snapshot is None:
            return None
        earlier = Snapshot.objects.filter(
            repository_id=scan.repository_id, backfilled=False, vanished=False
        )
        before = earlier.exclude(commit=scan.snapshot.commit).order_by("-judged_at").first()
        return Move(scan.repository_id, before.commit, scan.snapshot.commit) if before else None

    def due_after(self, scan_id: int, *, is_forced: bool) -> int | None:
        """The repository whose past is not known, or known by another engine or rubric."""
        scans = Scan.objects.filter(pk=scan_id, kind=Scan.Kind.SCAN, status="done")
        scan = scans.select_related("snapshot", "repository").first()
        if scan is None or scan.snapshot is None or scan.repository.kind == "folder":
            return None
        backfills = Scan.objects.filter(repository=scan.repository, kind=Scan.Kind.BACKFILL)
        last = backfills.order_by("-pk").first()
        if last is None:
            return scan.repository_id
        if last.status == "queued" or last.error_code == CANCELLED.code:
            return None
        if is_forced and last.status != "running":
            return scan.repository_id
        is_known = _is_known(backfills, (scan.snapshot.engine, scan.snapshot.rubric))
        return None if is_known else scan.repository_id

    def choose(self, scan_id: int, choice: Choice) -> None:
        """Set which points a waiting backfill is to bring."""
        Scan.objects.filter(pk=scan_id, status="queued").update(
            every=choice.every, since=choice.since, until=choice.until
        )

    def is_scanned(self, repository_id: int) -> bool:
        """Whether there is a verdict to go back from."""
        rows = Snapshot.objects.filter(repository_id=repository_id, backfilled=False)
        return rows.exists()

    def stop(self, repository_id: int, scan_id: int) -> bool:
        """End a waiting backfill, or ask a running one to end; False when it is over."""
        rows = Scan.objects.filter(pk=scan_id, repository_id=repository_id, kind=Scan.Kind.BACKFILL)
        with transaction.atomic():
            waiting = rows.filter(status="queued").update(**ended(CANCELLED, self._clock()))
            running = 0 if waiting else rows.filter(status="running").update(stop_asked=True)
        return bool(waiting or running)


def _names(tags: Sequence[str]) -> list[str]:
    return [clean(name, 100) for name in tags]


def _update(claim: Claim, **values: object) -> None:
    if held(claim).update(**values) != 1:
        raise LeaseLostError(f"scan {claim.scan_id} belongs to another attempt")


def _is_known(backfills: QuerySet[Scan], verdict: tuple[str, str]) -> bool:
    """Whether the last of them that read a whole past judged by this engine and rubric."""
    whole = backfills.filter(since=None, until=None).exclude(every="tag")
    last = whole.order_by("-pk").first()
    return last is not None and (last.engine, last.rubric) in {verdict, ("", "")}
