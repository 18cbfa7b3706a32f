"""Rows that take other fingerprints, and acceptances that follow them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from scanner.domain.findings import Finding, Place
from scanner.domain.lifecycle import Surroundings
from scanner.storage.acceptances import follow
from scanner.storage.models import Acceptance, Repository, Snapshot
from scanner.storage.scans import Leases
from scanner.storage.verdicts import Verdicts
from tests.portfolio import store_repository, store_scan, store_team
from tests.scanner.verdicts import make_file, make_finding, make_verdict

NOON = datetime(2025, 5, 1, 12, tzinfo=UTC)
A, B = "a" * 40, "b" * 40
SWAPPED = {"shop/one.py": "shop/two.py", "shop/two.py": "shop/one.py"}


@pytest.fixture
def repository(db: None) -> Repository:
    repository = store_repository(store_team(), snapshots=0)
    repository.scans.all().delete()
    return repository


def save(
    repository: Repository, commit: str, *found: Finding, around: Surroundings | None = None
) -> Snapshot:
    claim = Leases(lambda: NOON).claim(
        store_scan(repository, status="queued").pk, timedelta(seconds=30)
    )
    assert claim is not None
    files = [make_file(finding.path) for finding in found]
    verdict = make_verdict(commit, found, files)
    Verdicts(lambda: NOON).save(claim, replace(verdict, around=around or Surroundings()))
    return Snapshot.objects.get(repository=repository, commit=commit)


def alone(name: str, symbol: str = "total") -> Finding:
    """A finding in one file."""
    return replace(make_finding(name), symbol=symbol, related=())


def circle(name: str, *members: str) -> Finding:
    """A finding over several files."""
    paths = [f"shop/{member}.py" for member in members]
    places = tuple(Place(path, 1) for path in paths[1:])
    return replace(make_finding(name), path=paths[0], related=places, charges=(), rule="LA03")


def rows(repository: Repository) -> dict[int, tuple[str, str]]:
    """Path and fingerprint of what is open, by row."""
    found = repository.findings.filter(fixed_in=None)
    return {row.pk: (row.path, row.fingerprint) for row in found}


def test_two_rows_may_change_places(repository: Repository) -> None:
    one, two = alone("one"), alone("two")
    save(repository, A, one, two)
    before = rows(repository)
    snapshot = save(repository, B, one, two, around=Surroundings(SWAPPED))
    assert (snapshot.new_findings, snapshot.fixed_findings) == (0, 0)
    assert rows(repository) == {
        key: next(each for each in before.values() if each[0] == SWAPPED[path])
        for key, (path, _) in before.items()
    }


def test_what_is_split_off_is_as_old_as_the_whole(repository: Repository) -> None:
    first = save(repository, A, circle("whole", "a", "b", "c", "d", "e"))
    snapshot = save(repository, B, circle("small", "a", "b"), circle("large", "c", "d", "e"))
    assert (snapshot.new_findings, snapshot.fixed_findings, snapshot.open_findings) == (0, 0, 2)
    assert {row.first_in for row in repository.findings.all()} == {first}


def test_what_grows_together_is_not_fixed(repository: Repository) -> None:
    save(repository, A, circle("small", "a", "b"), circle("large", "c", "d", "e"))
    snapshot = save(repository, B, circle("whole", "a", "b", "c", "d", "e"))
    assert (snapshot.new_findings, snapshot.fixed_findings, snapshot.open_findings) == (0, 0, 1)
    assert repository.findings.get().first_in.commit == A


def accept(repository: Repository, fingerprint: str, reason: str) -> Acceptance:
    return Acceptance.objects.create(repository=repository, fingerprint=fingerprint, reason=reason)


def test_acceptances_may_change_places(repository: Repository) -> None:
    one, two = accept(repository, "1" * 16, "one"), accept(repository, "2" * 16, "two")
    follow(repository.pk, [("1" * 16, "2" * 16), ("2" * 16, "1" * 16)], NOON)
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.fingerprint, two.fingerprint) == ("2" * 16, "1" * 16)
    assert (one.ended_at, two.ended_at) == (None, None)


def test_an_acceptance_ends_what_stood_in_its_place(repository: Repository) -> None:
    one, stale = accept(repository, "1" * 16, "one"), accept(repository, "2" * 16, "stale")
    follow(repository.pk, [("1" * 16, "2" * 16), ("3" * 16, "3" * 16)], NOON)
    one.refresh_from_db()
    stale.refresh_from_db()
    assert (one.fingerprint, one.ended_at, stale.ended_at) == ("2" * 16, None, NOON)
