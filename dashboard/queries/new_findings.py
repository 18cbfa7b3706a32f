"""What the commits of this week brought to all repositories that a user may see.

A week bounds it, so that one index tells the snapshots and another one their findings, however many
findings there are in all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, Q, QuerySet

from dashboard.queries.access import Viewer, repositories_of
from dashboard.queries.findings import IS_OPEN, FindingRow, row_of, with_history
from dashboard.queries.key_pages import keys_of_page
from scanner.storage.models import Finding, Snapshot

PAGE_SIZE: Final = 50
_ORDER: Final = ("-points", "path", "line", "id")
_JOINED: Final = ("first_in", "fixed_in", "repository__latest", "repository__team")
_PLACE: Final = (
    "repository__name",
    "repository__slug",
    "repository__team__name",
    "repository__team__slug",
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of it a reader asks for; "" is everything. Slugs, codes and keys are exact."""

    team: str = ""
    rule: str = ""
    principle: str = ""


@dataclass(frozen=True, slots=True)
class PlacedFinding:
    """A finding and its repository, whose name is hostile text."""

    row: FindingRow
    name: str
    slug: str
    team: str
    team_slug: str


@dataclass(frozen=True, slots=True)
class RuleSum:
    """How many findings of a rule came, and to how many repositories.

    Their points are each of another score, so they are not added up.
    """

    code: str
    count: int
    repositories: int


@dataclass(frozen=True, slots=True)
class NewFindings:
    """One page of them, dearest first, and the rules that they are of."""

    rows: tuple[PlacedFinding, ...]
    rules: tuple[RuleSum, ...]  # whatever rule is asked for, most findings first
    total: int
    number: int
    pages: int
    first: int


def new_findings(user: Viewer, since: datetime, wanted: Wanted, number: int) -> NewFindings:
    """What came and still stands open, in four queries; a page beyond the end is the last one."""
    found = _found(user, since, wanted)
    asked = found.filter(rule=wanted.rule) if wanted.rule else found
    page = keys_of_page(asked, _ORDER, number, PAGE_SIZE)
    rows = with_history(Finding.objects.all(), *_PLACE).select_related(*_JOINED)
    by_key = rows.in_bulk(page.keys)
    return NewFindings(
        rows=tuple(_placed(by_key[key]) for key in page.keys if key in by_key),
        rules=_rules(found),
        total=page.total,
        number=page.number,
        pages=page.pages,
        first=page.first,
    )


def _found(user: Viewer, since: datetime, wanted: Wanted) -> QuerySet[Finding]:
    """Open findings that the code of a scan since a moment brought, first scans apart."""
    visible = repositories_of(user)
    if wanted.team:
        visible = visible.filter(team__slug=wanted.team)
    came = Snapshot.objects.filter(
        repository__in=visible.values("pk"),
        committed_at__gte=since,
        backfilled=False,
        is_first=False,
        vanished=False,
    )
    asked = IS_OPEN & Q(opened_by_rubric=False, first_in__in=came.values("pk"))
    if wanted.principle:
        asked &= Q(principle=wanted.principle)
    return Finding.objects.filter(asked)


def _rules(found: QuerySet[Finding]) -> tuple[RuleSum, ...]:
    grouped = found.order_by().values("rule")
    sums = grouped.annotate(n=Count("pk"), places=Count("repository", distinct=True))
    rows = sums.order_by("-n", "rule").values_list("rule", "n", "places")
    return tuple(RuleSum(*row) for row in rows)


def _placed(finding: Finding) -> PlacedFinding:
    repository = finding.repository
    team = repository.team
    return PlacedFinding(row_of(finding), repository.name, repository.slug, team.name, team.slug)
