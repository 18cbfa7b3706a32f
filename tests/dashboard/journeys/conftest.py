"""A repository for journeys: a folder of this machine with something to find in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner import bootstrap
from scanner.application.configuration import Configuration
from scanner.application.registration import RegistrationRequest
from scanner.storage.models import Repository, Scan, Team
from tests.services.processes import await_value

LEDGER = '''"""Keep the books of a shop."""

import subprocess


class Ledger:
    """Postings by account."""

    def __init__(self):
        self.lines = {}

    def post(self, account, amount, note=None):
        """Write one line."""
        try:
            self.lines.setdefault(account, []).append((amount, note))
        except Exception:
            pass

    def hand_the_lines_over_to_the_archive_of_last_year(self, target):
        """Hand the lines to the archive."""
        subprocess.run(["archive", target])
'''
DRAIN = '''

def drain(queue, ledger, limit, strict, dry, retry):
    """Post what waits."""
    done = 0
    for item in queue:
        if item and (not dry or strict):
            if item.amount > 0 and item.account:
                for line in item.lines:
                    if line.open or retry:
                        while line.open and done < limit:
                            if line.late or (strict and line.odd):
                                done += 1
                            elif line.lost:
                                done -= 1
    return done
'''
FILES = {
    "books/__init__.py": '"""Books."""\n',
    "books/ledger.py": LEDGER,
    "books/queue.py": '"""Queues."""\n' + DRAIN,
    "books/broken.py": "def (:\n",
    "tests/test_ledger.py": "def test_nothing():\n    assert True\n",
}


def write_books(folder: Path) -> Path:
    """The folder, filled."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def judge(scan_id: int) -> None:
    """Bring a scan to its end, here or in the worker of the run, whoever is quicker."""
    bootstrap.scanning().run(scan_id)
    done = Scan.objects.filter(pk=scan_id, status=Scan.Status.DONE)
    await_value(lambda: done.exists() or None, what="the end of the scan")


@pytest.fixture
def books(team: Team, reachable: Configuration, tmp_path: Path) -> Repository:
    """The folder, registered and scanned twice, the second time with one thing mended."""
    folder = write_books(tmp_path / "books")
    registration = RegistrationRequest(team.pk, str(folder), may_use_paths=True)
    registered = bootstrap.registration().register(registration)
    judge(registered.scan_id)
    (folder / "books" / "queue.py").write_text('"""Queues."""\n')
    again = bootstrap.scan_requests().request(registered.repository.id)
    judge(again.id)
    return Repository.objects.get(pk=registered.repository.id)
