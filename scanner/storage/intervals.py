"""Intervals of findings: open from the snapshot that brought them to the one that fixed them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat

from scanner.application.continuity import trace
from scanner.domain import findings as domain
from scanner.domain.fingerprints import SCHEME
from scanner.domain.lifecycle import Changes, Surroundings, Trace, match
from scanner.storage.columns import set_column
from scanner.storage.models import Finding, Snapshot
from scanner.storage.spans import keep_absorbed, keep_names
from scanner.storage.texts import clean, clean_path, finite

_FIELDS = (
    "rule", "principle", "path", "line", "end_line", "symbol", "message", "detail", "cost",
    "effort", "accepted_by", "reason", "related", "charges", "fingerprint", "digest", "scheme",
)  # fmt: skip
_TRACED = (
    "fingerprint", "rule", "path", "symbol", "digest", "line", "related", "charges", "scheme"
)  # fmt: skip
_AT = {name: place for place, name in enumerate(_FIELDS)}
_MANY = 500  # keys in one statement


class _Open(NamedTuple):
    """What is stored of an open interval."""

    pk: int
    first_in: int
    points: float
    values: tuple[object, ...]


def store(snapshot: Snapshot, found: Sequence[domain.Finding], around: Surroundings) -> Changes:
    """Open new intervals, bring those that stay up to date, and close the rest."""
    known = _open_intervals(snapshot.repository_id)
    current = {finding.fingerprint: finding for finding in found}
    before = [_trace(row.values) for row in known.values()]
    changes = match(before, [stored_trace(finding) for finding in found], around)
    _close(snapshot, [known[fingerprint].pk for fingerprint in changes.fixed])
    went_on = {new: known[old].pk for old, new in changes.still_open}
    keep_absorbed(snapshot, [(known[old].pk, went_on[new]) for old, new in changes.absorbed])
    _forget([known[old].pk for old, _ in changes.absorbed])
    _update(snapshot, [(known[old], current[new]) for old, new in changes.still_open])
    Finding.objects.bulk_create(_row(snapshot, current[fingerprint]) for fingerprint in changes.new)
    Finding.objects.bulk_create(
        _row(snapshot, current[new], known[old]._replace(pk=0)) for old, new in changes.split_off
    )
    return changes


def open_traces(repository_id: int) -> list[Trace]:
    """What the newest verdict of a repository found."""
    return [_trace(row.values) for row in _open_intervals(repository_id).values()]


def _open_intervals(repository_id: int) -> dict[str, _Open]:
    rows = Finding.objects.filter(repository_id=repository_id, fixed_in=None)
    columns = rows.values_list("fingerprint", "pk", "first_in", "points", *_FIELDS)
    return {row[0]: _Open(row[1], row[2], row[3], row[4:]) for row in columns}


def _trace(values: tuple[object, ...]) -> Trace:
    """What is compared of a stored finding."""
    fingerprint, rule, path, symbol, digest, line, related, charges, scheme = (
        values[_AT[name]] for name in _TRACED
    )
    members = {path, *_paths(related), *_paths(charges)}
    return Trace._make(
        (
            *(fingerprint, rule, path, symbol, digest, line),
            frozenset(members) if len(members) > 1 else frozenset(),
            scheme,
        )
    )


def _paths(places: object) -> Iterable[str]:
    return [place["path"] for place in places] if isinstance(places, list) else ()


def stored_trace(finding: domain.Finding) -> Trace:
    """What is compared of a finding, as it will be read back."""
    found = trace(finding)
    return found._replace(
        path=clean_path(found.path),
        symbol=clean(found.symbol),
        members=frozenset(map(clean_path, found.members)),
    )


def _update(snapshot: Snapshot, still: Sequence[tuple[_Open, domain.Finding]]) -> None:
    """Most rows differ in their points alone, which are written in a cheaper way."""
    changed, moved, renamed = [], [], []
    for before, finding in still:
        values = _values(finding)
        if before.values != values:
            changed.append(_row(snapshot, finding, before))
            if before.values[_AT["fingerprint"]] != finding.fingerprint:
                renamed.append(before.pk)
        elif before.points != finding.points:
            moved.append((finite(finding.points), before.pk))
    keep_names(snapshot, renamed)
    _set_aside(renamed)
    Finding.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["pk"],
        update_fields=["points", *_FIELDS],
    )
    set_column(Finding, "points", moved)


def _row(snapshot: Snapshot, finding: domain.Finding, before: _Open | None = None) -> Finding:
    return Finding(
        pk=(before.pk or None) if before else None,
        repository_id=snapshot.repository_id,
        first_in_id=before.first_in if before else snapshot.pk,
        points=finite(finding.points),
        opened=snapshot.turn,
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
        finding.fingerprint,
        finding.digest,
        SCHEME,
    )


def _set_aside(keys: list[int]) -> None:
    """Free the fingerprints of rows that get others, for two of them may change places."""
    aside = Concat(Value("~"), Cast("pk", CharField()))
    for start in range(0, len(keys), _MANY):
        Finding.objects.filter(pk__in=keys[start : start + _MANY]).update(fingerprint=aside)


def _close(snapshot: Snapshot, keys: list[int]) -> None:
    for start in range(0, len(keys), _MANY):
        Finding.objects.filter(pk__in=keys[start : start + _MANY]).update(
            fixed_in=snapshot, closed=snapshot.turn
        )


def _forget(keys: list[int]) -> None:
    """What goes on in a larger finding is not fixed, and no longer a finding of its own."""
    for start in range(0, len(keys), _MANY):
        Finding.objects.filter(pk__in=keys[start : start + _MANY]).delete()
