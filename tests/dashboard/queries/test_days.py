"""Days as whole numbers: those of UTC, whatever the database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dashboard.queries.days import Day, date_of, day_of
from dashboard.queries.findings import FindingFilter, page_of
from scanner.storage.models import Finding, Repository, Snapshot

MIDNIGHT = datetime(2024, 2, 29, tzinfo=UTC)
TIMES = [
    *(MIDNIGHT - timedelta(microseconds=1), MIDNIGHT, MIDNIGHT + timedelta(hours=23, minutes=59)),
    *(datetime(1970, 1, 1, tzinfo=UTC), datetime(1969, 12, 31, 23, tzinfo=UTC)),
    datetime(2999, 12, 31, 12, tzinfo=UTC),
]


@pytest.mark.parametrize("at", TIMES)
def test_a_time_lies_in_its_day(repository: Repository, at: datetime) -> None:
    rows = Snapshot.objects.filter(repository=repository)
    rows.update(committed_at=at)
    assert set(rows.annotate(day=Day("committed_at")).values_list("day", flat=True)) == {
        (at - datetime(1970, 1, 1, tzinfo=UTC)).days
    }
    (day,) = set(rows.annotate(day=Day("committed_at")).values_list("day", flat=True))
    assert day_of(day) <= at < day_of(day + 1)
    assert date_of(day) == at.date()


def test_an_unknown_time_has_no_day(repository: Repository) -> None:
    rows = Finding.objects.filter(repository=repository)
    rows.update(introduced_at=None)
    assert set(rows.annotate(day=Day("introduced_at")).values_list("day", flat=True)) == {None}


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_findings_lie_by_their_days_whether_all_of_these_are_known_or_not(
    repository: Repository, sort: str
) -> None:
    here = Finding.objects.filter(repository=repository, fixed_in=None).order_by("pk")
    for number, finding in enumerate(here):
        days = (number * 5) % 7
        here.filter(pk=finding.pk).update(introduced_at=MIDNIGHT + timedelta(days=days))
    all_known = listed(repository, sort)
    first = here.earliest("pk")
    Snapshot.objects.filter(pk=first.first_in_id).update(committed_at=first.introduced_at)
    here.filter(pk=first.pk).update(introduced_at=None)
    assert listed(repository, sort) == all_known
    assert len(set(all_known)) == here.count() > 5


def listed(repository: Repository, sort: str) -> list[str]:
    """The findings of the list, in its order."""
    return [row.fingerprint for row in page_of(repository.pk, FindingFilter(sort=sort), 1).rows]
