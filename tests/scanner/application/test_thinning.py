"""Old points go a few at a tick, and what findings say of the others stays as it was."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from scanner.application.thinning import AGAIN, BITE, Thinning
from scanner.storage.models import Finding, PrincipleScore, Repository, Scan, Snapshot
from scanner.storage.thinning import StoredPoints
from tests.portfolio import store_repository, store_scan, store_team
from tests.scanner.hands import Hands

START = datetime(2022, 1, 3, 9, tzinfo=UTC)
YEAR = timedelta(days=365)
DAYS = 120

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock() -> Hands:
    hands = Hands()
    hands.now = START + YEAR + timedelta(days=90)
    return hands


@pytest.fixture
def repository() -> Repository:
    """A verdict a day, the first of them two years ago, and findings that came and went."""
    repository = store_repository(store_team(), snapshots=0)
    repository.scans.all().delete()
    days = [store_day(repository, day) for day in range(DAYS)]
    repository.latest = days[-1]
    repository.save()
    draw = random.Random(7)
    for number in range(200):
        first = draw.randrange(DAYS - 1)
        fixed = draw.choice([None, draw.randrange(first + 1, DAYS)])
        store_life(days[first], None if fixed is None else days[fixed], number)
    return repository


def store_day(repository: Repository, day: int, **fields: object) -> Snapshot:
    """The verdict of a day."""
    values: dict[str, object] = {
        "repository": repository, "commit": f"{day:040x}", "engine": "1", "rubric": "1",
        "committed_at": START + timedelta(days=day), "judged_at": START + timedelta(days=day),
        "is_first": day == 0, "score": 80.0, "strict_score": 80.0, "grade": "B", "coverage": 1.0,
        "lines": 10, "modules": 1,
    }  # fmt: skip
    made = Snapshot.objects.create(**{**values, **fields})
    PrincipleScore.objects.create(
        snapshot=made, principle="typing", applicable=True, score=80.0, strict_score=80.0, weight=1,
        conforming=1, debt=1, n=1, grace=1, rigour=1, points_lost=1, findings=0,
    )  # fmt: skip
    return made


def store_life(first: Snapshot, fixed: Snapshot | None, number: int) -> None:
    Finding.objects.create(
        repository=first.repository, fingerprint=f"{number:016x}", rule="TY01", path="a.py",
        principle="typing", line=1, end_line=1, symbol="f", message="m", cost=1, points=0.1,
        effort=1, first_in=first, fixed_in=fixed,
    )  # fmt: skip
    first.new_findings += 1
    first.save()
    if fixed is not None:
        fixed.refresh_from_db()
        fixed.fixed_findings += 1
        fixed.save()


def standing() -> dict[int, set[int]]:
    """The findings that were there, by snapshot."""
    order = list(Snapshot.objects.order_by("committed_at", "pk").values_list("pk", flat=True))
    place = {pk: number for number, pk in enumerate(order)}
    lives = list(Finding.objects.values_list("pk", "first_in", "fixed_in"))
    end = len(order)
    return {
        pk: {
            finding
            for finding, first, fixed in lives
            if place[first] <= place[pk] < (end if fixed is None else place[fixed])
        }
        for pk in order
    }


def thin(clock: Hands) -> list[int]:
    """Tick until nothing more goes; how many went at each tick."""
    thinning = Thinning(StoredPoints(), clock, YEAR)
    bites = []
    while went := thinning.tick():
        bites.append(went)
    return bites


def test_what_stays_says_the_same(repository: Repository, clock: Hands) -> None:
    before = standing()
    new, fixed = sums()
    bites = thin(clock)
    after = standing()
    assert sum(bites) == DAYS - len(after) > 60
    assert max(bites) <= BITE
    assert after == {pk: before[pk] for pk in after}
    assert Finding.objects.count() == 200
    assert sums() == (new, fixed)
    assert PrincipleScore.objects.count() == len(after)


def sums() -> tuple[int, int]:
    rows = Snapshot.objects.values_list("new_findings", "fixed_findings")
    return sum(new for new, _ in rows), sum(fixed for _, fixed in rows)


def test_weeks_releases_and_turning_points_stay(repository: Repository, clock: Hands) -> None:
    days = list(Snapshot.objects.order_by("committed_at"))
    Snapshot.objects.filter(pk=days[8].pk).update(tags=["v1.0"])
    Snapshot.objects.filter(pk=days[9].pk).update(rubric_before="1")
    thin(clock)
    left = set(Snapshot.objects.values_list("pk", flat=True))
    kept = [number for number, day in enumerate(days) if day.pk in left]
    weekly = [0, 6, 8, 9, *range(13, 90, 7)]
    assert kept == [*weekly, *range(90, DAYS)]  # of the last year all
    repository.refresh_from_db()
    assert repository.latest_id == days[-1].pk


def test_points_of_a_backfill_keep_weeks_of_their_own(repository: Repository, clock: Hands) -> None:
    for hour in (1, 2, 3):
        at = START + timedelta(days=20, hours=hour)
        store_day(repository, 1_000 + hour, committed_at=at, backfilled=True)
    thin(clock)
    left = Snapshot.objects.filter(backfilled=True).values_list("commit", flat=True)
    assert list(left) == [f"{1_003:040x}"]


def test_a_repository_has_its_turn_once_a_week(repository: Repository, clock: Hands) -> None:
    thin(clock)
    store_day(repository, 2_000, committed_at=START + timedelta(hours=1))
    assert thin(clock) == []
    clock.now += AGAIN + timedelta(seconds=1)
    assert thin(clock) == [1 + 6]  # a week more is beyond the year, all of it but its last


def test_nothing_goes_while_a_scan_runs(repository: Repository, clock: Hands) -> None:
    scan = store_scan(repository, Scan.Status.RUNNING)
    assert thin(clock) == []
    Scan.objects.filter(pk=scan.pk).update(status=Scan.Status.DONE, finished_at=clock.now)
    assert sum(thin(clock)) > 60


def test_old_scans_are_forgotten_but_the_last_of_each_kind(
    repository: Repository, clock: Hands
) -> None:
    long_ago = START + timedelta(days=1)
    for kind in ("scan", "scan", "backfill", "backfill"):
        store_scan(repository, Scan.Status.DONE, kind=kind, finished_at=long_ago)
    recent = store_scan(repository, Scan.Status.FAILED)
    thin(clock)
    left = Scan.objects.order_by("pk").values_list("kind", flat=True)
    assert list(left) == ["backfill", "scan"]
    assert Scan.objects.filter(pk=recent.pk).exists()
