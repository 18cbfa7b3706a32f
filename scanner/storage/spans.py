"""Spans of turns: what was found when a snapshot was judged, as a question about ranges.

The verdicts of a repository are numbered in the order in which they are saved. A snapshot has the
number of its last verdict, its turn. A finding is there from the turn that opened it to the one
that closed it. Days and commits cannot tell this: a force push goes back in both.

What a finding was called before it moved is kept as a former name, with its own span; so is what
went on in a larger finding, and has no row of its own any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Max, Q

from scanner.storage.models import Finding, FormerName, Snapshot

_MANY = 500  # keys in one statement


def next_turn(repository_id: int) -> int:
    """The number of the verdict that is about to be stored."""
    known = Snapshot.objects.filter(repository_id=repository_id).aggregate(last=Max("turn"))
    return (known["last"] or 0) + 1


def there_at(turn: int) -> Q:
    """The findings, or former names, that were there at a turn."""
    return Q(opened__lte=turn, closed__gt=turn)


def fingerprints_at(snapshot: Snapshot) -> frozenset[str]:
    """What its last verdict found, by the fingerprints of then. Empty for a point of the past."""
    if not snapshot.turn:
        return frozenset()
    there = there_at(snapshot.turn)
    former = list(FormerName.objects.filter(there, repository_id=snapshot.repository_id))
    named = {each.finding_id for each in former if not each.absorbed}
    rows = Finding.objects.filter(there, repository_id=snapshot.repository_id)
    today = {print_ for pk, print_ in rows.values_list("pk", "fingerprint") if pk not in named}
    return frozenset(today | {each.fingerprint for each in former})


def keep_names(snapshot: Snapshot, keys: Sequence[int]) -> None:
    """Before these rows take other fingerprints: keep the ones they had until now."""
    _keep(snapshot, {key: key for key in keys})


def keep_absorbed(snapshot: Snapshot, pairs: Iterable[tuple[int, int]]) -> None:
    """Before rows go, each in a larger one: keep what they were. Pairs are (going, larger)."""
    larger = dict(pairs)
    _keep(snapshot, larger)
    for going, heir in larger.items():
        names = FormerName.objects.filter(finding_id=going)
        names.update(finding_id=heir, absorbed=True)


def _keep(snapshot: Snapshot, heirs: Mapping[int, int]) -> None:
    keys = list(heirs)
    for start in range(0, len(keys), _MANY):
        rows = Finding.objects.filter(pk__in=keys[start : start + _MANY]).annotate(
            named=Max("former_names__closed", filter=Q(former_names__absorbed=False))
        )
        FormerName.objects.bulk_create(
            FormerName(
                repository_id=snapshot.repository_id,
                finding_id=heirs[row.pk],
                fingerprint=row.fingerprint,
                path=row.path,
                line=row.line,
                symbol=row.symbol,
                message=row.message,
                absorbed=heirs[row.pk] != row.pk,
                opened=row.opened if row.named is None else row.named,
                closed=snapshot.turn,
            )
            for row in rows
        )
