"""The tick: due schedules, silent workers, lost messages, and clocks that jump."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scanner.application.clockwork import Clockwork, ClockworkStores
from scanner.bootstrap.environment import atomic
from scanner.domain.schedule import Schedule, next_run
from scanner.storage.acceptances import Acceptances
from scanner.storage.beats import Beats
from scanner.storage.models import Beat, Repository, Scan
from scanner.storage.repositories import Schedules
from scanner.storage.scans import Leases, Queue
from tests.portfolio import store_repository, store_team
from tests.scanner.hands import NOON, Bell, Hands

LEASE = timedelta(seconds=30)
NIGHTLY = Schedule("0 3 * * *", "Europe/Berlin")


class Room:
    """A clockwork with real stores, a clock, a bell, and a broker that holds so many messages."""

    def __init__(self) -> None:
        self.clock = Hands()
        self.bell = Bell()
        self.held = 99
        self.leases = Leases(self.clock)
        stores = ClockworkStores(Beats(), Schedules(), self.leases, Queue(), Acceptances(), atomic)
        self.clockwork = Clockwork(stores, self.bell, lambda: self.held, self.clock, LEASE)

    def tick(self, **after: float) -> None:
        """Let so much time pass, then tick."""
        self.clock.move(**after)
        self.clockwork.tick()

    def schedule(self, repository: Repository, schedule: Schedule = NIGHTLY) -> None:
        """Give the repository a schedule, as its settings page would."""
        Repository.objects.filter(pk=repository.pk).update(
            cron=schedule.cron,
            time_zone=schedule.time_zone,
            next_run_at=next_run(schedule, repository.pk, self.clock.now),
        )
        repository.refresh_from_db()


@pytest.fixture
def room(db: None) -> Room:
    return Room()


@pytest.fixture
def repository(db: None) -> Repository:
    return store_repository(store_team(), snapshots=1)


def scheduled(repository: Repository) -> list[int]:
    return list(repository.scans.filter(trigger="scheduled").values_list("pk", flat=True))


def test_the_tick_is_noted(room: Room) -> None:
    room.tick()
    room.tick(seconds=20)
    assert list(Beat.objects.values_list("ticked_at", flat=True)) == [NOON + timedelta(seconds=20)]


def test_nothing_is_scanned_before_its_time(room: Room, repository: Repository) -> None:
    room.schedule(repository)
    room.tick(hours=13)
    assert scheduled(repository) == []


def test_a_due_repository_is_scanned_and_planned_again(room: Room, repository: Repository) -> None:
    room.schedule(repository)
    first = repository.next_run_at
    room.tick(hours=14)
    assert scheduled(repository) == room.bell.rung
    assert len(room.bell.rung) == 1
    repository.refresh_from_db()
    assert first is not None
    assert repository.next_run_at == first + timedelta(days=1)


def test_a_second_beat_does_no_harm(room: Room, repository: Repository) -> None:
    room.schedule(repository)
    room.tick(hours=14)
    room.tick()
    room.tick(seconds=20)
    assert len(scheduled(repository)) == 1


def test_an_outage_of_three_days_is_one_scan(room: Room, repository: Repository) -> None:
    room.schedule(repository)
    room.tick(days=3)
    room.tick(seconds=20)
    assert len(scheduled(repository)) == 1
    repository.refresh_from_db()
    assert repository.next_run_at == next_run(NIGHTLY, repository.pk, room.clock.now)


def test_a_run_joins_the_scan_that_waits(room: Room, repository: Repository) -> None:
    room.schedule(repository)
    Queue().add(repository.pk, "requested")
    room.tick(hours=14)
    assert scheduled(repository) == []
    assert repository.scans.filter(status="queued").count() == 1


def test_a_schedule_that_was_just_switched_on_is_planned(
    room: Room, repository: Repository
) -> None:
    room.schedule(repository)
    Repository.objects.update(next_run_at=None)
    room.tick()
    repository.refresh_from_db()
    assert repository.next_run_at == next_run(NIGHTLY, repository.pk, NOON)
    assert scheduled(repository) == []


def test_a_broken_schedule_stops_no_other(room: Room, repository: Repository) -> None:
    broken = store_repository(store_team(), "billing", snapshots=1)
    for each in (broken, repository):
        room.schedule(each)
    Repository.objects.filter(pk=broken.pk).update(time_zone="Gone/Zone")
    room.tick(hours=14)
    assert len(scheduled(repository)) == 1
    broken.refresh_from_db()
    assert broken.next_run_at is None


def test_a_clock_that_was_a_day_ahead_loses_no_run(room: Room, repository: Repository) -> None:
    room.schedule(repository)
    room.tick()
    room.tick(days=1)
    room.tick(days=-1, seconds=20)
    repository.refresh_from_db()
    assert repository.next_run_at == next_run(NIGHTLY, repository.pk, room.clock.now)
    assert len(scheduled(repository)) == 1


def test_a_clock_that_is_set_back_an_hour_frees_the_scans_of_dead_workers(
    room: Room, repository: Repository
) -> None:
    scan = Queue().add(repository.pk, "requested")
    room.tick()
    room.leases.claim(scan.id, LEASE)
    room.tick(hours=-1)
    room.tick(seconds=31)
    assert Scan.objects.get(pk=scan.id).status == "queued"


def test_a_silent_worker_loses_its_scan_to_another(room: Room, repository: Repository) -> None:
    scan = Queue().add(repository.pk, "requested")
    stale = room.leases.claim(scan.id, LEASE)
    room.tick(seconds=30)
    assert Scan.objects.get(pk=scan.id).status == "running"
    room.tick(seconds=1)
    assert Scan.objects.get(pk=scan.id).status == "queued"
    assert room.bell.rung == [scan.id]
    assert stale is not None
    assert not room.leases.extend(stale, LEASE)


def test_a_worker_that_beats_keeps_its_scan(room: Room, repository: Repository) -> None:
    claim = room.leases.claim(Queue().add(repository.pk, "requested").id, LEASE)
    assert claim is not None
    for _ in range(4):
        room.clock.move(seconds=20)
        room.leases.extend(claim, LEASE)
        room.tick()
    assert Scan.objects.get(pk=claim.scan_id).status == "running"


def test_a_scan_that_kills_three_workers_fails_and_the_next_one_runs(
    room: Room, repository: Repository
) -> None:
    scan = Queue().add(repository.pk, "requested")
    for _ in range(3):
        assert room.leases.claim(scan.id, LEASE) is not None
        room.tick(seconds=31)
    row = Scan.objects.get(pk=scan.id)
    assert (row.status, row.error_code, row.attempt) == ("failed", "scan.worker-died", 3)
    following = Queue().add(repository.pk, "requested")
    assert room.leases.claim(following.id, LEASE) is not None


def test_a_dead_scan_frees_the_one_behind_it(room: Room, repository: Repository) -> None:
    dead = Queue().add(repository.pk, "requested")
    room.leases.claim(dead.id, LEASE)
    waiting = Queue().add(repository.pk, "requested")
    room.tick(seconds=31)
    assert room.bell.rung == [waiting.id]
    assert Scan.objects.get(pk=dead.id).error_code == "scan.superseded"


def queued_at_noon(repository: Repository) -> Scan:
    scan = Queue().add(repository.pk, "requested")
    Scan.objects.filter(pk=scan.id).update(created_at=NOON, sent_at=NOON)
    return Scan.objects.get(pk=scan.id)


def test_a_lost_message_is_sent_again(room: Room, repository: Repository) -> None:
    scan = queued_at_noon(repository)
    room.held = 0
    room.tick(seconds=60)
    assert room.bell.rung == []
    room.tick(seconds=1)
    assert room.bell.rung == [scan.pk]


def test_a_message_that_waits_in_the_broker_is_not_sent_again(
    room: Room, repository: Repository
) -> None:
    queued_at_noon(repository)
    room.held = 1
    room.tick(minutes=10)
    assert room.bell.rung == []
