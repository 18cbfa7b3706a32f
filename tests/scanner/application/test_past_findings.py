"""The law of past findings: a range query over a point finds what judging its commit finds.

Whatever was asked for before, in whichever order, with kills, a push by force, another rubric and
thinning on the way.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from scanner.application.rubrics import Rubrics
from scanner.domain.rubric import DEFAULT
from scanner.domain.timeline import Choice, Every
from scanner.storage.models import PastFinding, Repository, Scan, Snapshot, Strand
from scanner.storage.rubrics import RubricVersions
from scanner.storage.strands import found_at
from scanner.storage.thinning import StoredPoints
from tests.portfolio import store_repository, store_team
from tests.scanner.past_bench import PastBench
from tests.scanner.rubrics import change_rubric

TEXTS = (
    "def f{0}(x):\n    return x\n",
    "def f{0}(x):\n    try:\n        return x\n    except Exception:\n        pass\n",
    "import os\n\n\ndef f{0}(a, b=[]):\n    print(os.environ['A'])\n    return a\n",
    "from shop import m{1}\n\n\ndef f{0}(x: int) -> int:\n    return m{1}.f{1}(x)\n",
    "def f{0}(x: int) -> int:\n" + "    x += 1\n" * 60 + "    return x\n",
)
ORDERS: tuple[tuple[int, tuple[Every, ...]], ...] = (
    (1, ("week", "tag", "commit")),
    (2, ("tag", "week", "commit")),
    (6, ("commit", "week")),
)


class Killed(BaseException):
    """What a worker that is told to end raises."""


class Shop(PastBench):
    """A repository whose files come, change, move, go and come back, drawn at random."""

    def __init__(self, folder: Path, seed: int) -> None:
        super().__init__(folder)
        self._random = random.Random(seed)
        self._files: dict[str, str] = {}
        self._gone: list[tuple[str, str]] = []
        first = {f"shop/m{number}.py": TEXTS[number].format(number, 0) for number in range(5)}
        self._away = first  # comes, or comes back, with the next commit

    def draw(self, commits: int) -> None:
        """Commit so many times."""
        for number in range(commits):
            files: dict[str, str | None] = dict(self._away)
            files |= dict(self._change() for _ in range(self._random.randint(0, 1)))
            self._files |= self._away
            files |= self._moves()
            self.commit(files, days=self._random.choice([1, 1, 1, 3]))
            if self._random.random() < 0.3:
                self.builder.tag(f"v{len(self._gone)}.{number}.{self._random.random()}")

    def _change(self) -> tuple[str, str]:
        number, other = self._random.randrange(9), self._random.randrange(9)
        path, text = f"shop/m{number}.py", self._random.choice(TEXTS).format(number, other)
        if self._gone and self._random.random() < 0.3:
            path, text = self._random.choice(self._gone)  # as it was once
        self._files[path] = text
        return path, text

    def _moves(self) -> dict[str, str | None]:
        """Sometimes a file goes, for good, for one commit or to another name."""
        self._away = {}
        if self._random.random() < 0.2 or len(self._files) < 2:
            return {}
        path = self._random.choice(sorted(self._files))
        text = self._files.pop(path)
        self._gone.append((path, text))
        kind = self._random.choice(["gone", "away", "away", "moved"])
        if kind != "moved":
            self._away = {path: text} if kind == "away" else {}
            return {path: None}
        new = f"shop/n{len(self._gone)}.py"
        self._files[new] = text
        return {path: None, new: text}


@pytest.fixture
def repository(db: None) -> Repository:
    repository = store_repository(store_team(), snapshots=0)
    repository.scans.all().delete()
    return repository


def read(shop: Shop, repository: Repository, every: Every, *, killed: bool) -> None:
    """Read the past, also through a kill after the first chunk."""
    asked = shop.requests.request(repository.pk, Choice(every))
    start = len(shop.points.chunks)

    def kill(stored: int) -> None:
        if stored == start + 1:
            raise Killed

    if killed:
        shop.points.before = kill
        try:
            shop.backfilling.run(asked.id)
        except Killed:
            check(shop, repository)
    shop.points.before = lambda stored: None
    if Scan.objects.get(pk=asked.id).status == "queued":
        shop.backfilling.run(asked.id)
    assert Scan.objects.get(pk=asked.id).status == "done"


def check(shop: Shop, repository: Repository) -> int:
    """Each point has what its commit is judged to have, and each once; how many there are."""
    points = Snapshot.objects.filter(repository=repository, backfilled=True)
    rubrics = Rubrics(RubricVersions())
    for point in points:
        assert point.strand_id is not None
        rubric = rubrics.known(point.rubric)
        assert rubric is not None
        told = shop.from_scratch(point.commit, rubric).findings
        assert sorted(print_of(point)) == sorted(
            (each.fingerprint, each.rule, each.path, each.symbol) for each in told
        )
    return len(points)


def print_of(point: Snapshot) -> Iterator[tuple[str, str, str, str]]:
    """What the range query finds."""
    yield from found_at(point).values_list("fingerprint", "rule", "path", "symbol")


@pytest.mark.parametrize(("seed", "order"), ORDERS)
def test_a_range_finds_what_judging_finds(
    tmp_path: Path, repository: Repository, order: Sequence[Every], seed: int
) -> None:
    shop = Shop(tmp_path, seed)
    shop.draw(20)
    shop.scan(repository.pk)
    for every in order:
        read(shop, repository, every, killed=True)
        check(shop, repository)
    whole = check(shop, repository)
    assert whole == 19
    rows = PastFinding.objects.count()

    shop.builder.branch("main", "HEAD~5")
    shop.draw(4)
    shop.requests.follow(shop.scan(repository.pk))
    read(shop, repository, "commit", killed=True)
    assert check(shop, repository) == whole + 3  # the heads were scanned
    assert Snapshot.objects.filter(vanished=True, backfilled=True).exists()

    change_rubric({"limits.function_lines": 10}, repository)
    shop.scan(repository.pk)
    read(shop, repository, "commit", killed=True)
    check(shop, repository)
    assert rows < PastFinding.objects.count()


def test_what_is_thinned_out_takes_its_findings_along(
    tmp_path: Path, repository: Repository
) -> None:
    shop = Shop(tmp_path, 3)
    shop.draw(20)
    shop.scan(repository.pk)
    read(shop, repository, "commit", killed=False)
    whole = PastFinding.objects.count()
    points = [
        point
        for number, point in enumerate(StoredPoints().points(repository.pk, repository.created_at))
        if number % 3 and not point.is_scanned
    ]
    StoredPoints().drop(repository.pk, points)

    assert check(shop, repository) == 19 - len(points)
    assert PastFinding.objects.count() < whole
    read(shop, repository, "commit", killed=True)  # they may come again
    check(shop, repository)
    assert PastFinding.objects.count() == whole


def test_points_of_another_rubric_leave_nothing_behind(
    tmp_path: Path, repository: Repository
) -> None:
    shop = Shop(tmp_path, 4)
    shop.draw(10)
    shop.scan(repository.pk)
    read(shop, repository, "commit", killed=False)
    change_rubric({"limits.function_lines": 10}, repository)
    shop.scan(repository.pk)
    read(shop, repository, "commit", killed=False)

    assert set(Strand.objects.values_list("rubric", flat=True)) != {DEFAULT.version}
    assert Strand.objects.count() == 1
    check(shop, repository)


def test_points_without_findings_are_read_again(tmp_path: Path, repository: Repository) -> None:
    shop = Shop(tmp_path, 5)
    shop.draw(6)
    shop.scan(repository.pk)
    read(shop, repository, "commit", killed=False)
    Snapshot.objects.update(strand=None, place=None)  # as an older version stored them
    read(shop, repository, "commit", killed=False)

    assert check(shop, repository) == 5
