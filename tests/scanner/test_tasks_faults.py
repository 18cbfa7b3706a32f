"""What becomes of scans when workers die, stall or are told to end."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection

from scanner import bootstrap
from scanner.application.configuration import Configuration
from scanner.application.registration import RegistrationRequest
from scanner.storage.models import Scan
from tests.portfolio import store_team
from tests.services.gate import Gate
from tests.services.processes import await_value
from tests.services.worker import Worker

MakeWorker = Callable[..., Worker]
BARE = "def total(prices):\n    return sum(prices)\n"


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    gate = Gate(tmp_path / "gate")
    yield gate
    gate.open()


@pytest.fixture
def scan_id(reachable: Configuration, make_worker: MakeWorker, tmp_path: Path) -> int:
    """A folder that was just registered."""
    return register(tmp_path / "shop")


def register(folder: Path) -> int:
    folder.mkdir()
    (folder / "prices.py").write_text(BARE)
    request = RegistrationRequest(store_team().pk, str(folder), may_use_paths=True)
    return bootstrap.registration().register(request).scan_id


def gated(make_worker: MakeWorker, gate: Gate, name: str, lease: int = 2) -> Worker:
    """A worker whose parser waits at the gate.

    Its leases are short where it is to lose one, long where a busy machine must not cost it one.
    """
    return make_worker(
        name, CODEVITALS_INTERPRETER=str(gate.interpreter), CODEVITALS_LEASE_SECONDS=str(lease)
    )


def tick_until(scan_id: int, *statuses: str) -> Scan:
    """Let the clock tick until the scan is in one of these states."""

    def found() -> Scan | None:
        bootstrap.clockwork().tick()
        return Scan.objects.filter(pk=scan_id, status__in=statuses).first()

    return await_value(found, what=f"scan {scan_id} {statuses}")


def test_a_scan_whose_worker_is_killed_is_finished_by_another(
    scan_id: int, gate: Gate, make_worker: MakeWorker
) -> None:
    first = gated(make_worker, gate, "first")
    gate.held_process()
    first.kill()
    gate.open()
    gated(make_worker, gate, "second", lease=60)
    scan = tick_until(scan_id, "done", "failed")
    assert (scan.status, scan.attempt, scan.error_message) == ("done", 2, "")
    assert scan.repository.snapshots.count() == 1


def test_a_scan_that_kills_its_worker_fails_at_last_and_the_next_one_runs(
    scan_id: int, gate: Gate, make_worker: MakeWorker, tmp_path: Path
) -> None:
    gated(make_worker, gate, "worker")
    for attempt in (1, 2, 3):
        await_attempt(scan_id, attempt)
        gate.kill_held()
    scan = tick_until(scan_id, "failed")
    assert (scan.attempt, scan.error_code) == (3, "scan.worker-died")
    gate.open()
    assert tick_until(register(tmp_path / "billing"), "done", "failed").status == "done"


def test_a_worker_that_stalls_loses_its_scan_and_its_late_verdict_is_void(
    scan_id: int, gate: Gate, make_worker: MakeWorker
) -> None:
    first = gated(make_worker, gate, "first")
    stalled = gate.held_process()
    os.kill(stalled, signal.SIGSTOP)
    second = gated(make_worker, gate, "second", lease=60)
    await_attempt(scan_id, 2)
    gate.open()
    scan = tick_until(scan_id, "done", "failed")
    ended = Scan.objects.filter(pk=scan_id).values().get()
    os.kill(stalled, signal.SIGCONT)
    await_value(lambda: "another worker took over" in first.text(), what="the stalled worker")
    assert (scan.status, scan.attempt) == ("done", 2)
    assert "another worker took over" not in second.text()
    assert Scan.objects.filter(pk=scan_id).values().get() == ended
    assert scan.repository.snapshots.count() == 1


def test_a_database_that_drops_its_connections_ends_no_scan(
    scan_id: int, gate: Gate, make_worker: MakeWorker
) -> None:
    gated(make_worker, gate, "worker", lease=60)
    gate.held_process()
    drop_all_other_connections()
    gate.open()
    scan = tick_until(scan_id, "done", "failed")
    assert (scan.status, scan.attempt) == ("done", 1)


def test_a_worker_that_is_told_to_end_gives_its_scan_back_at_once(
    scan_id: int, gate: Gate, make_worker: MakeWorker
) -> None:
    first = gated(make_worker, gate, "first", lease=300)
    gate.held_process()
    first.stop()
    assert Scan.objects.get(pk=scan_id).status == "queued"
    gate.open()
    gated(make_worker, gate, "second", lease=300)
    scan = await_value(lambda: Scan.objects.filter(pk=scan_id, status="done").first())
    assert scan.attempt == 2


def drop_all_other_connections() -> None:
    """As a restart of PostgreSQL does; SQLite has no server that could go away."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


def await_attempt(scan_id: int, attempt: int) -> None:
    """Tick until some worker has started this attempt."""

    def found() -> bool:
        bootstrap.clockwork().tick()
        return Scan.objects.filter(pk=scan_id, attempt=attempt).exists()

    await_value(found, what=f"attempt {attempt}")
