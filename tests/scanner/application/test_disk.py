"""The budget of a data directory: measured after use, and kept by dropping what is idle."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from scanner.application.disk import DiskBudget
from scanner.bootstrap.disk import MachineFiles, machine_key
from scanner.bootstrap.environment import cache_file, mirror_folder, used
from scanner.storage.machines import Machines
from scanner.storage.models import KeptFiles, Machine, Repository
from tests.portfolio import store_repository, store_team
from tests.scanner.hands import Hands

MIRROR, CACHE = 60_000, 40_000
ALL = "cache.sqlite3 mirror.git"

pytestmark = pytest.mark.django_db


class Disk:
    """A machine with room for two and a half repositories."""

    def __init__(self) -> None:
        self.clock = Hands()
        self.budget = DiskBudget(Machines(), MachineFiles(), self.clock)

    def use(self, repository: Repository, *, after_days: float = 0) -> None:
        """Let so much time pass; then a mirror and a cache are made where they lack."""
        self.clock.move(days=after_days)
        fill(repository)
        self.budget.settle(repository.pk)


def fill(repository: Repository) -> None:
    mirror = mirror_folder(repository.pk) / "mirror.git"
    mirror.mkdir(parents=True, exist_ok=True)
    (mirror / "pack").write_bytes(b"p" * MIRROR)
    cache_file(repository.pk).write_bytes(b"c" * CACHE)


def kept(repository: Repository) -> str:
    """The names of what is there of a repository."""
    names = sorted(path.name for path in mirror_folder(repository.pk).iterdir())
    return " ".join(name for name in names if name not in {"in-use", "cache.sqlite3.lock"})


@pytest.fixture
def disk(tmp_path: Path, settings: Settings) -> Disk:
    settings.CODEVITALS = replace(settings.CODEVITALS, data_dir=tmp_path, disk_bytes=250_000)
    return Disk()


@pytest.fixture
def three(db: None) -> list[Repository]:
    return [store_repository(store_team(), name, snapshots=0) for name in ("a", "b", "c")]


def test_what_is_used_is_measured(disk: Disk, three: list[Repository]) -> None:
    disk.use(three[0])
    row = KeptFiles.objects.get()
    assert (row.mirror_bytes, row.cache_bytes, row.used_at) == (MIRROR, CACHE, disk.clock.now)
    assert (row.machine.budget, row.machine.seen_at) == (250_000, disk.clock.now)
    assert row.machine.free > 0


def test_an_idle_repository_makes_room(disk: Disk, three: list[Repository]) -> None:
    first, second, third = three
    disk.use(first)
    disk.use(second, after_days=8)
    disk.use(third)
    assert [kept(each) for each in three] == ["", ALL, ALL]
    row = KeptFiles.objects.get(repository=first)
    assert (row.mirror_bytes, row.cache_bytes, row.dropped_at) == (0, 0, disk.clock.now)


def test_caches_go_before_mirrors(disk: Disk, three: list[Repository]) -> None:
    for each in three:
        disk.use(each, after_days=1)
    assert [kept(each) for each in three] == ["mirror.git", "mirror.git", ALL]


def test_what_is_in_use_stays_and_the_next_one_goes(disk: Disk, three: list[Repository]) -> None:
    first, second, third = three
    disk.use(first)
    disk.use(second, after_days=1)
    with used(first.pk):
        disk.use(third, after_days=8)
    assert [kept(each) for each in three] == [ALL, "", ALL]


def test_what_was_just_used_stays_however_large(
    disk: Disk, three: list[Repository], settings: Settings
) -> None:
    settings.CODEVITALS = replace(settings.CODEVITALS, disk_bytes=10)
    disk.use(three[0])
    assert kept(three[0]) == ALL


def test_it_comes_back_and_counts_again(disk: Disk, three: list[Repository]) -> None:
    test_an_idle_repository_makes_room(disk, three)
    disk.use(three[0], after_days=1)
    row = KeptFiles.objects.get(repository=three[0])
    assert (row.cache_bytes, row.dropped_at) == (CACHE, None)
    assert row.mirror_bytes >= MIRROR  # and what lies beside it


def test_what_belongs_to_no_repository_is_swept(disk: Disk, three: list[Repository]) -> None:
    """A repository may be removed on another machine than the one that keeps its mirror."""
    disk.use(three[0])
    Machine.objects.update(swept_at=None)
    gone, fresh = mirror_folder(10_001), mirror_folder(10_002)
    for folder in (gone, fresh):
        folder.mkdir(parents=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("scanner.bootstrap.disk._DAY", 0)
        disk.use(three[0])
    assert not gone.exists()
    assert not fresh.exists()
    fresh.mkdir()
    Machine.objects.update(swept_at=disk.clock.now - timedelta(days=2))
    disk.use(three[0])
    assert fresh.exists()  # its row may be on its way
    assert kept(three[0]) == ALL


def test_a_removed_repository_is_no_matter(disk: Disk, three: list[Repository]) -> None:
    fill(three[0])
    Repository.objects.filter(pk=three[0].pk).delete()
    disk.budget.settle(three[0].pk)
    assert not KeptFiles.objects.exists()


def test_a_data_directory_has_one_name(tmp_path: Path) -> None:
    name = machine_key(tmp_path)
    assert len(name) == 32
    assert machine_key(tmp_path) == name
    assert os.listdir(tmp_path) == ["machine"]
