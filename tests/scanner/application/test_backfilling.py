"""Backfills: what is stored, in which order, and what a kill, a cancel or a scan does to it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from scanner.application.backfilling import CANCELLED
from scanner.domain.errors import UserError
from scanner.domain.timeline import Choice
from scanner.storage.models import Preview, Repository, Scan, Snapshot
from scanner.storage.scans import Leases
from tests.portfolio import store_repository, store_team
from tests.scanner.past_bench import PastBench
from tests.scanner.rubrics import change_rubric

BARE = "def f{0}(x):\n    return x\n"
QUIET = "def f{0}(x):\n    try:\n        return x\n    except Exception:\n        pass\n"


class Killed(BaseException):
    """What a worker that is told to end raises."""


@pytest.fixture
def repository(db: None) -> Repository:
    repository = store_repository(store_team(), snapshots=0)
    repository.scans.all().delete()
    return repository


@pytest.fixture
def bench(db: None, tmp_path: Path, repository: Repository) -> PastBench:
    """Eight weeks of a shop, the last of them scanned."""
    bench = PastBench(tmp_path)
    for number in range(8):
        text = (QUIET if number % 3 else BARE).format(number)
        files = {f"shop/m{number}.py": text, "shop/log.py": f"N = {number}\n"}
        if number == 4:
            files["pyproject.toml"] = '[tool.codevitals]\nexclude = ["shop/m1.py"]\n'
        bench.commit(files)
    bench.scan(repository.pk)
    return bench


def follow(bench: PastBench, repository: Repository) -> Scan:
    """The backfill that is queued after the last scan."""
    last = repository.scans.filter(kind="scan").order_by("-pk").first()
    assert last is not None
    asked = bench.requests.follow(last.pk)
    assert asked is not None
    return Scan.objects.get(pk=asked.id)


def run(bench: PastBench, backfill: Scan) -> Scan:
    """The backfill after one attempt."""
    bench.backfilling.run(backfill.pk)
    backfill.refresh_from_db()
    return backfill


def past(repository: Repository) -> list[Snapshot]:
    """The points of the past, oldest first."""
    return list(repository.snapshots.filter(backfilled=True).order_by("committed_at"))


def test_every_point_equals_a_scan_of_its_commit(bench: PastBench, repository: Repository) -> None:
    backfill = run(bench, follow(bench, repository))

    assert (backfill.status, backfill.points, backfill.points_total) == ("done", 8, 8)
    found = past(repository)
    assert len(found) == 7  # the eighth was scanned
    for point in found:
        told = bench.from_scratch(point.commit)
        assert (point.score, point.strict_score) == (told.score, told.strict_score)
        assert (point.coverage, point.lines, point.grade) == (told.coverage, told.lines, told.grade)
        assert point.modules == told.modules
        stored = {
            row.principle: (row.score, row.conforming, row.debt, row.n, row.points_lost)
            for row in point.principles.all()
        }
        assert stored == {
            each.key: (
                each.score,
                each.tally.conforming,
                each.tally.debt,
                each.tally.n,
                each.points_lost,
            )
            for each in told.principles
        }
    assert len({point.score for point in found}) > 3


def test_the_newest_points_come_first(bench: PastBench, repository: Repository) -> None:
    run(bench, follow(bench, repository))

    commits = [point.commit for point in past(repository)][::-1]
    assert bench.points.chunks == [commits[:3], commits[3:6], commits[6:]]


def test_a_tag_and_a_scanned_commit_are_points_beside_the_weeks(
    bench: PastBench, repository: Repository
) -> None:
    tagged = bench.commit({"shop/a.py": "A = 1\n"}, days=1)
    bench.builder.tag("v1")
    scanned = bench.commit({"shop/a.py": "A = 2\n"}, days=1)
    bench.scan(repository.pk)
    plain = bench.commit({"shop/a.py": "A = 3\n"}, days=1)
    bench.commit({"shop/a.py": "A = 4\n"}, days=1)
    bench.scan(repository.pk)
    run(bench, follow(bench, repository))

    commits = set(repository.snapshots.values_list("commit", flat=True))
    assert {tagged, scanned} <= commits
    assert repository.snapshots.get(commit=tagged).tags == ["v1"]
    assert plain not in commits


def test_a_kill_loses_one_chunk_and_the_rest_is_judged_once(
    bench: PastBench, repository: Repository
) -> None:
    def kill(chunks: int) -> None:
        if chunks == 1:
            raise Killed

    backfill = follow(bench, repository)
    bench.points.before = kill
    with pytest.raises(Killed):
        bench.backfilling.run(backfill.pk)
    backfill.refresh_from_db()
    assert (backfill.status, backfill.points, len(past(repository))) == ("queued", 4, 3)

    bench.points.before = lambda chunks: None
    assert run(bench, backfill).status == "done"
    stored = [commit for chunk in bench.points.chunks for commit in chunk]
    assert len(stored) == len(set(stored)) == len(past(repository)) == 7


def test_what_brought_points_may_be_interrupted_for_ever(
    bench: PastBench, repository: Repository
) -> None:
    backfill = follow(bench, repository)
    for number in range(2, 10):
        bench.commit({"shop/m1.py": BARE.format(number)})
    bench.scan(repository.pk)

    def fail(chunks: int) -> None:
        if len(chunked) < len(bench.points.chunks):
            chunked.append(chunks)
            raise RuntimeError("the disk")

    chunked: list[int] = []
    bench.points.before = fail
    for _ in range(4):
        assert run(bench, backfill).status == "queued"
    assert run(bench, backfill).status == "done"
    assert (backfill.attempt, chunked) == (5, [1, 2, 3, 4])


def test_a_fault_without_a_point_is_tried_three_times(
    bench: PastBench, repository: Repository
) -> None:
    def fail(chunks: int) -> None:
        raise RuntimeError("the disk")

    bench.points.before = fail
    backfill = follow(bench, repository)
    assert [run(bench, backfill).status for _ in range(3)] == ["queued", "queued", "failed"]
    assert backfill.error_code == "scan.fault"


def test_a_worker_that_lost_its_lease_stores_nothing(
    bench: PastBench, repository: Repository
) -> None:
    backfill = follow(bench, repository)
    bench.points.before = lambda chunks: Scan.objects.filter(pk=backfill.pk).update(attempt=9)
    run(bench, backfill)

    assert past(repository) == []
    assert backfill.status == "running"  # of the other worker


def test_a_cancel_ends_it_between_two_chunks(bench: PastBench, repository: Repository) -> None:
    backfill = follow(bench, repository)
    bench.points.before = lambda chunks: bench.requests.cancel(repository.pk, backfill.pk)
    run(bench, backfill)

    assert (backfill.status, backfill.error_code) == ("failed", CANCELLED.code)
    assert len(past(repository)) == 3
    assert not bench.requests.cancel(repository.pk, backfill.pk)
    change_rubric({"limits.function_lines": 10}, repository)
    assert bench.requests.follow(bench.scan(repository.pk)) is None


def test_a_waiting_backfill_is_cancelled_at_once(bench: PastBench, repository: Repository) -> None:
    backfill = follow(bench, repository)

    assert bench.requests.cancel(repository.pk, backfill.pk)
    assert run(bench, backfill).error_code == CANCELLED.code


def test_it_gives_way_to_a_scan_that_waits(bench: PastBench, repository: Repository) -> None:
    backfill = follow(bench, repository)
    other = store_repository(repository.team, "other", snapshots=0).scans.get()
    Scan.objects.filter(pk=other.pk).update(created_at=timezone.now() - timedelta(minutes=1))
    bench.bell.rung.clear()
    run(bench, backfill)

    assert (backfill.status, backfill.points, len(past(repository))) == ("queued", 4, 3)
    assert bench.bell.rung == [backfill.pk]
    Leases(timezone.now).claim(other.pk, timedelta(seconds=30))
    assert run(bench, backfill).status == "done"


def test_it_gives_way_to_somebody_who_waits_before_a_preview(
    bench: PastBench, repository: Repository
) -> None:
    backfill = follow(bench, repository)
    asked = {"before": {}, "after": {}, "versions": "a b", "basis": ""}
    preview = Preview.objects.create(
        repository=repository, created_at=timezone.now() - timedelta(seconds=5), **asked
    )
    assert run(bench, backfill).status == "queued"

    preview.created_at -= timedelta(minutes=5)  # nobody looks at it any more
    preview.save()
    assert run(bench, backfill).status == "done"


def test_a_second_backfill_stores_nothing_twice(bench: PastBench, repository: Repository) -> None:
    run(bench, follow(bench, repository))
    before = past(repository)
    bench.reader.parsed.clear()
    asked = bench.requests.request(repository.pk)
    again = run(bench, Scan.objects.get(pk=asked.id))

    assert (again.status, again.points, again.points_total) == ("done", 8, 8)
    assert past(repository) == before
    assert bench.reader.parsed == []


def test_every_commit_is_brought_on_request(bench: PastBench, repository: Repository) -> None:
    for number in range(3):
        bench.commit({"shop/a.py": f"A = {number}\n"}, days=1)
    bench.scan(repository.pk)
    run(bench, follow(bench, repository))
    weekly = repository.snapshots.count()
    asked = bench.requests.request(repository.pk, Choice("commit"))
    run(bench, Scan.objects.get(pk=asked.id))

    assert (weekly, repository.snapshots.count()) == (9, 11)


def test_another_rubric_judges_the_past_again(bench: PastBench, repository: Repository) -> None:
    run(bench, follow(bench, repository))
    assert bench.requests.follow(bench.scan(repository.pk)) is None
    change_rubric({"rules.FF02": False}, repository)
    bench.scan(repository.pk)
    bench.reader.parsed.clear()
    run(bench, follow(bench, repository))

    repository.refresh_from_db()
    assert repository.latest is not None
    found = past(repository)
    assert len(found) == 7
    assert {point.rubric for point in found} == {repository.latest.rubric}
    assert bench.reader.parsed == []


def test_older_points_are_no_scans(bench: PastBench, repository: Repository) -> None:
    repository.refresh_from_db()
    latest = repository.latest_id
    run(bench, follow(bench, repository))
    repository.refresh_from_db()

    assert repository.latest_id == latest
    firsts = repository.snapshots.filter(is_first=True)
    assert [one.pk for one in firsts] == [latest]
    assert all(one.new_findings == one.fixed_findings == 0 for one in past(repository))


def test_a_point_that_is_scanned_later_is_a_scan(bench: PastBench, repository: Repository) -> None:
    run(bench, follow(bench, repository))
    oldest = past(repository)[0]
    bench.builder.branch("main", oldest.commit)
    bench.scan(repository.pk)

    repository.refresh_from_db()
    assert repository.latest_id == oldest.pk
    assert not repository.latest.backfilled if repository.latest else False
    assert oldest not in past(repository)


def test_points_of_vanished_commits_are_kept_apart(
    bench: PastBench, repository: Repository
) -> None:
    run(bench, follow(bench, repository))
    third = past(repository)[2]
    bench.builder.branch("main", third.commit)
    bench.commit({"shop/new.py": "NEW = 1\n"})
    bench.scan(repository.pk)
    asked = bench.requests.request(repository.pk)
    run(bench, Scan.objects.get(pk=asked.id))

    assert repository.snapshots.filter(vanished=True).count() == 5
    assert {one.commit for one in past(repository) if not one.vanished} == {
        one.commit for one in past(repository)[:3]
    }


def test_a_folder_has_no_past(bench: PastBench, repository: Repository) -> None:
    Repository.objects.filter(pk=repository.pk).update(kind="folder")

    assert bench.requests.follow(bench.scan(repository.pk)) is None
    with pytest.raises(UserError) as caught:
        bench.requests.request(repository.pk)
    assert caught.value.code == "backfill.folder"


def test_a_repository_without_a_score_has_no_past_yet(bench: PastBench) -> None:
    fresh = store_repository(store_team("Other"), "fresh", snapshots=0)

    with pytest.raises(UserError) as caught:
        bench.requests.request(fresh.pk)
    assert caught.value.code == "backfill.unscanned"
