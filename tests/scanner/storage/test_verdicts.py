"""What is stored of a verdict, and what becomes of it with the next one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from scanner.application.records import Claim, Verdict
from scanner.domain.churn import Churn
from scanner.domain.errors import LeaseLostError
from scanner.domain.findings import Excluded
from scanner.domain.scope_names import CONFIGURED
from scanner.storage.models import FileScore, Finding, Repository, Scan, Snapshot
from scanner.storage.scans import Leases
from scanner.storage.verdicts import Verdicts
from tests.portfolio import store_repository, store_scan, store_team
from tests.scanner.verdicts import ENGINE, make_file, make_finding, make_verdict

NOON = datetime(2025, 5, 1, 12, tzinfo=UTC)
A, B, C = "a" * 40, "b" * 40, "c" * 40


def now() -> datetime:
    return NOON


@pytest.fixture
def repository(db: None) -> Repository:
    repository = store_repository(store_team(), snapshots=0)
    repository.scans.all().delete()
    return repository


def start(repository: Repository) -> Claim:
    scan = store_scan(repository, status="queued")
    claim = Leases(now).claim(scan.pk, timedelta(seconds=30))
    assert claim is not None
    return claim


def save(repository: Repository, verdict: Verdict) -> Snapshot:
    Verdicts(now).save(start(repository), verdict)
    repository.refresh_from_db()
    assert repository.latest is not None
    return repository.latest


def intervals(repository: Repository) -> set[tuple[str, str, str | None]]:
    """Symbol, commit of the first snapshot, commit of the fix."""
    rows = repository.findings.values_list("symbol", "first_in__commit", "fixed_in__commit")
    return {(symbol, first[:1], fixed and fixed[:1]) for symbol, first, fixed in rows}


def test_the_verdict_becomes_the_latest_and_ends_the_scan(repository: Repository) -> None:
    claim = start(repository)
    verdict = make_verdict(A, [make_finding("pricing")], [make_file("shop/pricing.py", 1.5)])
    Verdicts(now).save(claim, verdict)
    repository.refresh_from_db()
    snapshot = repository.latest
    assert snapshot is not None
    assert (snapshot.commit, snapshot.engine, snapshot.rubric) == (A, ENGINE, "rubric-1")
    assert (snapshot.score, snapshot.strict_score, snapshot.grade) == (93.5, 92.5, "A")
    assert (snapshot.author, snapshot.subject) == ("Ann Author", "Change")
    assert (snapshot.lines, snapshot.modules, snapshot.coverage) == (1200, 1, 0.99)
    assert snapshot.excluded == [{"path": "tests/test_shop.py", "reason": "test"}]
    assert snapshot.unmeasured == [
        {"path": "shop/old.py", "reason": "syntax error", "line": 7, "lines": 12}
    ]
    assert snapshot.rewritten == [{"path": "shop/new.py", "constructs": ["type aliases"]}]
    assert snapshot.notices == ["Layers are not declared."]
    scan = Scan.objects.get(pk=claim.scan_id)
    assert (scan.status, scan.snapshot, scan.parsed) == ("done", snapshot, 1)
    assert (scan.finished_at, scan.lease_until) == (NOON, None)


def test_principles_files_and_findings_are_stored(repository: Repository) -> None:
    finding = make_finding("pricing")
    snapshot = save(repository, make_verdict(A, [finding], [make_file("shop/pricing.py", 1.5)]))
    complexity = snapshot.principles.get(principle="complexity")
    assert (complexity.score, complexity.strict_score) == (91.25, 90.0)
    assert (complexity.conforming, complexity.debt, complexity.n) == (900_000_000, 30_000_000, 40)
    assert not snapshot.principles.get(principle="async").applicable
    file = repository.files.get()
    assert (file.path, file.blob, file.lines) == ("shop/pricing.py", "b" * 40, 120)
    assert (file.score, file.points_lost, file.findings) == (98.5, 1.5, 1)
    assert file.scores == {"complexity": 91.25}
    row = repository.findings.get()
    assert (row.rule, row.line, row.end_line, row.effort) == ("CX01", 3, 43, 30)
    assert (row.fingerprint, row.cost, row.points) == (finding.fingerprint, 12_000_000, 1.5)
    assert row.related == [{"path": "shop/other.py", "line": 1}]
    assert row.charges == [
        {"path": "shop/pricing.py", "line": 3, "cost": 12_000_000, "site": "", "mass": 0}
    ]


def test_findings_live_from_the_snapshot_that_brought_them_to_their_fix(
    repository: Repository,
) -> None:
    first = save(repository, make_verdict(A, [make_finding("one"), make_finding("two")]))
    assert (first.new_findings, first.fixed_findings, first.open_findings) == (2, 0, 2)
    second = save(repository, make_verdict(B, [make_finding("two"), make_finding("three")]))
    assert (second.new_findings, second.fixed_findings, second.open_findings) == (1, 1, 2)
    assert intervals(repository) == {("one", "a", "b"), ("two", "a", None), ("three", "b", None)}


def test_a_finding_that_comes_back_is_a_new_row(repository: Repository) -> None:
    save(repository, make_verdict(A, [make_finding("one")]))
    save(repository, make_verdict(B))
    save(repository, make_verdict(C, [make_finding("one")]))
    assert intervals(repository) == {("one", "a", "b"), ("one", "c", None)}


def test_an_open_finding_keeps_its_row_and_takes_new_values(repository: Repository) -> None:
    save(repository, make_verdict(A, [make_finding("one")]))
    row = repository.findings.get()
    save(repository, make_verdict(B, [make_finding("one", points=2.25, line=80)]))
    after = repository.findings.get()
    assert (after.pk, after.created_at, after.first_in) == (row.pk, row.created_at, row.first_in)
    assert (after.line, after.points) == (80, 2.25)


def test_the_same_commit_again_changes_nothing(repository: Repository) -> None:
    verdict = make_verdict(A, [make_finding("one")], [make_file("shop/one.py")])
    first = save(repository, verdict)
    findings = list(repository.findings.values())
    files = list(repository.files.values())
    second = save(repository, verdict)
    assert second.pk == first.pk
    assert Snapshot.objects.count() == 1
    assert list(repository.findings.values()) == findings
    assert list(repository.files.values()) == files
    assert (second.new_findings, second.fixed_findings) == (1, 0)
    assert second.principles.count() == 2
    assert repository.scans.filter(status="done", snapshot=first).count() == 2


def test_a_branch_that_was_set_back_reuses_its_snapshot(repository: Repository) -> None:
    first = save(repository, make_verdict(A, [make_finding("one")]))
    save(repository, make_verdict(B, [make_finding("two")]))
    again = save(repository, make_verdict(A, [make_finding("one")]))
    assert again.pk == first.pk
    assert intervals(repository) == {("one", "a", "b"), ("two", "b", "a"), ("one", "a", None)}
    assert (again.new_findings, again.fixed_findings, again.open_findings) == (1, 1, 1)


def test_another_engine_judges_the_commit_anew(repository: Repository) -> None:
    verdict = make_verdict(A)
    first = save(repository, verdict)
    second = save(repository, replace(verdict, engine="2.0.0+cpython-3.13"))
    assert second.pk != first.pk


def test_files_that_are_gone_are_forgotten(repository: Repository) -> None:
    kept, gone = make_file("shop/kept.py", 1.0), make_file("shop/gone.py")
    save(repository, make_verdict(A, files=[kept, gone]))
    row = repository.files.get(path="shop/kept.py")
    new = make_file("shop/new.py")
    save(repository, make_verdict(B, files=[make_file("shop/kept.py", 2.0), new]))
    assert set(repository.files.values_list("path", flat=True)) == {"shop/kept.py", "shop/new.py"}
    assert repository.files.get(path="shop/kept.py").points_lost == 2.0
    assert repository.files.get(path="shop/kept.py").pk == row.pk


def test_repositories_do_not_touch_each_other(repository: Repository) -> None:
    other = store_repository(store_team(), "billing", snapshots=0)
    other.scans.all().delete()
    verdict = make_verdict(A, [make_finding("one")], [make_file("shop/one.py")])
    save(repository, verdict)
    save(other, verdict)
    save(other, make_verdict(B))
    assert intervals(repository) == {("one", "a", None)}
    assert repository.files.count() == 1
    assert other.files.count() == 0


def test_a_stale_worker_stores_nothing(repository: Repository) -> None:
    stale = start(repository)
    Leases(now).requeue(stale)
    fresh = Leases(now).claim(stale.scan_id, timedelta(seconds=30))
    assert fresh is not None
    with pytest.raises(LeaseLostError):
        Verdicts(now).save(stale, make_verdict(A, [make_finding("one")]))
    assert not Snapshot.objects.exists()
    assert not Finding.objects.exists()
    Verdicts(now).save(fresh, make_verdict(A, [make_finding("one")]))
    assert Snapshot.objects.count() == 1


def test_a_verdict_that_cannot_be_stored_leaves_nothing_behind(repository: Repository) -> None:
    claim = start(repository)
    broken = make_verdict(A, [make_finding("one"), make_finding("two", points=float("nan"))])
    with pytest.raises(ValueError, match="nan cannot be stored"):
        Verdicts(now).save(claim, broken)
    assert not Snapshot.objects.exists()
    assert not Finding.objects.exists()
    assert Scan.objects.get(pk=claim.scan_id).status == "running"


def test_hostile_texts_are_stored_harmless(repository: Repository) -> None:
    nasty = "a\0b\ud800c"
    long_path = "shop/" + "ü" * 3_000 + ".py"
    finding = replace(
        make_finding("one"), path=long_path, symbol=nasty, message=nasty, detail="x" * 9_000
    )
    verdict = make_verdict(A, [finding], [make_file(long_path, 1.0)], subject="s" * 999 + nasty)
    excluded = (Excluded("tests/" + nasty, nasty),)
    verdict = replace(verdict, assessment=replace(verdict.assessment, excluded=excluded))
    snapshot = save(repository, verdict)
    row, file = repository.findings.get(), repository.files.get()
    assert row.symbol == "a\N{REPLACEMENT CHARACTER}b?c"
    assert len(row.detail) == 4_000
    assert row.path == file.path
    assert len(file.path.encode()) <= 2_000
    assert len(snapshot.subject) == 300
    assert "\0" not in snapshot.excluded[0]["path"]


def test_what_the_repository_leaves_out_is_counted(repository: Repository) -> None:
    reasons = ("test", CONFIGURED, "migration", CONFIGURED)
    excluded = tuple(Excluded(f"old/{n}.py", reason) for n, reason in enumerate(reasons))
    verdict = make_verdict(A, [], [make_file("shop/new.py", 1.0)])
    verdict = replace(verdict, assessment=replace(verdict.assessment, excluded=excluded))
    assert save(repository, verdict).left_out == 2


def test_the_cost_does_not_grow_with_every_row(repository: Repository) -> None:
    def queries(count: int, commit: str) -> int:
        names = [f"f{number}" for number in range(count)]
        verdict = make_verdict(
            commit, map(make_finding, names), [make_file(f"shop/{name}.py") for name in names]
        )
        claim = start(repository)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            Verdicts(now).save(claim, verdict)
        return len(captured)

    few = queries(5, A)
    assert queries(40, B) <= few + 2
    assert FileScore.objects.count() == 40


def test_changes_are_stored_with_each_file(repository: Repository) -> None:
    files = [make_file("shop/a.py"), make_file("shop/.env")]
    counted = replace(make_verdict(files=files), churn={"shop/a.py": Churn(1, 2, 3)})
    save(repository, counted)
    columns = ("path", "changes_30", "changes_90", "changes_365")
    rows = repository.files.order_by("-path").values_list(*columns)
    assert list(rows) == [("shop/a.py", 1, 2, 3), ("shop/.env", 0, 0, 0)]
    save(repository, make_verdict("b" * 40, files=files))
    assert set(rows.all().values_list(*columns[1:])) == {(None, None, None)}
