"""Which commit brought a finding, by whom and when: for a conversation, never to count people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.db.models import Q

from scanner.storage.models import Finding, Tracing


@dataclass(frozen=True, slots=True)
class Origin:
    """The commit that introduced a finding. The author's name is hostile text."""

    state: str  # "known" | "edge" (that commit or an older one) | "none" | "" while nobody looked
    commit: str = ""
    author: str = ""
    at: datetime | None = None


def origin_of(finding: Finding) -> Origin:
    """What is known of one finding."""
    return Origin(
        finding.origin, finding.introduced_commit, finding.introduced_by, finding.introduced_at
    )


def introduced(author: str, commit: str, since: date | None) -> Q:
    """The condition on findings; empty values ask for nothing."""
    condition = Q()
    if author:
        condition &= Q(introduced_by__icontains=author)
    if commit:
        condition &= Q(introduced_commit__startswith=commit.lower())
    if since is not None:
        condition &= Q(introduced_at__gte=datetime.combine(since, time.min, UTC))
    return condition


def is_being_looked_up(repository_id: int) -> bool:
    """Whether a worker finds out where findings come from, or will soon."""
    return Tracing.objects.filter(repository_id=repository_id).exists()
