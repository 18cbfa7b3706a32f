"""The store of verdicts: everything one scan found, in one transaction.

Only what differs is written: of the files and findings of the latest snapshot most stay as they
were from one scan to the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from scanner.application.records import Claim, Latest, Verdict
from scanner.application.stores import Clock
from scanner.domain.errors import LeaseLostError
from scanner.domain.findings import Assessment
from scanner.domain.lifecycle import ByRubric, Changes, Trace
from scanner.domain.scope_names import CONFIGURED
from scanner.storage import (
    acceptances,
    architectures,
    entries,
    files,
    intervals,
    models,
    rubric_moves,
    tracings,
)
from scanner.storage.connections import fresh_connection
from scanner.storage.principles import principle_row
from scanner.storage.scans import held
from scanner.storage.spans import next_turn
from scanner.storage.texts import clean, clean_path, finite

UNTOLD: dict[str, object] = {"rubric_before": "", "score_before": None, "strict_before": None}
LONGEST_LIST = 20_000  # excluded and unmeasured files that are kept of one snapshot


class Verdicts:
    """Implements VerdictStore."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def save(self, claim: Claim, verdict: Verdict) -> None:
        """Store all of it and end the scan, or nothing.

        Raises LeaseLostError when the claim holds no longer.
        """
        fresh_connection()
        with transaction.atomic():
            self._end_scan(claim, verdict.parsed)
            snapshot = _store_snapshot(claim.repository_id, verdict, self._clock())
            known = rubric_moves.known_before(claim.repository_id, verdict)
            changes = intervals.store(snapshot, verdict.assessment.findings, verdict.around)
            moved = rubric_moves.store(snapshot, changes, known, verdict)
            acceptances.follow(claim.repository_id, changes.still_open, self._clock())
            _count(snapshot, changes, moved, verdict.assessment)
            files.store(claim.repository_id, verdict)
            architectures.store(claim.repository_id, verdict.architecture)
            models.Repository.objects.filter(pk=claim.repository_id).update(latest=snapshot)
            tracings.want(claim.repository_id, self._clock())
            models.Scan.objects.filter(pk=claim.scan_id).update(snapshot=snapshot)
            entries.keep(claim.repository_id, self._clock())

    def latest(self, repository_id: int) -> Latest | None:
        """The newest verdict, if there is one."""
        stored = models.Repository.objects.filter(pk=repository_id, latest__isnull=False)
        commit = stored.values_list("latest__commit", flat=True).first()
        if commit is None:
            return None
        rows = models.FileScore.objects.filter(repository_id=repository_id)
        return Latest(commit, dict(rows.values_list("path", "blob")))

    def open_traces(self, repository_id: int) -> Sequence[Trace]:
        """What the newest verdict found."""
        return intervals.open_traces(repository_id)

    def _end_scan(self, claim: Claim, parsed: int) -> None:
        """First, so that the row is locked and no reaper can take the scan meanwhile."""
        ended = held(claim).update(
            status="done",
            finished_at=self._clock(),
            lease_until=None,
            phase="save",
            done=1,
            total=1,
            parsed=parsed,
            error_code="",
            error_message="",
            error_next_step="",
            error_detail="",
        )
        if not ended:
            raise LeaseLostError(f"scan {claim.scan_id} belongs to another attempt")


def _store_snapshot(repository_id: int, verdict: Verdict, now: datetime) -> models.Snapshot:
    """The verdict's one row: made, or brought up to date when the commit was judged before."""
    revision, assessment = verdict.revision, verdict.assessment
    snapshot, is_new = models.Snapshot.objects.update_or_create(
        repository_id=repository_id,
        commit=revision.commit,
        engine=clean(verdict.engine, 60),
        rubric=clean(assessment.rubric, 60),
        defaults={
            "committed_at": revision.committed_at,
            "author": clean(revision.author, 200),
            "subject": clean(revision.subject, 300),
            "score": finite(assessment.score),
            "strict_score": finite(assessment.strict_score),
            "grade": assessment.grade,
            "coverage": finite(assessment.coverage),
            "lines": assessment.lines,
            "modules": assessment.modules,
            "judged_at": now,
            "turn": next_turn(repository_id),
            "backfilled": False,
            **_rubric_before(repository_id, verdict),
            **_lists(assessment),
        },
    )
    if is_new:
        others = models.Snapshot.objects.filter(repository_id=repository_id, backfilled=False)
        snapshot.is_first = not others.exclude(pk=snapshot.pk).exists()
    else:
        snapshot.principles.all().delete()
    models.PrincipleScore.objects.bulk_create(
        principle_row(snapshot, score) for score in assessment.principles
    )
    return snapshot


def _rubric_before(repository_id: int, verdict: Verdict) -> dict[str, object]:
    """What another rubric said of the commit; the latest verdict made again keeps what it has."""
    if verdict.before is not None:
        return {
            "rubric_before": clean(verdict.before.rubric, 60),
            "score_before": finite(verdict.before.score),
            "strict_before": finite(verdict.before.strict_score),
        }
    stands = models.Repository.objects.filter(
        pk=repository_id,
        latest__commit=verdict.revision.commit,
        latest__engine=clean(verdict.engine, 60),
        latest__rubric=clean(verdict.assessment.rubric, 60),
    )
    return {} if stands.exists() else UNTOLD


def _lists(assessment: Assessment) -> dict[str, object]:
    excluded = assessment.excluded[:LONGEST_LIST]
    return {
        "excluded": [
            {"path": clean_path(each.path), "reason": clean(each.reason)} for each in excluded
        ],
        "left_out": sum(each.reason == CONFIGURED for each in excluded),
        "unmeasured": [
            {
                "path": clean_path(each.path),
                "reason": clean(each.reason),
                "line": each.line,
                "lines": each.lines,
            }
            for each in assessment.unmeasured[:LONGEST_LIST]
        ],
        "notices": [clean(notice) for notice in assessment.notices[:LONGEST_LIST]],
        "rewritten": [
            {"path": clean_path(each.path), "constructs": list(each.constructs)}
            for each in assessment.rewritten[:LONGEST_LIST]
        ],
        "uncounted": [
            {"path": clean_path(each.path), "line": each.line, "why": clean(each.why)}
            for each in assessment.uncounted
        ],
    }


def _count(
    snapshot: models.Snapshot, changes: Changes, moved: ByRubric, assessment: Assessment
) -> None:
    """What is new and fixed since the snapshot before; the same commit again only adds to it.

    What is accepted counts as neither new nor open; what the rubric made come or go, as neither
    new nor fixed.
    """
    again = models.Repository.objects.filter(latest=snapshot).exists()
    accepted = {each.fingerprint for each in assessment.findings if each.accepted}
    new = set(changes.new) - accepted - set(moved.opened)
    fixed = len(changes.fixed) - len(moved.closed)
    snapshot.new_findings = len(new) + (snapshot.new_findings if again else 0)
    snapshot.fixed_findings = fixed + (snapshot.fixed_findings if again else 0)
    snapshot.open_findings = len(assessment.findings) - len(accepted)
    snapshot.accepted_findings = len(accepted)
    snapshot.save(
        update_fields=[
            "is_first", "new_findings", "fixed_findings", "open_findings", "accepted_findings"
        ]
    )  # fmt: skip
