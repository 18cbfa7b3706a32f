"""A portfolio of any size, straight into the tables, the same for the same plan and moment.

Texts are of the length that real ones have, and every count, sum and interval agrees with the rows
that it speaks of, so that pages have to do what they do for real repositories.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final

from django.contrib.auth import get_user_model
from django.core.management import call_command

from scanner.domain.rubric import DEFAULT
from scanner.domain.scoring import grade
from scanner.storage import models
from scanner.storage.rubrics import RubricVersions
from tests.bench import believable
from tests.bench.believable import Life, Mass
from tests.bench.loading import Table, loading, settle

NAME: Final = "lead"
ADMINISTRATOR: Final = "admin"
ENGINE: Final = "1.0.0+cpython-3.13"
TEAMS: Final = 20
SEED: Final = 20_250_303


@dataclass(frozen=True, slots=True)
class Plan:
    """How much of everything."""

    repositories: int = 1_000
    snapshots: int = 200  # of each repository
    findings: int = 1_000_000  # of all repositories, in very different shares


@dataclass(frozen=True, slots=True)
class _Sketch:
    """One repository before it is written."""

    number: int
    key: int
    at: Sequence[datetime]
    masses: Sequence[Sequence[Mass]]
    lives: Sequence[Life]
    modules: int

    @property
    def name(self) -> str:
        """Its name and its slug."""
        return f"service-{self.key:05}"

    @property
    def first_scanned(self) -> int:
        """The number of the first snapshot that a scan made."""
        return len(self.at) - max(1, len(self.at) // believable.SCANNED)

    def commit(self, number: int) -> str:
        """The commit of a snapshot."""
        return hashlib.sha1(f"{self.name} {number}".encode()).hexdigest()


class Seeding:
    """The tables that are filled; `random` decides what is believable."""

    def __init__(self, plan: Plan, now: datetime) -> None:
        self._plan, self._now = plan, now
        self._random = Random(SEED)
        self._repositories = Table(
            models.Repository,
            "team_id", "name", "slug", "address", "cron", "next_run_at", "created_at", "latest_id",
        )  # fmt: skip
        self._snapshots = Table(models.Snapshot, *_SNAPSHOT)
        self._principles = Table(models.PrincipleScore, *_PRINCIPLE)
        self._findings = Table(models.Finding, *_FINDING)
        self._files = Table(
            models.FileScore,
            *("repository_id", "path", "blob", "lines", "score", "points_lost", "scores"),
            "findings",
        )
        self._scans = Table(models.Scan, *_SCAN)
        self._acceptances = Table(
            models.Acceptance, "repository_id", "fingerprint", "reason", "author_id", "created_at"
        )
        self._layers = Table(models.Architecture, "repository_id", "content")

    def run(self) -> dict[str, int]:
        """Fill them; how many rows each of them got, by table."""
        user, teams = _people()
        tables = (
            *(self._repositories, self._snapshots, self._principles, self._findings),
            *(self._files, self._scans, self._acceptances, self._layers),
        )
        plan = self._plan
        with loading(*tables):
            sizes = believable.shares(plan.findings, plan.repositories, self._random)
            for number, size in enumerate(sizes):
                self._store(self._sketch(number, size), teams[number % len(teams)], user)
        return {table.name: table.count for table in tables}

    def _sketch(self, number: int, size: int) -> _Sketch:
        modules, count = max(6, size // believable.FINDINGS_A_FILE), self._plan.snapshots
        return _Sketch(
            number=number,
            key=self._repositories.upcoming,
            at=believable.times(count, self._now, self._random),
            masses=believable.masses(modules, count, self._random),
            lives=believable.lives(size, count, self._random),
            modules=modules,
        )

    def _store(self, sketch: _Sketch, team: int, user: int) -> None:
        keys = self._store_snapshots(sketch)
        address = f"https://git.example.org/shop/{sketch.name}.git"
        due, since = self._now + timedelta(hours=sketch.number % 24), sketch.at[0]
        self._repositories.add(
            team, sketch.name, sketch.name, address, "0 3 * * *", due, since, keys[-1]
        )
        self._layers.add(sketch.key, believable.layers(sketch.modules))
        self._store_findings(sketch, keys, user)
        self._store_files(sketch)
        self._store_scans(sketch, keys)

    def _store_snapshots(self, sketch: _Sketch) -> list[int]:
        keys, first = [], sketch.first_scanned
        counts = _counts(sketch)
        left_out = believable.left_out(sketch.modules)
        for number, (at, masses) in enumerate(zip(sketch.at, sketch.masses, strict=True)):
            score, is_past = believable.overall(masses), number < first
            tags = json.dumps([f"v{number // 10}.0"]) if is_past and number % 10 == 0 else "[]"
            key = self._snapshots.add(
                *(sketch.key, sketch.commit(number), at, f"author-{number % believable.AUTHORS}"),
                *(f"Take the next step, part {number}", number == first, is_past, tags, ENGINE),
                *(DEFAULT.version, score, score - 0.4, grade(score), 0.998),
                *(sketch.modules * believable.LINES_A_FILE, sketch.modules, *counts[number]),
                *("[]" if is_past else left_out, at + timedelta(minutes=5)),
                at + timedelta(minutes=5),
            )
            keys.append(key)
            self._store_principles(key, masses, score)
        return keys

    def _store_principles(self, snapshot: int, masses: Sequence[Mass], score: float) -> None:
        total = sum(mass.terms.weight for mass in masses if mass.score is not None)
        for mass in masses:
            applies = mass.score is not None
            lost = mass.terms.weight / total * (100 - (mass.score or 0.0)) if applies else 0.0
            self._principles.add(
                *(snapshot, mass.terms.key, applies, mass.score, mass.score, mass.conforming),
                *(mass.debt, mass.conforming // 4_000_000, mass.terms.grace_millionths),
                *(mass.terms.rigour, mass.terms.weight, lost, int(100 - score)),
            )

    def _store_findings(self, sketch: _Sketch, keys: Sequence[int], user: int) -> None:
        last = sketch.masses[-1]
        is_open = [life for life in sketch.lives if life.fixed is None and not life.accepted_by]
        a_point = sum(life.cost for life in is_open) / (100 - believable.overall(last)) or 1.0
        for number, life in enumerate(sketch.lives):
            fingerprint = hashlib.sha1(f"{sketch.name}:{number}".encode()).hexdigest()[:16]
            born, fixed = keys[life.born], None if life.fixed is None else keys[life.fixed]
            self._findings.add(*_finding(sketch, number, fingerprint, a_point), born, fixed)
            if life.accepted_by == "team":
                at = sketch.at[life.born]
                self._acceptances.add(sketch.key, fingerprint, _REASON, user, at)

    def _store_files(self, sketch: _Sketch) -> None:
        open_in = [0] * sketch.modules
        for number, life in enumerate(sketch.lives):
            open_in[number % sketch.modules] += life.fixed is None and not life.accepted_by
        points = (100 - believable.overall(sketch.masses[-1])) / (sum(open_in) or 1)
        for number, count in enumerate(open_in):
            score = max(0.0, 100.0 - 4.5 * count)
            scores = {mass.terms.key: score for mass in sketch.masses[-1] if mass.score is not None}
            blob = hashlib.sha1(f"{sketch.name}/{number}".encode()).hexdigest()
            self._files.add(
                *(sketch.key, believable.path(number), blob, believable.LINES_A_FILE, score),
                *(count * points, json.dumps(scores), count),
            )

    def _store_scans(self, sketch: _Sketch, keys: Sequence[int]) -> None:
        for number in range(sketch.first_scanned, len(keys)):
            at = sketch.at[number]
            self._scans.add(
                *(sketch.key, "scan", "scheduled", "done", "save", 1, 1, 1, at, at),
                *(at + timedelta(seconds=9), "", keys[number], 0),
            )
        at = sketch.at[-1] + timedelta(minutes=1)
        self._scans.add(
            *(sketch.key, "backfill", "following", "done", "points", 1, 1, 1, at, at),
            *(at + timedelta(seconds=40), "", None, sketch.first_scanned),
        )
        if sketch.number % 33 == 1:
            self._scans.add(
                *(sketch.key, "scan", "scheduled", "failed", "fetch", 0, 0, 3, at, at),
                *(at + timedelta(seconds=9), "git.not-found", None, 0),
            )
        elif sketch.number % 100 == 2:
            self._scans.add(
                *(sketch.key, "scan", "requested", "queued", "", 0, 0, 0, self._now),
                *(None, None, "", None, 0),
            )


_REASON: Final = "It is generated from the interface description, and read by nobody."
_SNAPSHOT: Final = (
    "repository_id", "commit", "committed_at", "author", "subject", "is_first", "backfilled",
    "tags", "engine", "rubric", "score", "strict_score", "grade", "coverage", "lines", "modules",
    "new_findings", "fixed_findings", "open_findings", "accepted_findings", "excluded",
    "created_at", "judged_at",
)  # fmt: skip
_PRINCIPLE: Final = (
    "snapshot_id", "principle", "applicable", "score", "strict_score", "conforming", "debt", "n",
    "grace", "rigour", "weight", "points_lost", "findings",
)  # fmt: skip
_FINDING: Final = (
    "repository_id", "fingerprint", "rule", "principle", "path", "line", "end_line", "symbol",
    "message", "cost", "points", "effort", "digest", "scheme", "related", "charges", "accepted_by",
    "reason", "origin", "introduced_commit", "introduced_by", "introduced_at", "created_at",
    "first_in_id", "fixed_in_id",
)  # fmt: skip
_SCAN: Final = (
    "repository_id", "kind", "trigger", "status", "phase", "done", "total", "attempt",
    "created_at", "started_at", "finished_at", "error_code", "snapshot_id", "points",
)  # fmt: skip


def fill(repositories: int, snapshots: int, findings: int, password: str = "") -> dict[str, int]:
    """Make the tables and fill them, as if it were the full hour now; rows by table.

    With a password, the lead can sign in with it.
    """
    call_command("migrate", verbosity=0)
    RubricVersions().keep(DEFAULT)
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    rows = Seeding(Plan(repositories, snapshots, findings), now).run()
    settle()
    if password:
        user = get_user_model().objects.get(username=NAME)
        user.set_password(password)
        user.save()
    return rows


def _people() -> tuple[int, list[int]]:
    """A lead who sees every team, and the teams; beside him an administrator."""
    users = get_user_model().objects
    user = users.filter(username=NAME).first() or users.create_user(NAME)
    if not users.filter(username=ADMINISTRATOR).exists():
        users.create_superuser(ADMINISTRATOR)
    teams = []
    for number in range(TEAMS):
        team, is_new = models.Team.objects.get_or_create(
            slug=f"team-{number:02}", defaults={"name": f"Team {number:02}"}
        )
        if is_new:
            models.Membership.objects.create(user=user, team=team, role="owner")
        teams.append(team.pk)
    return user.pk, teams


def _counts(sketch: _Sketch) -> list[tuple[int, int, int, int]]:
    """New, fixed, open and accepted findings of each snapshot; the past has none."""
    born, fixed = [0] * len(sketch.at), [0] * len(sketch.at)
    for life in sketch.lives:
        born[life.born] += not life.accepted_by
        if life.fixed is not None:
            fixed[life.fixed] += 1
    accepted = sum(bool(life.accepted_by) for life in sketch.lives)
    counts, still = [], 0
    for number, (new, gone) in enumerate(zip(born, fixed, strict=True)):
        still += new - gone
        is_scanned = number >= sketch.first_scanned
        counts.append((new, gone, still, accepted if is_scanned else 0))
    return counts


def _finding(sketch: _Sketch, number: int, fingerprint: str, a_point: float) -> tuple[object, ...]:
    """The columns of a finding up to its snapshots."""
    life = sketch.lives[number]
    code = believable.CODES[(number * 7 + sketch.number) % len(believable.CODES)]
    path, line = believable.path(number % sketch.modules), 3 + number % 150
    at = sketch.at[life.born] - timedelta(days=number % 900 if number % 3 else 0)
    other = believable.path((number + 1) % sketch.modules)
    related = [{"path": other, "line": line}] if number % 40 == 0 else []
    charge = {"path": path, "line": line, "cost": life.cost, "site": "", "mass": 0}
    return (
        *(sketch.key, fingerprint, code, believable.principle_of(code), path, line, line + 12),
        f"Handler{number % 90}.handle_{number % 11}",
        f"{believable.message(code)}: {11 + number % 60}, and the limit is 10.",
        *(life.cost, life.cost / a_point, 5 + number % 55, f"{fingerprint * 4}", 1),
        *(json.dumps(related), json.dumps([charge]), life.accepted_by),
        _REASON if life.accepted_by else "",
        *("known", sketch.commit(life.born), f"author-{number % believable.AUTHORS}", at, at),
    )
