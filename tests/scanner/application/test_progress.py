"""How often progress is written, and what ends a scan on the way."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scanner.application.progress import ProgressNotes
from scanner.application.records import Claim
from scanner.domain.errors import LeaseLostError, UserError
from scanner.storage.models import Scan
from scanner.storage.scans import Leases
from tests.portfolio import store_repository, store_team
from tests.scanner.hands import Hands


class Seconds:
    """A monotonic clock that moves when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def claim(db: None) -> Claim:
    scan = store_repository(store_team(), snapshots=0).scans.get()
    claim = Leases(Hands()).claim(scan.pk, timedelta(seconds=30))
    assert claim is not None
    return claim


@pytest.fixture
def report(claim: Claim, seconds: Seconds) -> ProgressNotes:
    return ProgressNotes(Leases(Hands()), claim, 60.0, seconds)


def shown(claim: Claim) -> tuple[str, int, int]:
    scan = Scan.objects.get(pk=claim.scan_id)
    return scan.phase, scan.done, scan.total


def test_the_first_note_of_a_phase_is_written(report: ProgressNotes, claim: Claim) -> None:
    report("fetch", 0, 0)
    report("facts", 1, 90)
    assert shown(claim) == ("facts", 1, 90)


def test_notes_in_quick_succession_are_skipped(
    report: ProgressNotes, claim: Claim, seconds: Seconds
) -> None:
    report("facts", 1, 90)
    seconds.now += 0.4
    report("facts", 2, 90)
    assert shown(claim) == ("facts", 1, 90)
    seconds.now += 0.1
    report("facts", 3, 90)
    assert shown(claim) == ("facts", 3, 90)


def test_a_scan_that_was_taken_over_ends(
    report: ProgressNotes, claim: Claim, seconds: Seconds
) -> None:
    Leases(Hands()).requeue(claim)
    with pytest.raises(LeaseLostError):
        report("facts", 1, 90)


def test_a_scan_that_takes_too_long_ends(report: ProgressNotes, seconds: Seconds) -> None:
    seconds.now += 60.5
    with pytest.raises(UserError) as raised:
        report("facts", 1, 90)
    assert raised.value.code == "scan.too-long"
