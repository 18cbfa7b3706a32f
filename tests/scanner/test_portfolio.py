"""The repositories that other tests look at."""

from __future__ import annotations

import pytest

from tests.portfolio import store_judged, store_repository, store_scan, store_team

pytestmark = pytest.mark.django_db

BARE = "def tax(price):\n    return price / 5\n"


def test_a_judged_repository_has_real_verdicts() -> None:
    repository = store_judged(
        store_team(), "billing", [{"billing/tax.py": BARE}, {"billing/tax.py": "RATE = 5\n"}]
    )
    assert repository.snapshots.count() == 2
    assert repository.latest is not None
    assert (repository.latest.score, repository.latest.fixed_findings) == (100.0, 2)


def test_a_stored_repository_has_what_pages_show() -> None:
    repository = store_repository(store_team(), snapshots=4)
    assert repository.snapshots.count() == 4
    assert repository.latest is not None
    open_rows = repository.findings.filter(fixed_in=None)
    assert repository.latest.open_findings == open_rows.count()
    assert repository.findings.filter(fixed_in__isnull=False).count() == 3
    assert repository.files.count() == 6


def test_a_scan_can_be_in_each_state() -> None:
    repository = store_repository(store_team())
    for status in ("queued", "running", "failed"):
        assert store_scan(repository, status).status == status
