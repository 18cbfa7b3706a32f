"""Intervals of findings: open from the snapshot that brought them to the one that fixed them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from scanner.domain import findings as domain
from scanner.domain.lifecycle import Changes, match
from scanner.storage.columns import set_column
from scanner.storage.models import Finding, Snapshot
from scanner.storage.texts import clean, clean_path, finite

_FIELDS = (
    "rule", "principle", "path", "line", "end_line", "symbol", "message", "detail", "cost",
    "effort", "accepted_by", "reason", "related", "charges",
)  # fmt: skip


class _Open(NamedTuple):
    """What is stored of an open interval."""

    pk: int
    first_in: int
    points: float
    values: tuple[object, ...]


def store(snapshot: Snapshot, found: Sequence[domain.Finding]) -> Changes:
    """Open new intervals, bring those that stay up to date, and close the rest."""
    known = _open_intervals(snapshot.repository_id)
    current = {finding.fingerprint: finding for finding in found}
    changes = match(known, current)
    Finding.objects.bulk_create(_row(snapshot, current[fingerprint]) for fingerprint in changes.new)
    still = [(known[fingerprint], current[fingerprint]) for fingerprint in changes.still_open]
    _update(snapshot, still)
    _close(snapshot, [known[fingerprint].pk for fingerprint in changes.fixed])
    return changes


def _open_intervals(repository_id: int) -> dict[str, _Open]:
    rows = Finding.objects.filter(repository_id=repository_id, fixed_in=None)
    columns = rows.values_list("fingerprint", "pk", "first_in", "points", *_FIELDS)
    return {row[0]: _Open(row[1], row[2], row[3], row[4:]) for row in columns}


def _update(snapshot: Snapshot, still: Sequence[tuple[_Open, domain.Finding]]) -> None:
    """Most rows differ in their points alone, which are written in a cheaper way."""
    changed, moved = [], []
    for before, finding in still:
        if before.values != _values(finding):
            changed.append(_row(snapshot, finding, before))
        elif before.points != finding.points:
            moved.append((finite(finding.points), before.pk))
    Finding.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["pk"],
        update_fields=["points", *_FIELDS],
    )
    set_column(Finding, "points", moved)


def _row(snapshot: Snapshot, finding: domain.Finding, before: _Open | None = None) -> Finding:
    return Finding(
        pk=before.pk if before else None,
        repository_id=snapshot.repository_id,
        first_in_id=before.first_in if before else snapshot.pk,
        fingerprint=finding.fingerprint,
        points=finite(finding.points),
        **dict(zip(_FIELDS, _values(finding), strict=True)),
    )


def _values(finding: domain.Finding) -> tuple[object, ...]:
    return (
        finding.rule,
        finding.principle,
        clean_path(finding.path),
        finding.line,
        finding.end_line,
        clean(finding.symbol),
        clean(finding.message),
        clean(finding.detail),
        finding.cost,
        finding.effort,
        finding.accepted_by,
        clean(finding.reason),
        [{"path": clean_path(place.path), "line": place.line} for place in finding.related],
        [
            {
                "path": clean_path(charge.path),
                "line": charge.line,
                "cost": charge.cost,
                "site": clean(charge.site),
                "mass": charge.mass,
            }
            for charge in finding.charges
        ],
    )


def _close(snapshot: Snapshot, keys: list[int]) -> None:
    for start in range(0, len(keys), 500):
        Finding.objects.filter(pk__in=keys[start : start + 500]).update(fixed_in=snapshot)
