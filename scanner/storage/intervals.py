"""Intervals of findings: open from the snapshot that brought them to the one that fixed them."""

from __future__ import annotations

from collections.abc import Sequence

from scanner.domain import findings as domain
from scanner.domain.lifecycle import Changes, match
from scanner.storage.models import Finding, Snapshot
from scanner.storage.texts import clean, clean_path, finite

_FIELDS = (
    "rule", "principle", "path", "line", "end_line", "symbol", "message", "detail", "cost",
    "points", "effort", "related", "charges",
)  # fmt: skip


def store(snapshot: Snapshot, found: Sequence[domain.Finding]) -> Changes:
    """Open new intervals, bring those that stay up to date, and close the rest."""
    repository_id = snapshot.repository_id
    rows = Finding.objects.filter(repository_id=repository_id, fixed_in=None)
    known = {
        fingerprint: (pk, first_in, values)
        for pk, fingerprint, first_in, *values in rows.values_list(
            "pk", "fingerprint", "first_in", *_FIELDS
        )
    }
    current = {finding.fingerprint: _values(finding) for finding in found}
    changes = match(known, current)
    Finding.objects.bulk_create(
        _row(snapshot, snapshot.pk, fingerprint, current[fingerprint])
        for fingerprint in changes.new
    )
    changed = []
    for fingerprint in changes.still_open:
        pk, first_in, values = known[fingerprint]
        if values != current[fingerprint]:
            changed.append(_row(snapshot, first_in, fingerprint, current[fingerprint], pk))
    Finding.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["pk"], update_fields=_FIELDS
    )
    _close(snapshot, [known[fingerprint][0] for fingerprint in changes.fixed])
    return changes


def _row(
    snapshot: Snapshot, first_in: int, fingerprint: str, values: list[object], pk: int | None = None
) -> Finding:
    return Finding(
        pk=pk,
        repository_id=snapshot.repository_id,
        first_in_id=first_in,
        fingerprint=fingerprint,
        **dict(zip(_FIELDS, values, strict=True)),
    )


def _values(finding: domain.Finding) -> list[object]:
    return [
        finding.rule,
        finding.principle,
        clean_path(finding.path),
        finding.line,
        finding.end_line,
        clean(finding.symbol),
        clean(finding.message),
        clean(finding.detail),
        finding.cost,
        finite(finding.points),
        finding.effort,
        [{"path": clean_path(place.path), "line": place.line} for place in finding.related],
        [
            {"path": clean_path(charge.path), "line": charge.line, "cost": charge.cost}
            for charge in finding.charges
        ],
    ]


def _close(snapshot: Snapshot, keys: list[int]) -> None:
    for start in range(0, len(keys), 500):
        Finding.objects.filter(pk__in=keys[start : start + 500]).update(fixed_in=snapshot)
