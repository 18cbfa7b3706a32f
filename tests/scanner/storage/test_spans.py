"""Which findings any snapshot had: one range of turns says what its own judging found."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from scanner.application.records import Verdict
from scanner.domain.findings import Finding, Place
from scanner.domain.lifecycle import Surroundings
from scanner.domain.retention import StoredPoint
from scanner.storage import models
from scanner.storage.scans import Leases
from scanner.storage.spans import fingerprints_at, there_at
from scanner.storage.thinning import StoredPoints
from scanner.storage.verdicts import Verdicts
from tests.portfolio import store_repository, store_scan, store_team
from tests.scanner.verdicts import make_file, make_finding, make_verdict

NOON = datetime(2025, 5, 1, 12, tzinfo=UTC)
MODULES = "abcdefghij"

pytestmark = pytest.mark.django_db


@dataclass
class Tree:
    """The findings of a commit: plain ones by path, and circles of modules."""

    plain: set[tuple[str, str]] = field(default_factory=set)  # (path, symbol)
    circles: set[frozenset[str]] = field(default_factory=set)

    def found(self, is_strict: bool) -> list[Finding]:
        """As a judging from scratch names them; the lenient rubric sees no circles."""
        plain = [
            replace(_named(f"{path}:{symbol}"), path=path, symbol=symbol, digest=symbol)
            for path, symbol in sorted(self.plain)
        ]
        return plain + [_circle(members) for members in self.circles if is_strict]


def _named(name: str) -> Finding:
    return replace(make_finding(name), related=(), charges=())


def _circle(members: frozenset[str]) -> Finding:
    paths = [f"ring/{each}.py" for each in sorted(members)]
    places = tuple(Place(path, 1) for path in paths[1:])
    return replace(_named(" ".join(paths)), rule="LA03", path=paths[0], related=places)


class Past:
    """A repository whose branch goes on, back and elsewhere, scanned now and then."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.repository = store_repository(store_team(), snapshots=0)
        self.repository.scans.all().delete()
        self.trees = [Tree({("shop/a.py", "one")}, {frozenset("abcde"), frozenset("fgh")})]
        self.head = 0
        self.renames: dict[str, str] = {}
        self.is_strict = True
        self.judged: dict[int, set[str]] = {}

    def scan(self) -> models.Snapshot:
        """Judge the head from scratch and store it; what it found is what its snapshot had."""
        tree = self.trees[self.head]
        found = tree.found(self.is_strict)
        paths = {path: path for path, _ in tree.plain}
        files = [make_file(path) for path in paths]
        verdict = make_verdict(f"{self.head:040x}", found, files)
        around = Surroundings(self.renames, after=paths)
        claim = Leases(lambda: NOON).claim(
            store_scan(self.repository, status="queued").pk, timedelta(seconds=30)
        )
        assert claim is not None
        Verdicts(lambda: NOON).save(claim, replace(self._by_rubric(verdict), around=around))
        self.renames = {}
        self.repository.refresh_from_db()
        snapshot = self.repository.latest
        assert snapshot is not None
        self.judged[snapshot.pk] = {finding.fingerprint for finding in found}
        return snapshot

    def step(self) -> None:
        """Something happens to the code, the branch or the rubric."""
        choices: list[Callable[[], None]] = [
            *(self.offend, self.offend, self.mend, self.move, self.bend),
            *(self.push_back, self.change_rubric, self.stay),
        ]
        self.draw.choice(choices)()

    def offend(self) -> None:
        """New findings."""
        path = f"shop/{self.draw.choice(MODULES)}.py"
        self._commit().plain |= {(path, symbol) for symbol in self.draw.sample(MODULES, 3)}

    def mend(self) -> None:
        """Fixes; what is offended anew later comes back."""
        tree = self._commit()
        tree.plain = {each for each in sorted(tree.plain) if self.draw.random() < 0.6}

    def move(self) -> None:
        """A file gets another name, or two change places."""
        old, new = (f"shop/{each}.py" for each in self.draw.sample(MODULES, 2))
        names = {old: new, new: old}
        tree = self._commit()
        tree.plain = {(names.get(path, path), symbol) for path, symbol in tree.plain}
        self.renames = names

    def bend(self) -> None:
        """Circles grow together or fall apart."""
        members = self.draw.sample(MODULES, self.draw.randint(5, 10))
        cut = self.draw.choice([0, 2, 3, len(members)])
        parts = frozenset(members[:cut]), frozenset(members[cut:])
        self._commit().circles = {part for part in parts if part}

    def push_back(self) -> None:
        """The branch stands at an older commit again."""
        self.head = self.draw.randrange(len(self.trees))

    def change_rubric(self) -> None:
        """Another rubric judges the same commit."""
        self.is_strict = not self.is_strict

    def stay(self) -> None:
        """The same commit is scanned again."""

    def _commit(self) -> Tree:
        tree = self.trees[self.head]
        self.trees.append(Tree(set(tree.plain), set(tree.circles)))
        self.head = len(self.trees) - 1
        return self.trees[-1]

    def _by_rubric(self, verdict: Verdict) -> Verdict:
        rubric = "strict" if self.is_strict else "lenient"
        return replace(verdict, assessment=replace(verdict.assessment, rubric=rubric))


