"""A part of a past on request: its points, what it takes, what a kill or a push does to it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from scanner.domain.errors import UserError
from scanner.domain.timeline import EVERY, Choice, Every
from scanner.storage.models import Repository, Scan, Snapshot
from tests.portfolio import store_repository, store_team
from tests.scanner.past_bench import FIRST, PastBench

MODULE = "def f{0}(x):\n    return x\n"
DAYS = 3  # between two commits
COMMITS = 14


class Killed(BaseException):
    """What a worker that is told to end raises."""


@pytest.fixture
def repository(db: None) -> Repository:
    repository = store_repository(store_team(), snapshots=0)
    repository.scans.all().delete()
    return repository


@pytest.fixture
def bench(db: None, tmp_path: Path, repository: Repository) -> PastBench:
    """Six weeks of commits three days apart, two of them tagged, the last one scanned."""
    bench = PastBench(tmp_path)
    for number in range(COMMITS):
        bench.commit({f"shop/m{number % 4}.py": MODULE.format(number)}, days=DAYS)
        if number in {3, 8}:
            bench.builder.tag(f"v{number}")
    bench.scan(repository.pk)
    return bench


def read(bench: PastBench, repository: Repository, choice: Choice) -> Scan:
    """The backfill of a choice, run once."""
    asked = bench.requests.request(repository.pk, choice)
    bench.backfilling.run(asked.id)
    return Scan.objects.get(pk=asked.id)


def brought(repository: Repository) -> list[date]:
    """The days of the points that backfills stored, oldest first."""
    rows = Snapshot.objects.filter(repository=repository, backfilled=True)
    return [row.committed_at.date() for row in rows.order_by("committed_at")]


def day(number: int) -> date:
    """The day of a commit."""
    return (FIRST + timedelta(days=number * DAYS)).date()


def test_a_range_brings_its_own_points_alone(bench: PastBench, repository: Repository) -> None:
    backfill = read(bench, repository, Choice("commit", day(4), day(7)))

    assert brought(repository) == [day(4), day(5), day(6), day(7)]
    assert (backfill.status, backfill.points, backfill.points_total) == ("done", 4, 4)
    assert (backfill.since, backfill.until) == (day(4), day(7))


def test_tags_alone(bench: PastBench, repository: Repository) -> None:
    read(bench, repository, Choice("tag"))

    assert brought(repository) == [day(3), day(8)]


def test_a_range_of_weeks_holds_its_tags(bench: PastBench, repository: Repository) -> None:
    read(bench, repository, Choice("week", since=day(8)))

    assert day(8) in brought(repository)
    assert min(brought(repository)) == day(8)


def test_a_part_is_not_taken_for_the_whole(bench: PastBench, repository: Repository) -> None:
    for choice in (Choice("tag"), Choice("week", until=day(5))):
        read(bench, repository, choice)
        assert bench.requests.follow(bench.scan(repository.pk)) is not None
        Scan.objects.filter(kind="backfill", status="queued").delete()
    read(bench, repository, Choice("commit"))
    assert bench.requests.follow(bench.scan(repository.pk)) is None


def test_days_that_run_backwards_are_refused(bench: PastBench, repository: Repository) -> None:
    with pytest.raises(UserError, match="The last day is before the first") as refused:
        bench.requests.request(repository.pk, Choice("week", day(5), day(4)))
    assert refused.value.code == "backfill.backwards"
    assert not Scan.objects.filter(kind="backfill").exists()


@pytest.mark.parametrize("every", EVERY)
def test_a_kill_at_any_chunk_resumes_the_same_choice(
    bench: PastBench, repository: Repository, every: Every
) -> None:
    asked = bench.requests.request(repository.pk, Choice(every, since=day(2)))
    for chunk in range(4):

        def kill(stored: int, chunk: int = chunk) -> None:
            if stored >= chunk:
                raise Killed

        bench.points.before = kill
        if Scan.objects.get(pk=asked.id).status == "queued":
            try:
                bench.backfilling.run(asked.id)
            except Killed:
                assert Scan.objects.get(pk=asked.id).status == "queued"
    bench.points.before = lambda stored: None
    bench.backfilling.run(asked.id)

    told = bench.costs.of(repository.pk, Choice(every, since=day(2)))
    assert (told.new, Scan.objects.get(pk=asked.id).status) == (0, "done")
    stored = [commit for stretch in bench.points.chunks for commit in stretch]
    assert len(stored) == len(set(stored)) == len(brought(repository)) == told.points - 1


def test_what_it_takes_is_what_it_brings(bench: PastBench, repository: Repository) -> None:
    choice = Choice("commit", day(2), day(11))
    told = bench.costs.of(repository.pk, choice)

    assert (told.commits, told.points, told.stored, told.new) == (10, 10, 0, 10)
    assert told.unparsed
    assert told.seconds > 0
    read(bench, repository, choice)
    after = bench.costs.of(repository.pk, choice)
    assert (len(brought(repository)), after.new, after.unparsed) == (10, 0, 0)
    assert bench.costs.of(repository.pk, Choice("commit", date(1999, 1, 1), day(-9))).points == 0


def test_the_cost_of_what_was_never_scanned_is_refused(
    bench: PastBench, repository: Repository
) -> None:
    Repository.objects.update(latest=None)
    Snapshot.objects.all().delete()
    with pytest.raises(UserError) as refused:
        bench.costs.of(repository.pk, Choice())
    assert refused.value.code == "backfill.unscanned"


def push_by_force(bench: PastBench, repository: Repository, kept: int) -> int:
    """Rewrite all but some commits, and scan; the id of the scan."""
    chain = bench.clone.objects
    bench.builder.branch("main", chain.revision(f"HEAD~{COMMITS - kept}").commit)
    bench.commit({"shop/other.py": MODULE.format(99)}, days=DAYS)
    return bench.scan(repository.pk)


def vanished(repository: Repository) -> set[date]:
    """The days of what left the branch."""
    rows = Snapshot.objects.filter(repository=repository, vanished=True)
    return {row.committed_at.date() for row in rows}


def test_a_push_by_force_is_noticed_at_the_next_scan(
    bench: PastBench, repository: Repository
) -> None:
    read(bench, repository, Choice("commit"))
    assert bench.requests.follow(bench.scan(repository.pk)) is None
    asked = bench.requests.follow(push_by_force(bench, repository, kept=10))

    assert vanished(repository) == {day(number) for number in range(10, COMMITS)}
    assert asked is not None
    bench.backfilling.run(asked.id)
    assert vanished(repository) == {day(number) for number in range(10, COMMITS)}
    assert bench.requests.follow(bench.scan(repository.pk)) is None


def test_a_push_by_force_during_a_backfill_turns_it_to_the_new_branch(
    bench: PastBench, repository: Repository
) -> None:
    asked = bench.requests.request(repository.pk, Choice("commit"))
    pushed: list[object] = []

    def push(stored: int) -> None:
        if stored == 1 and not pushed:
            pushed.append(1)
            pushed.append(bench.requests.follow(push_by_force(bench, repository, kept=6)))

    bench.points.before = push
    bench.backfilling.run(asked.id)
    backfill = Scan.objects.get(pk=asked.id)
    assert (pushed, backfill.status) == ([1, None], "queued")  # it goes on by itself

    bench.backfilling.run(asked.id)
    backfill.refresh_from_db()
    assert (backfill.status, backfill.points_total) == ("done", 7)
    left = vanished(repository)
    assert left
    assert left <= {day(number) for number in range(6, COMMITS)}
    standing = Snapshot.objects.filter(repository=repository, vanished=False)
    assert standing.values("commit").distinct().count() == 7


def test_what_comes_back_stands_again(bench: PastBench, repository: Repository) -> None:
    read(bench, repository, Choice("commit"))
    old = bench.clone.objects.revision("HEAD").commit
    bench.requests.follow(push_by_force(bench, repository, kept=10))
    bench.builder.branch("main", old)
    bench.requests.follow(bench.scan(repository.pk))

    assert {row.commit for row in Snapshot.objects.filter(vanished=False)} >= {old}
    assert Snapshot.objects.filter(vanished=True).count() == 1


def test_a_commit_without_modules_is_no_point(tmp_path: Path, repository: Repository) -> None:
    bench = PastBench(tmp_path)
    bench.commit({"README.md": "To come."})
    bench.commit({"shop/a.py": MODULE.format(1)})
    bench.commit({"shop/a.py": MODULE.format(2)})
    bench.scan(repository.pk)

    assert read(bench, repository, Choice("commit")).status == "done"
    assert len(brought(repository)) == 1
