"""Who accepted which findings, why and until when; and the comments that do not count."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from dashboard.queries.findings import IS_HERE, FindingRow, row_of, with_history
from scanner.storage.models import Acceptance, Finding, Snapshot


@dataclass(frozen=True, slots=True)
class Standing:
    """An acceptance that no one ended."""

    author: str  # "" when the account is gone
    reason: str
    since: datetime
    until: datetime | None  # None is for good


@dataclass(frozen=True, slots=True)
class Uncounted:
    """A suppression comment that does not count. Path and text are hostile."""

    path: str
    line: int
    why: str


def standing(repository_id: int, fingerprints: Collection[str]) -> Mapping[str, Standing]:
    """The acceptances of some findings that stand, by fingerprint, in one query."""
    rows = Acceptance.objects.filter(
        repository_id=repository_id, ended_at=None, fingerprint__in=list(fingerprints)
    )
    columns = ("fingerprint", "author__username", "reason", "created_at", "expires_at")
    return {
        fingerprint: Standing(author or "", reason, since, until)
        for fingerprint, author, reason, since, until in rows.values_list(*columns)
    }


def chosen(repository_id: int, fingerprints: Collection[str]) -> tuple[FindingRow, ...]:
    """Those of the findings that the last scan found, dearest first."""
    found = Finding.objects.filter(
        IS_HERE, repository_id=repository_id, fingerprint__in=list(fingerprints)
    )
    ordered = with_history(found).order_by("-points", "path", "line", "id")
    return tuple(row_of(finding) for finding in ordered)


def uncounted(repository_id: int) -> tuple[Uncounted, ...]:
    """The comments of the latest snapshot that do not count."""
    latest = Snapshot.objects.filter(repository_id=repository_id, repository__latest=F("id"))
    rows = latest.values_list("uncounted", flat=True).first() or ()
    return tuple(Uncounted(str(row["path"]), int(row["line"]), str(row["why"])) for row in rows)