def said(past: Past) -> dict[int, set[str]]:
    """What the ranges say of every snapshot."""
    return {
        snapshot.pk: set(fingerprints_at(snapshot)) for snapshot in past.repository.snapshots.all()
    }


@pytest.mark.parametrize("seed", range(8))
def test_a_range_says_what_each_judging_found(seed: int) -> None:
    past = Past(seed)
    past.scan()
    for _ in range(30):
        past.step()
        past.scan()
    assert len(past.judged) > 12
    assert said(past) == past.judged


def test_the_walks_meet_all_that_can_happen() -> None:
    """The property is only worth something where findings moved, grew together and came back."""
    past = Past(0)
    past.scan()
    for _ in range(60):
        past.step()
        past.scan()
    names = models.FormerName.objects
    assert names.filter(absorbed=True).exists()
    assert names.filter(absorbed=False).exists()
    assert len(past.judged) < 61  # some snapshots were judged more than once
    symbols = past.repository.findings.values_list("path", "symbol", "fixed_in")
    closed = [row[:2] for row in symbols if row[2] is not None]
    assert len(closed) > len(set(closed))  # something came back


def test_thinning_leaves_the_ranges_of_what_stays() -> None:
    past = Past(3)
    for _ in range(25):
        past.scan()
        past.step()
    latest = past.scan()
    going = [pk for pk in sorted(past.judged) if pk != latest.pk][::2]
    rows = models.Snapshot.objects.filter(pk__in=going)
    points = [
        StoredPoint(row.pk, row.committed_at, row.judged_at, True, False, False) for row in rows
    ]
    assert StoredPoints().drop(past.repository.pk, points) > 5
    left = set(past.repository.snapshots.values_list("pk", flat=True))
    assert said(past) == {pk: found for pk, found in past.judged.items() if pk in left}


def test_the_range_is_one_query() -> None:
    past = Past(1)
    snapshot = past.scan()
    rows = models.Finding.objects.filter(there_at(snapshot.turn), repository=past.repository)
    with CaptureQueriesContext(connection) as captured:
        assert rows.count() == len(past.judged[snapshot.pk])
    assert len(captured) == 1
    with CaptureQueriesContext(connection) as captured:
        fingerprints_at(snapshot)
    assert len(captured) == 2


def test_a_point_of_the_past_has_no_findings_to_ask_for() -> None:
    past = Past(1)
    snapshot = past.scan()
    models.Snapshot.objects.filter(pk=snapshot.pk).update(turn=0)
    snapshot.refresh_from_db()
    assert fingerprints_at(snapshot) == frozenset()
