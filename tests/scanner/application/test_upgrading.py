"""After an upgrade: newest first, a few at a time, once an engine, behind everybody else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scanner.application.upgrading import AT_ONCE, Upgrading
from scanner.bootstrap.environment import atomic
from scanner.domain.errors import UserError
from scanner.storage.models import Repository, Scan, Snapshot
from scanner.storage.scans import Queue
from scanner.storage.upgrades import Upgrades
from tests.portfolio import START, store_repository, store_scan, store_team
from tests.scanner.hands import Bell

NEW = "1.0.99+cpython-3.99"

pytestmark = pytest.mark.django_db


class Room:
    """An upgrade with real stores and a bell."""

    def __init__(self) -> None:
        self.bell = Bell()
        self.engine = NEW
        self.upgrading = Upgrading(Upgrades(), Queue(), lambda: self.engine, atomic, self.bell)

    def asked(self) -> list[str]:
        """Tick; the repositories that workers were told of, in this order."""
        before = len(self.bell.rung)
        self.upgrading.tick()
        scans = {scan.pk: scan for scan in Scan.objects.filter(trigger="engine")}
        return [scans[pk].repository.name for pk in self.bell.rung[before:]]


@pytest.fixture
def room() -> Room:
    return Room()


@pytest.fixture
def many() -> list[Repository]:
    """Six repositories, the first with the newest commit."""
    found = [store_repository(store_team(), f"r{number}", snapshots=1) for number in range(6)]
    for number, repository in enumerate(found):
        at = START - timedelta(days=number)
        Snapshot.objects.filter(repository=repository).update(committed_at=at)
    return found


def finish(*names: str, engine: str = NEW) -> None:
    """Let the scans of an upgrade end with a verdict of this engine."""
    for name in names:
        repository = Repository.objects.get(name=name)
        repository.snapshots.update(engine=engine)
        repository.scans.filter(status="queued").update(status="done", snapshot=repository.latest)


def test_the_newest_come_first_and_few_at_a_time(room: Room, many: list[Repository]) -> None:
    assert room.asked() == ["r0", "r1", "r2", "r3"]
    assert room.asked() == []
    finish("r0", "r1")
    assert room.asked() == ["r4", "r5"]
    finish("r2", "r3", "r4", "r5")
    assert room.asked() == []
    assert set(Scan.objects.filter(trigger="engine").values_list("engine", flat=True)) == {NEW}


def test_others_go_first(room: Room, many: list[Repository]) -> None:
    waiting = store_scan(many[5], "queued")
    assert room.asked() == []
    Scan.objects.filter(pk=waiting.pk).update(status="done")
    assert len(room.asked()) == AT_ONCE


def test_a_repository_is_asked_for_once_an_engine(room: Room, many: list[Repository]) -> None:
    """Where machines parse with different interpreters, none begins again what another judged."""
    room.asked()
    finish("r0", "r1", "r2", "r3", engine="1.0.99+cpython-3.98")
    assert room.asked() == ["r4", "r5"]
    finish("r4", "r5")
    assert room.asked() == []
    room.engine = "1.0.100+cpython-3.99"
    assert room.asked() == ["r0", "r1", "r2", "r3"]


def test_what_could_not_be_scanned_last_waits_for_its_schedule(
    room: Room, many: list[Repository]
) -> None:
    store_scan(many[0], "failed")
    store_scan(many[1], "running")
    unscanned = store_repository(store_team(), "new", snapshots=0)
    unscanned.scans.all().delete()
    assert room.asked() == ["r2", "r3", "r4", "r5"]


def test_an_engine_that_does_not_run_is_no_reason_to_stop(
    room: Room, many: list[Repository]
) -> None:
    def broken() -> str:
        raise UserError("analysis.interpreter", "It cannot run.", "Choose another.")

    assert Upgrading(Upgrades(), Queue(), broken, atomic, room.bell).tick() == 0
    assert room.bell.rung == []
