"""The entries of the portfolio: whatever happens, they say what is computed from scratch."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from scanner.application.pasts import PastChunk, PastPoint
from scanner.application.portfolio import BITE, PortfolioUpkeep
from scanner.application.records import Claim, ScanKind
from scanner.domain.findings import MILLION, PrincipleScore, Tally
from scanner.domain.retention import StoredPoint
from scanner.domain.revisions import Revision
from scanner.domain.weeks import day_start
from scanner.storage.demonstrations import Demonstrations
from scanner.storage.entries import Entries, Entry, computed, sparks_of, standing
from scanner.storage.models import PortfolioEntry, Repository, Scan, Snapshot
from scanner.storage.pasts import PastPoints
from scanner.storage.scans import Leases
from scanner.storage.sparks import Spark, drawn, sparks
from scanner.storage.thinning import StoredPoints
from scanner.storage.verdicts import Verdicts
from tests.portfolio import store_repository, store_scan, store_team
from tests.scanner.hands import Hands
from tests.scanner.verdicts import ENGINE, make_finding, make_verdict

pytestmark = pytest.mark.django_db
SPAN = 45  # days around now in which commits lie
NOON = timedelta(hours=12)
LATER = [timedelta(hours=hours) for hours in range(0, 24 * SPAN, 7)]


@dataclass
class Life:
    """A repository to which things happen, in an order that is drawn."""

    repository: Repository
    clock: Hands
    draw: random.Random
    commits: list[str] = field(default_factory=list)

    def revision(self) -> Revision:
        """A commit made lately, or one that lies ahead as the clocks of people do."""
        commit = f"{len(self.commits):040x}"
        self.commits.append(commit)
        at = self.clock.now + timedelta(days=self.draw.uniform(-SPAN, 3))
        return Revision(commit, at, "Ann Author", "ann@example.org", "Change")

    def claim(self, kind: ScanKind = "scan") -> Claim:
        """An attempt at a scan."""
        scan = store_scan(self.repository, status="queued", kind=kind)
        claim = Leases(self.clock).claim(scan.pk, timedelta(minutes=1))
        assert claim is not None
        return claim

    def scores(self) -> tuple[PrincipleScore, ...]:
        """One principle with drawn masses, by drawn terms."""
        masses = Tally(conforming=self.draw.randrange(900) * MILLION, debt=MILLION, n=40)
        weight = self.draw.choice([14.0, 20.0])
        score = PrincipleScore(
            *("complexity", True, 91.25, 90.0, masses, 100 * MILLION, 2.5, weight, 6.5, 2)
        )
        return (score, PrincipleScore("async", False, None, None, Tally(), 1, 4.0, 6.0, 0.0, 0))

    def scan(self, revision: Revision | None = None) -> None:
        """A verdict, by one of two rubrics, some of its findings accepted."""
        names = self.draw.sample(["pricing", "checkout", "export", "order"], 2)
        accepted = self.draw.choice(["", "team"])
        findings = [replace(make_finding(name), accepted_by=accepted) for name in names]
        made = make_verdict(findings=findings, score=self.draw.uniform(40, 100))
        rubric = self.draw.choice(["rubric-1", "rubric-2"])
        judged = replace(made.assessment, rubric=rubric, principles=self.scores())
        verdict = replace(made, revision=revision or self.revision(), assessment=judged)
        Verdicts(self.clock).save(self.claim(), verdict)

    def scan_again(self) -> None:
        """The latest commit is judged once more, perhaps by another rubric."""
        latest = Snapshot.objects.filter(repository=self.repository, backfilled=False).last()
        if latest is not None:
            again = replace(self.revision(), commit=latest.commit, committed_at=latest.committed_at)
            self.scan(again)

    def backfill(self) -> None:
        """Points of the past."""
        points = [
            PastPoint(self.revision(), "rubric-1", score, score, 0.97, 90, 3, self.scores())
            for score in (self.draw.uniform(20, 90), self.draw.uniform(20, 90))
        ]
        claim = self.claim("backfill")
        store = PastPoints(self.clock)
        strand = store.strand(claim, ENGINE, "rubric-1", {})
        store.save(claim, ENGINE, PastChunk(strand, points))
        Scan.objects.filter(pk=claim.scan_id).update(status="done")

    def push_by_force(self) -> None:
        """Some commits leave the branch, others come back."""
        chain = {commit for commit in self.commits if self.draw.random() < 0.8}
        PastPoints(self.clock).mark(self.repository.pk, chain, {})

    def thin(self) -> None:
        """Some points are forgotten; what came and went there does so at the next."""
        rows = Snapshot.objects.filter(repository=self.repository)
        rows = rows.exclude(repository__latest=F("pk"))
        going = [
            StoredPoint(row.pk, row.committed_at, row.judged_at, not row.backfilled, False, False)
            for row in rows
            if self.draw.random() < 0.3
        ]
        StoredPoints().drop(self.repository.pk, going)

    def backdate(self) -> None:
        """The demonstration lets a scan look old."""
        scan = Scan.objects.filter(repository=self.repository, snapshot__isnull=False).last()
        if scan is not None:
            Demonstrations().backdate(scan.pk, self.clock.now - timedelta(days=9))


EVENTS: list[Callable[[Life], None]] = [
    *(Life.scan, Life.scan, Life.backfill, Life.scan_again),
    *(Life.push_by_force, Life.thin, Life.backdate),
]


@pytest.fixture
def life() -> Life:
    repository = store_repository(store_team(), snapshots=0)
    repository.scans.all().delete()
    return Life(repository, Hands(day_start(datetime.now(UTC)) + NOON), random.Random(1))


def told(now: Hands, *, forgotten: bool = False) -> dict[int, Entry]:
    """What the portfolio says; from scratch where all entries are forgotten."""
    everything = Repository.objects.all()
    if forgotten:
        return {kept.entry.repository: _plain(kept.entry) for kept in computed(everything, now())}
    return {key: _plain(entry) for key, entry in standing(everything, now()).items()}


def lines(now: Hands, *, forgotten: bool = False) -> Mapping[int, Spark]:
    """The small lines of the portfolio; from scratch where all entries are forgotten."""
    keys = list(Repository.objects.values_list("pk", flat=True))
    if forgotten:
        return {key: drawn(spark, now()) for key, spark in sparks(keys, now()).items()}
    return sparks_of(keys, now())


def _plain(entry: Entry) -> Entry:
    """With bytes that compare equal whatever a driver made of them."""
    return entry._replace(
        masses=bytes(entry.masses),
        scores=bytes(entry.scores),
        week_masses=bytes(entry.week_masses),
    )


@pytest.mark.parametrize("seed", range(4))
def test_an_entry_says_what_is_computed_from_scratch(life: Life, seed: int) -> None:
    life.draw = random.Random(seed)
    life.scan()
    for _ in range(14):
        life.draw.choice(EVENTS)(life)
        assert told(life.clock) == told(life.clock, forgotten=True)
        assert lines(life.clock) == lines(life.clock, forgotten=True)
        life.clock.move(days=life.draw.choice([0, 0, 1, 4]), hours=life.draw.randrange(24))

    now = life.clock.now
    for later in LATER:
        life.clock.now = now + later
        assert told(life.clock) == told(life.clock, forgotten=True)


@pytest.mark.parametrize("event", EVENTS[1:])
def test_what_changes_snapshots_keeps_the_entry(life: Life, event: Callable[[Life], None]) -> None:
    life.scan()
    life.scan()
    life.backfill()
    event(life)

    with CaptureQueriesContext(connection) as seen:
        standing(Repository.objects.all(), life.clock())
    assert len(seen) == 1  # nothing had to be worked out


def test_a_removed_repository_takes_its_entry_along(life: Life) -> None:
    life.scan()
    assert PortfolioEntry.objects.count() == 1
    life.repository.delete()
    assert PortfolioEntry.objects.count() == 0


def test_a_tick_works_out_what_is_missing_or_old(life: Life) -> None:
    life.scan()
    upkeep = PortfolioUpkeep(Entries(), life.clock)
    assert upkeep.tick() == 0
    PortfolioEntry.objects.all().delete()  # as in an installation of before
    assert upkeep.tick() == 1
    life.clock.move(days=2 * SPAN)
    expected = told(life.clock, forgotten=True)
    upkeep.tick()
    with CaptureQueriesContext(connection) as seen:
        assert told(life.clock) == expected
    assert len(seen) == 1


def test_a_tick_renews_more_than_one_bite(life: Life) -> None:
    life.scan()
    life.repository.refresh_from_db()
    team, latest = life.repository.team, life.repository.latest
    Repository.objects.bulk_create(
        Repository(team=team, name=f"r-{n}", slug=f"r-{n}", latest=latest) for n in range(BITE + 5)
    )
    assert PortfolioUpkeep(Entries(), life.clock).tick() == BITE + 5
