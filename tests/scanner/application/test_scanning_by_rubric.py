"""Scans after a change of the rubric: each verdict knows what judged it, and what that did."""

from __future__ import annotations

import pytest

from scanner.domain.rubric import DEFAULT
from scanner.domain.rubric_values import settled, values_of
from scanner.storage.models import JudgedRubric, Repository, Snapshot
from tests.portfolio import store_repository, store_team
from tests.scanner.rubrics import change_rubric
from tests.scanner.workbench import Workbench

LONG = "def total(price: int) -> int:\n" + "    price += 1\n" * 30 + "    return price\n"
OTHER = """def spent(prices: list[int]) -> int:
    try:
        return sum(prices)
    except:
        return 0
"""
BARE = "def total(prices):\n    return sum(prices)\n"


@pytest.fixture
def repository(db: None) -> Repository:
    repository = store_repository(store_team(), snapshots=0)
    repository.scans.all().delete()
    return repository


@pytest.fixture
def bench(db: None) -> Workbench:
    return Workbench()


def latest(bench: Workbench, repository: Repository) -> Snapshot:
    """The verdict after a scan."""
    bench.scan(repository.pk)
    repository.refresh_from_db()
    assert repository.latest is not None
    return repository.latest


def moved(snapshot: Snapshot) -> tuple[int, int]:
    """How many findings came and went with the code of a verdict."""
    return snapshot.new_findings, snapshot.fixed_findings


def test_a_verdict_knows_the_rubric_it_was_made_with(
    bench: Workbench, repository: Repository
) -> None:
    bench.branch.commit({"shop/a.py": LONG})
    first = latest(bench, repository)
    change_rubric({"limits.function_lines": 10}, repository)
    second = latest(bench, repository)

    strict = settled(DEFAULT, {"limits.function_lines": 10})
    assert (first.rubric, second.rubric) == (DEFAULT.version, strict.version)
    assert (first.commit, second.pk == first.pk) == (second.commit, False)
    assert second.score < first.score
    assert (second.rubric_before, second.score_before) == (DEFAULT.version, first.score)
    kept = {row.version: row.content for row in JudgedRubric.objects.all()}
    assert kept == {one.version: values_of(one) for one in (DEFAULT, strict)}


def test_nothing_is_parsed_for_another_rubric(bench: Workbench, repository: Repository) -> None:
    bench.branch.commit({"shop/a.py": LONG})
    latest(bench, repository)
    change_rubric({"limits.function_lines": 10}, repository)
    latest(bench, repository)
    assert bench.reader.parsed == ["shop/a.py"]


def test_what_the_rubric_brings_is_not_counted_as_new(
    bench: Workbench, repository: Repository
) -> None:
    bench.branch.commit({"shop/a.py": LONG})
    first = latest(bench, repository)
    change_rubric({"limits.function_lines": 10}, repository)
    second = latest(bench, repository)
    assert moved(second) == (0, 0)
    assert second.open_findings == first.open_findings + 1
    assert repository.findings.get(rule="CX02").opened_by_rubric
    change_rubric({"rules.CX02": False}, repository)
    third = latest(bench, repository)
    assert moved(third) == (0, 0)
    assert third.open_findings == first.open_findings
    assert repository.findings.get(rule="CX02").closed_by_rubric


def test_work_of_rubric_and_code_is_told_apart_in_one_scan(
    bench: Workbench, repository: Repository
) -> None:
    bench.branch.commit({"shop/a.py": LONG, "shop/b.py": BARE})
    first = latest(bench, repository)
    change_rubric({"limits.function_lines": 10, "rules.TY01": False}, repository)
    bench.branch.commit({"shop/a.py": LONG, "shop/moved.py": BARE, "shop/c.py": OTHER})
    second = latest(bench, repository)

    by_rubric = repository.findings.filter(opened_by_rubric=True)
    assert [row.rule for row in by_rubric] == ["CX02"]
    gone = repository.findings.filter(closed_by_rubric=True)
    assert [row.rule for row in gone] == ["TY01"]  # though its file moved
    assert repository.findings.filter(path="shop/c.py", first_in=second).exists()
    assert second.rubric_before == first.rubric
    assert second.score_before not in {None, first.score, second.score}


def test_the_way_back_is_a_change_too(bench: Workbench, repository: Repository) -> None:
    bench.branch.commit({"shop/a.py": LONG})
    first = latest(bench, repository)
    change_rubric({"limits.function_lines": 10}, repository)
    second = latest(bench, repository)
    change_rubric({"limits.function_lines": 50}, repository)
    third = latest(bench, repository)

    assert (third.pk, third.score) == (first.pk, first.score)
    assert (third.rubric_before, third.score_before) == (second.rubric, second.score)
    assert third.judged_at >= second.judged_at
    again = latest(bench, repository)
    assert (again.rubric_before, again.score_before) == (second.rubric, second.score)


def test_a_later_commit_has_no_rubric_before(bench: Workbench, repository: Repository) -> None:
    bench.branch.commit({"shop/a.py": LONG})
    latest(bench, repository)
    change_rubric({"limits.function_lines": 10}, repository)
    latest(bench, repository)
    bench.branch.commit({"shop/a.py": LONG, "shop/b.py": BARE})
    snapshot = latest(bench, repository)
    assert (snapshot.rubric_before, snapshot.score_before) == ("", None)
    assert not repository.findings.get(rule="TY01").opened_by_rubric


def test_a_scan_that_runs_meanwhile_keeps_its_rubric(
    bench: Workbench, repository: Repository
) -> None:
    bench.branch.commit({"shop/a.py": LONG})
    waiting: list[int] = []
    bench.branch.meanwhile = lambda: waiting.extend(
        change_rubric({"limits.function_lines": 10}, repository)
    )
    first = latest(bench, repository)
    bench.branch.meanwhile = lambda: None
    assert first.rubric == DEFAULT.version
    assert bench.bell.rung == waiting

    bench.scanning.run(waiting[0])
    repository.refresh_from_db()
    assert repository.latest is not None
    assert repository.latest.rubric == settled(DEFAULT, {"limits.function_lines": 10}).version


def test_a_rubric_whose_content_was_never_kept_is_no_guess(
    bench: Workbench, repository: Repository
) -> None:
    bench.branch.commit({"shop/a.py": LONG})
    latest(bench, repository)
    JudgedRubric.objects.all().delete()
    change_rubric({"limits.function_lines": 10}, repository)
    second = latest(bench, repository)
    assert (second.rubric_before, second.score_before) == ("", None)


def test_a_stored_rubric_that_is_none_any_more_fails_with_a_next_step(
    bench: Workbench, repository: Repository
) -> None:
    change_rubric({"limits.nesting": 6}, repository)
    repository.rubric_versions.update(changes={"limits.nesting": -1})
    bench.scan(repository.pk)
    scan = repository.scans.latest("pk")
    assert (scan.status, scan.error_code) == ("failed", "rubric.invalid")
    assert "limits.nesting" in scan.error_message
