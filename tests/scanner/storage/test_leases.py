"""Who works on a scan: claims, heartbeats, ends, and what a stale worker may still do."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connection

from scanner.application.records import Claim, Failure
from scanner.storage.models import Repository, Scan
from scanner.storage.scans import Leases, Queue
from tests.portfolio import store_repository, store_scan, store_team
from tests.scanner.hands import NOON, Hands

LEASE = timedelta(seconds=30)
FAILURE = Failure("git.not-found", "Nothing is there.", "Check the address.", "exit 128")
T = TypeVar("T")


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
def leases(clock: Hands) -> Leases:
    return Leases(clock)


@pytest.fixture
def repository(db: None) -> Repository:
    return store_repository(store_team(), snapshots=0)


@pytest.fixture
def scan(repository: Repository) -> Scan:
    return repository.scans.get()


def claimed(leases: Leases, scan: Scan) -> Claim:
    claim = leases.claim(scan.pk, LEASE)
    assert claim is not None
    return claim


def test_a_claim_starts_the_first_attempt(leases: Leases, scan: Scan) -> None:
    assert leases.claim(scan.pk, LEASE) == Claim(scan.pk, scan.repository_id, 1)
    scan.refresh_from_db()
    assert (scan.status, scan.attempt, scan.started_at) == ("running", 1, NOON)
    assert scan.lease_until == NOON + LEASE
    assert scan.heartbeat_at == NOON


def test_a_running_scan_is_not_claimed_again(leases: Leases, scan: Scan) -> None:
    claimed(leases, scan)
    assert leases.claim(scan.pk, LEASE) is None


def test_a_finished_scan_is_not_claimed(leases: Leases, scan: Scan) -> None:
    leases.fail(claimed(leases, scan), FAILURE)
    assert leases.claim(scan.pk, LEASE) is None


def test_a_scan_that_is_gone_is_not_claimed(leases: Leases, scan: Scan) -> None:
    assert leases.claim(scan.pk + 1, LEASE) is None


def test_two_scans_of_a_repository_never_overlap(leases: Leases, scan: Scan) -> None:
    first = claimed(leases, scan)
    second = store_scan(scan.repository, status="queued")
    assert leases.claim(second.pk, LEASE) is None
    leases.fail(first, FAILURE)
    assert leases.claim(second.pk, LEASE) is not None


def test_another_repository_is_scanned_meanwhile(leases: Leases, scan: Scan) -> None:
    claimed(leases, scan)
    other = store_repository(store_team(), "billing", snapshots=0)
    assert leases.claim(other.scans.get().pk, LEASE) is not None


def test_a_heartbeat_moves_the_end_of_the_lease(leases: Leases, clock: Hands, scan: Scan) -> None:
    claim = claimed(leases, scan)
    clock.move(seconds=10)
    assert leases.extend(claim, LEASE)
    scan.refresh_from_db()
    assert scan.lease_until == clock.now + LEASE
    assert scan.heartbeat_at == clock.now


def test_a_lease_runs_out_only_after_its_end(leases: Leases, scan: Scan) -> None:
    claim = claimed(leases, scan)
    assert list(leases.expired(NOON + LEASE)) == []
    assert list(leases.expired(NOON + LEASE + timedelta(microseconds=1))) == [claim]


def test_a_shortened_lease_keeps_its_shorter_end(leases: Leases, scan: Scan) -> None:
    claim = claimed(leases, scan)
    leases.shorten(NOON + timedelta(hours=1))
    assert list(leases.expired(NOON + LEASE)) == []
    leases.shorten(NOON - timedelta(hours=1))
    assert list(leases.expired(NOON)) == [claim]


def test_progress_is_shown(leases: Leases, scan: Scan) -> None:
    assert leases.note(claimed(leases, scan), "facts", 10, 50)
    scan.refresh_from_db()
    assert (scan.phase, scan.done, scan.total) == ("facts", 10, 50)


def test_a_failure_is_stored_clean(leases: Leases, scan: Scan) -> None:
    dirty = Failure("git.broken", "No\0thing \ud800 is there.", "x" * 9_000, "")
    assert leases.fail(claimed(leases, scan), dirty)
    scan.refresh_from_db()
    assert scan.status == "failed"
    assert scan.finished_at == NOON
    assert scan.lease_until is None
    assert scan.error_code == "git.broken"
    assert scan.error_message == "No\N{REPLACEMENT CHARACTER}thing ? is there."
    assert len(scan.error_next_step) == 4_000


def test_a_requeued_scan_counts_its_attempts(leases: Leases, scan: Scan) -> None:
    assert leases.requeue(claimed(leases, scan))
    scan.refresh_from_db()
    assert (scan.status, scan.attempt, scan.lease_until) == ("queued", 1, None)
    assert claimed(leases, scan).attempt == 2


def test_a_requeued_scan_makes_way_for_a_newer_one(leases: Leases, scan: Scan) -> None:
    claim = claimed(leases, scan)
    newer = store_scan(scan.repository, status="queued")
    assert leases.requeue(claim)
    scan.refresh_from_db()
    newer.refresh_from_db()
    assert (scan.status, scan.error_code) == ("failed", "scan.superseded")
    assert newer.status == "queued"


def test_a_stale_claim_changes_nothing(leases: Leases, scan: Scan) -> None:
    stale = claimed(leases, scan)
    leases.requeue(stale)
    fresh = claimed(leases, scan)
    before = Scan.objects.filter(pk=scan.pk).values().get()
    assert not leases.extend(stale, LEASE)
    assert not leases.note(stale, "facts", 1, 2)
    assert not leases.fail(stale, FAILURE)
    assert not leases.requeue(stale)
    assert Scan.objects.filter(pk=scan.pk).values().get() == before
    assert leases.extend(fresh, LEASE)


def test_a_deleted_repository_takes_its_claims_along(leases: Leases, scan: Scan) -> None:
    claim = claimed(leases, scan)
    scan.repository.delete()
    assert not leases.extend(claim, LEASE)
    assert not leases.fail(claim, FAILURE)


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_one_gets_the_scan() -> None:
    scan = store_repository(store_team(), snapshots=0).scans.get()
    claims = at_once(8, lambda: Leases(Hands()).claim(scan.pk, LEASE))
    assert [claim for claim in claims if claim] == [Claim(scan.pk, scan.repository_id, 1)]


@pytest.mark.django_db(transaction=True)
def test_of_two_reapers_one_requeues() -> None:
    scan = store_repository(store_team(), snapshots=0).scans.get()
    claim = claimed(Leases(Hands()), scan)
    settled = at_once(4, lambda: Leases(Hands()).requeue(claim))
    assert sorted(settled) == [False, False, False, True]


@pytest.mark.django_db(transaction=True)
def test_many_requests_at_once_queue_one_scan() -> None:
    repository = store_repository(store_team(), snapshots=1)
    asked = at_once(8, lambda: Queue().add(repository.pk, "requested"))
    assert len({scan.id for scan in asked}) == 1
    assert [scan.is_new for scan in asked].count(True) == 1


@pytest.mark.django_db(transaction=True)
def test_progress_that_cannot_be_stored_ends_no_scan(caplog: pytest.LogCaptureFixture) -> None:
    scan = store_repository(store_team(), snapshots=0).scans.get()
    claim = claimed(Leases(Hands()), scan)
    connection.connection.close()  # as a server does that goes away
    assert Leases(Hands()).note(claim, "facts", 1, 9)
    assert "progress could not be stored" in caplog.text
    assert Leases(Hands()).note(claim, "facts", 2, 9)
    scan.refresh_from_db()
    assert (scan.phase, scan.done) == ("facts", 2)


def at_once(count: int, act: Callable[[], T]) -> list[T]:
    """The answers of so many threads that act in the same moment, each with its connection."""
    barrier = Barrier(count)

    def one(_: int) -> T:
        try:
            connection.ensure_connection()
            barrier.wait()
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))
