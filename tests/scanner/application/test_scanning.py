"""A scan from its claim to its end, and everything that may go wrong on the way."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest

from scanner.domain.errors import UserError
from scanner.storage.models import Repository, Scan, Snapshot
from scanner.storage.scans import Queue
from tests.portfolio import store_repository, store_team
from tests.scanner.workbench import ENGINE, Workbench

LEASE = timedelta(seconds=30)
CLEAN = "def total(prices: list[int]) -> int:\n    return sum(prices)\n"
BARE = "def total(prices):\n    return sum(prices)\n"
SILENT = """def save(row: str) -> None:
    try:
        store(row)
    except Exception:
        pass
"""


@pytest.fixture
def repository(db: None) -> Repository:
    repository = store_repository(store_team(), snapshots=0)
    repository.scans.all().delete()
    return repository


@pytest.fixture
def bench(db: None) -> Workbench:
    return Workbench()


def scan_of(bench: Workbench, repository: Repository) -> Scan:
    return Scan.objects.get(pk=bench.scan(repository.pk))


def rules(repository: Repository, *, is_open: bool = True) -> list[str]:
    """What was found about errors and types, as "rule symbol"."""
    shown = repository.findings.filter(principle__in=["fail-fast", "typing"])
    rows = shown.filter(fixed_in__isnull=is_open).order_by("rule", "path")
    return [f"{row.rule} {row.symbol}" for row in rows]


def test_it_works(bench: Workbench, repository: Repository) -> None:
    commit = bench.branch.commit({"shop/prices.py": BARE, "tests/test_prices.py": CLEAN})
    scan = scan_of(bench, repository)
    assert (scan.status, scan.attempt, scan.parsed, scan.error_code) == ("done", 1, 2, "")
    repository.refresh_from_db()
    snapshot = repository.latest
    assert snapshot is not None
    assert snapshot == scan.snapshot
    assert (snapshot.commit, snapshot.engine) == (commit, ENGINE)
    assert (snapshot.modules, snapshot.coverage) == (1, 1.0)
    assert snapshot.score < 100
    assert [each["path"] for each in snapshot.excluded] == ["tests/test_prices.py"]
    assert snapshot.principles.count() == 10
    assert rules(repository) == ["TY01 total"]
    assert [claim.scan_id for claim in bench.pulsed] == [scan.pk]


def test_a_second_scan_of_the_same_commit_parses_nothing(
    bench: Workbench, repository: Repository
) -> None:
    bench.branch.commit({"shop/prices.py": BARE})
    first, second = scan_of(bench, repository), scan_of(bench, repository)
    assert (first.parsed, second.parsed) == (1, 0)
    assert first.snapshot == second.snapshot
    assert bench.reader.parsed == ["shop/prices.py"]


def test_only_blobs_that_are_new_are_parsed(bench: Workbench, repository: Repository) -> None:
    bench.branch.commit({"shop/a.py": CLEAN, "shop/b.py": SILENT})
    bench.scan(repository.pk)
    bench.branch.commit({"shop/moved.py": CLEAN, "shop/b.py": SILENT, "shop/c.py": BARE})
    assert scan_of(bench, repository).parsed == 1
    assert bench.reader.parsed[-1] == "shop/c.py"


def test_findings_live_over_three_commits(bench: Workbench, repository: Repository) -> None:
    bench.branch.commit({"shop/prices.py": BARE, "shop/rows.py": CLEAN})
    bench.scan(repository.pk)
    assert rules(repository) == ["TY01 total"]
    bench.branch.commit({"shop/prices.py": "\n\n" + BARE, "shop/rows.py": SILENT})
    bench.scan(repository.pk)
    assert rules(repository) == ["FF01 save", "TY01 total"]
    bench.branch.commit({"shop/prices.py": CLEAN, "shop/rows.py": SILENT})
    bench.scan(repository.pk)
    assert rules(repository) == ["FF01 save"]
    assert rules(repository, is_open=False) == ["TY01 total"]
    for snapshot in Snapshot.objects.all():
        came = repository.findings.filter(first_in=snapshot).count()
        went = repository.findings.filter(fixed_in=snapshot).count()
        assert (snapshot.new_findings, snapshot.fixed_findings) == (came, went)
    moved = repository.findings.get(rule="TY01")
    assert moved.line == 3  # where it stood last


def test_a_plain_folder_is_named_by_its_files(bench: Workbench, repository: Repository) -> None:
    def commit_of() -> str:
        snapshot = scan_of(bench, repository).snapshot
        assert snapshot is not None
        return snapshot.commit

    bench.branch.commit({"shop/prices.py": CLEAN})
    bench.branch.lie_in_a_folder()
    first = commit_of()
    assert commit_of() == first
    bench.branch.commit({"shop/prices.py": CLEAN + "\n"})
    bench.branch.lie_in_a_folder()
    assert commit_of() != first


def test_what_the_user_can_mend_is_told(bench: Workbench, repository: Repository) -> None:
    bench.branch.trouble = UserError("git.not-found", "Nothing there.", "Check it.", "exit 128")
    scan = scan_of(bench, repository)
    assert (scan.status, scan.attempt) == ("failed", 1)
    assert (scan.error_code, scan.error_message) == ("git.not-found", "Nothing there.")
    assert (scan.error_next_step, scan.error_detail) == ("Check it.", "exit 128")
    assert not Snapshot.objects.exists()


def test_a_failed_scan_leaves_the_last_verdict(bench: Workbench, repository: Repository) -> None:
    bench.branch.commit({"shop/prices.py": BARE})
    bench.scan(repository.pk)
    bench.branch.trouble = UserError("git.unreachable", "Nobody answers.", "Scan again.")
    bench.scan(repository.pk)
    repository.refresh_from_db()
    assert repository.latest is not None
    assert rules(repository) == ["TY01 total"]


def test_a_fault_is_tried_three_times_then_told(
    bench: Workbench, repository: Repository, caplog: pytest.LogCaptureFixture
) -> None:
    bench.branch.trouble = RuntimeError("a bug")
    scan = scan_of(bench, repository)
    for attempt in (1, 2):
        assert (scan.status, scan.attempt, scan.error_code) == ("queued", attempt, "")
        assert bench.bell.rung == [scan.pk] * attempt
        bench.scanning.run(scan.pk)
        scan.refresh_from_db()
    assert (scan.status, scan.attempt, scan.error_code) == ("failed", 3, "scan.fault")
    assert "a bug" not in scan.error_message + scan.error_next_step + scan.error_detail
    logged = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert [record.exc_info is not None for record in logged] == [True] * 3


def test_after_a_poisoned_repository_the_next_one_runs(
    bench: Workbench, repository: Repository
) -> None:
    bench.branch.trouble = RuntimeError("a bug")
    scan = scan_of(bench, repository)
    bench.scanning.run(scan.pk)
    bench.scanning.run(scan.pk)
    bench.branch.trouble = None
    bench.branch.commit({"shop/prices.py": CLEAN})
    other = store_repository(store_team(), "billing", snapshots=0)
    other.scans.all().delete()
    assert scan_of(bench, other).status == "done"


def test_a_worker_that_was_given_up_changes_nothing(
    bench: Workbench, repository: Repository
) -> None:
    bench.branch.commit({"shop/prices.py": BARE})

    def another_worker_takes_over() -> None:
        bench.leases.requeue(bench.pulsed[-1])
        assert bench.leases.claim(bench.pulsed[-1].scan_id, LEASE) is not None

    bench.branch.meanwhile = another_worker_takes_over
    scan = scan_of(bench, repository)
    assert (scan.status, scan.attempt, scan.snapshot) == ("running", 2, None)
    assert bench.branch.forgotten == []
    assert not Snapshot.objects.exists()


def test_a_repository_that_is_deleted_meanwhile_ends_its_scan_quietly(
    bench: Workbench, repository: Repository
) -> None:
    bench.branch.commit({"shop/prices.py": BARE})
    key = repository.pk
    bench.branch.meanwhile = repository.delete
    bench.scan(key)
    assert bench.branch.forgotten == [key]
    assert not Scan.objects.exists()
    assert not Snapshot.objects.exists()


def test_a_worker_that_is_told_to_end_gives_its_scan_back(
    bench: Workbench, repository: Repository
) -> None:
    bench.branch.trouble = SystemExit(143)
    requested = Queue().add(repository.pk, "requested")
    with pytest.raises(SystemExit):
        bench.scanning.run(requested.id)
    assert Scan.objects.get(pk=requested.id).status == "queued"


def test_a_scan_that_is_not_to_be_had_is_left_alone(
    bench: Workbench, repository: Repository
) -> None:
    scan_id = bench.scan(repository.pk)
    before = Scan.objects.filter(pk=scan_id).values().get()
    bench.scanning.run(scan_id)
    bench.scanning.run(scan_id + 1_000)
    assert Scan.objects.filter(pk=scan_id).values().get() == before


def test_the_scan_that_waited_meanwhile_is_next(bench: Workbench, repository: Repository) -> None:
    bench.branch.commit({"shop/prices.py": BARE})
    waiting: list[int] = []
    bench.branch.meanwhile = lambda: waiting.append(Queue().add(repository.pk, "requested").id)
    bench.scan(repository.pk)
    assert bench.bell.rung == waiting
