"""What an installation holds outlives its upgrades, and every page can still show it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dashboard.conftest import client_of
from tests.dashboard.journeys.test_pages import PAGES, address
from tests.dashboard.upgrades.databases import empty_database, migrated
from tests.dashboard.upgrades.rows import carry, now, rows_of, shared, store_everything

RELEASES = ("0001_initial", "0007_origins", "0015_previews", "0020_turns")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("release", RELEASES)
def test_an_upgrade_loses_nothing(release: str, tmp_path: Path) -> None:
    repository, owner = store_everything()
    rows = now()

    with empty_database(tmp_path):
        earlier = migrated(release)
        carry(rows, earlier)
        before = rows_of(earlier)
        migrated("")
        after = now()
        client = client_of(owner)
        answers = {name: client.get(address(name, repository)).status_code for name in PAGES}

    assert [name for name, found in before.items() if not found] == []
    assert shared(before, after) == before
    assert {name: status for name, status in answers.items() if status != 200} == {}
