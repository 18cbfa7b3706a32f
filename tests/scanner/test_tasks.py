"""Scans by a real worker over a real broker, from the request to the verdict."""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner import bootstrap
from scanner.application.configuration import Configuration
from scanner.application.registration import Registered, RegistrationRequest
from scanner.storage.models import Scan, Team
from tests.portfolio import store_team
from tests.services.processes import await_value
from tests.services.worker import Worker

BARE = "def total(prices):\n    return sum(prices)\n"


@pytest.fixture
def team(worker: Worker, reachable: Configuration) -> Team:
    return store_team()


def register(team: Team, address: str | Path) -> Registered:
    """As the form does it for an administrator."""
    request = RegistrationRequest(team.pk, str(address), may_use_paths=True)
    return bootstrap.registration().register(request)


def ended(scan_id: int) -> Scan:
    """The scan, once it is done or failed."""
    scan = await_value(
        lambda: Scan.objects.filter(pk=scan_id, status__in=["done", "failed"]).first(),
        what=f"scan {scan_id}",
    )
    return scan


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_a_folder_is_scanned_twice_and_parsed_once(team: Team, tmp_path: Path) -> None:
    write(tmp_path, "shop/prices.py", BARE)
    write(tmp_path, "shop/rows.py", "ROWS = 3\n")
    registered = register(team, tmp_path)
    first = ended(registered.scan_id)
    assert (first.status, first.parsed, first.error_message) == ("done", 2, "")
    assert first.snapshot is not None
    assert (first.snapshot.modules, first.snapshot.open_findings) == (2, 1)
    requested = bootstrap.scan_requests().request(registered.repository.id)
    second = ended(requested.id)
    assert (second.status, second.parsed, second.snapshot) == ("done", 0, first.snapshot)
