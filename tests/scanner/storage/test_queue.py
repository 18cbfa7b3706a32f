"""The scans that wait, and those whose message was lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from scanner.application.records import RequestedScan
from scanner.storage.models import Repository, Scan
from scanner.storage.scans import Queue
from tests.portfolio import store_repository, store_scan, store_team

AFTER = timedelta(seconds=60)


@pytest.fixture
def repository(db: None) -> Repository:
    return store_repository(store_team(), snapshots=1)


def queued(repository: Repository, **ages: int) -> Scan:
    """A queued scan whose times lie so many seconds ago."""
    scan = store_scan(repository, status="queued")
    now = timezone.now()
    times = {name: now - timedelta(seconds=age) for name, age in ages.items()}
    Scan.objects.filter(pk=scan.pk).update(**times)
    return scan


def test_a_request_makes_a_queued_scan(repository: Repository) -> None:
    asked = Queue().add(repository.pk, "requested")
    assert asked.is_new
    scan = Scan.objects.get(pk=asked.id)
    assert (scan.status, scan.trigger, scan.kind) == ("queued", "requested", "scan")


def test_a_second_request_gets_the_scan_that_waits(repository: Repository) -> None:
    first = Queue().add(repository.pk, "requested")
    assert Queue().add(repository.pk, "scheduled") == RequestedScan(first.id, is_new=False)


def test_a_backfill_waits_beside_a_scan(repository: Repository) -> None:
    first = Queue().add(repository.pk, "requested")
    assert Queue().add(repository.pk, "requested", "backfill").id != first.id


def test_a_request_while_a_scan_runs_waits_for_its_end(repository: Repository) -> None:
    running = store_scan(repository, status="running")
    asked = Queue().add(repository.pk, "requested")
    assert asked.is_new
    assert Queue().next_of(repository.pk) is None
    Scan.objects.filter(pk=running.pk).update(status="done")
    assert Queue().next_of(repository.pk) == asked.id


def test_a_message_that_was_sent_long_ago_is_missed(repository: Repository) -> None:
    scan = queued(repository, sent_at=61, created_at=90)
    assert Queue().unheard(timezone.now(), AFTER) == [scan.pk]


def test_a_message_that_was_just_sent_is_not_missed(repository: Repository) -> None:
    queued(repository, sent_at=50, created_at=90)
    assert Queue().unheard(timezone.now(), AFTER) == []


def test_a_message_that_was_never_sent_is_missed_soon(repository: Repository) -> None:
    scan = queued(repository, created_at=11)
    assert Queue().unheard(timezone.now(), AFTER) == [scan.pk]


def test_a_scan_that_was_just_made_may_be_on_its_way(repository: Repository) -> None:
    queued(repository, created_at=5)
    assert Queue().unheard(timezone.now(), AFTER) == []


def test_a_time_in_the_future_hides_no_scan(repository: Repository) -> None:
    scan = queued(repository, sent_at=-3_600, created_at=-3_700)
    assert Queue().unheard(timezone.now(), AFTER) == [scan.pk]


def test_a_scan_behind_a_running_one_is_not_missed(repository: Repository) -> None:
    queued(repository, sent_at=600, created_at=700)
    store_scan(repository, status="running")
    assert Queue().unheard(timezone.now(), AFTER) == []


def test_what_was_sent_is_noted(repository: Repository) -> None:
    scan = queued(repository, created_at=90)
    Queue().sent(scan.pk, timezone.now())
    assert Queue().unheard(timezone.now(), AFTER) == []
