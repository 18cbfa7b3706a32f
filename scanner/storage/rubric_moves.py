"""Findings that come and go because another rubric judges, kept apart from those of the code."""

from __future__ import annotations

from collections.abc import Sequence

from scanner.application.records import Verdict
from scanner.domain.lifecycle import ByRubric, Changes, Trace, by_rubric, match
from scanner.storage.intervals import open_traces, stored_trace
from scanner.storage.models import Finding, Snapshot

BATCH = 500  # fingerprints in one statement


def known_before(repository_id: int, verdict: Verdict) -> Sequence[Trace]:
    """What the latest verdict found, where another rubric made it; asked before that changes."""
    return open_traces(repository_id) if verdict.before is not None else ()


def store(
    snapshot: Snapshot, changes: Changes, known: Sequence[Trace], verdict: Verdict
) -> ByRubric:
    """Note which of the intervals that begin or end here do so by the rubric alone."""
    if verdict.before is None:
        return ByRubric()
    found = verdict.before.findings
    code = match(known, [stored_trace(finding) for finding in found], verdict.around)
    moved = by_rubric(changes, code, {finding.fingerprint for finding in found})
    began = Finding.objects.filter(repository_id=snapshot.repository_id, first_in=snapshot)
    ended = Finding.objects.filter(repository_id=snapshot.repository_id, fixed_in=snapshot)
    for start in range(0, len(moved.opened), BATCH):
        batch = moved.opened[start : start + BATCH]
        began.filter(fingerprint__in=batch, fixed_in=None).update(opened_by_rubric=True)
    for start in range(0, len(moved.closed), BATCH):
        batch = moved.closed[start : start + BATCH]
        ended.filter(fingerprint__in=batch).update(closed_by_rubric=True)
    return moved
