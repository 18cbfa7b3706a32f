"""The store of acceptances: who left which finding out of the score, why and until when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet

from scanner.application.accepting import NewAcceptance
from scanner.storage.models import Acceptance, Finding
from scanner.storage.texts import clean


class Acceptances:
    """Implements AcceptanceStore."""

    def standing(self, repository_id: int, now: datetime) -> Mapping[str, str]:
        """Reason by fingerprint of all that count now."""
        rows = _standing(repository_id).filter(Q(expires_at=None) | Q(expires_at__gt=now))
        return dict(rows.values_list("fingerprint", "reason"))

    def standing_at(self, repository_id: int, when: datetime) -> Mapping[str, str]:
        """Reason by fingerprint, as the findings are named now, of all that counted then."""
        rows = Acceptance.objects.filter(repository_id=repository_id, created_at__lte=when)
        open_then = Q(ended_at=None) | Q(ended_at__gt=when)
        rows = rows.filter(open_then, Q(expires_at=None) | Q(expires_at__gt=when))
        return dict(rows.values_list("fingerprint", "reason"))

    def add(self, new: NewAcceptance, now: datetime) -> int:
        """Store it for those of the findings that are open; how many there are."""
        opened = Finding.objects.filter(
            repository_id=new.repository_id, fixed_in=None, fingerprint__in=list(new.fingerprints)
        )
        found = sorted(opened.values_list("fingerprint", flat=True))
        while not _place(new, found, now):
            continue  # somebody else accepted one of them in this very moment
        return len(found)

    def withdraw(self, repository_id: int, fingerprints: Sequence[str], now: datetime) -> int:
        """End what stands; how many there were."""
        rows = _standing(repository_id).filter(fingerprint__in=list(fingerprints))
        return rows.update(ended_at=now)

    def lapse(self, now: datetime) -> Sequence[int]:
        """End all whose time is over; the repositories they belong to."""
        rows = Acceptance.objects.filter(ended_at=None, expires_at__lte=now)
        repositories = sorted(set(rows.values_list("repository_id", flat=True)))
        if repositories:
            rows.filter(repository_id__in=repositories).update(ended_at=F("expires_at"))
        return repositories


def _place(new: NewAcceptance, fingerprints: Sequence[str], now: datetime) -> bool:
    """Put it in the place of what stands; False when another came in between."""
    standing = _standing(new.repository_id).filter(fingerprint__in=fingerprints)
    try:
        with transaction.atomic():
            list(standing.order_by("fingerprint").select_for_update())  # all wait in one order
            standing.update(ended_at=now)
            Acceptance.objects.bulk_create(
                Acceptance(
                    repository_id=new.repository_id,
                    fingerprint=fingerprint,
                    reason=clean(new.reason.strip()),
                    author_id=new.user_id,
                    expires_at=new.expires_at,
                )
                for fingerprint in fingerprints
            )
    except IntegrityError:
        if not standing.exists():
            raise
        return False
    return True


def follow(repository_id: int, pairs: Iterable[tuple[str, str]], now: datetime) -> None:
    """Let acceptances go with findings that have another fingerprint now: (before, after)."""
    moved = {old: new for old, new in pairs if old != new}
    standing = _standing(repository_id)
    rows = (
        [row for row in standing.only("fingerprint") if row.fingerprint in moved] if moved else []
    )
    if not rows:
        return
    targets = [moved[row.fingerprint] for row in rows]
    leaving = [row.pk for row in rows]
    standing.filter(fingerprint__in=targets).exclude(pk__in=leaving).update(ended_at=now)
    for row, target in zip(rows, targets, strict=True):
        Acceptance.objects.filter(pk=row.pk).update(fingerprint=f"~{row.pk}")
        row.fingerprint = target
    Acceptance.objects.bulk_update(rows, ["fingerprint"])


def _standing(repository_id: int) -> QuerySet[Acceptance]:
    return Acceptance.objects.filter(repository_id=repository_id, ended_at=None)
