"""The shapes of what the API takes and gives. Scores are unrounded, times are UTC."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ninja import Field, Schema

from scanner.application.naming import LONGEST_NAME

LONGEST_ADDRESS = 2_000


class Problem(Schema):
    """Why nothing was done. `code` never changes; the rest is for people."""

    code: str
    message: str
    next_step: str = ""


class FieldProblem(Problem):
    """The same, of one field."""

    field: str


class Refusal(Schema):
    """What was wrong with what was sent."""

    errors: list[FieldProblem]


class Verdict(Schema):
    """The latest snapshot of a repository, in short."""

    commit: str
    committed_at: datetime
    score: float
    strict_score: float
    grade: Literal["A", "B", "C", "D", "F"]
    coverage: float
    lines: int
    modules: int
    open_findings: int
    new_findings: int
    fixed_findings: int
    engine: str
    rubric: str


class RepositoryOut(Schema):
    """A registered repository. `page` is where people look at it."""

    id: int
    team: str
    slug: str
    name: str
    url: str
    branch: str
    schedule: str
    time_zone: str
    created_at: datetime
    page: str
    latest: Verdict | None


class RepositoryPage(Schema):
    """Some of them; `total` counts all that match."""

    items: list[RepositoryOut]
    total: int


class NewRepositoryIn(Schema):
    """What is registered. `team` is a slug; `schedule` a cron expression, "" for none."""

    url: str = Field(max_length=LONGEST_ADDRESS)
    team: str = Field(max_length=LONGEST_NAME)
    name: str = Field("", max_length=LONGEST_NAME)
    branch: str = Field("", max_length=LONGEST_NAME * 2)
    schedule: str = Field("", max_length=LONGEST_NAME)
    time_zone: str = Field("UTC", max_length=LONGEST_NAME)


class ChangeIn(Schema):
    """What is changed; what is left out stays."""

    name: str | None = Field(None, max_length=LONGEST_NAME)
    branch: str | None = Field(None, max_length=LONGEST_NAME * 2)
    schedule: str | None = Field(None, max_length=LONGEST_NAME)
    time_zone: str | None = Field(None, max_length=LONGEST_NAME)


class ScanOut(Schema):
    """A scan, or a backfill of the past. `error` is set where it failed."""

    id: int
    repository: int
    kind: Literal["scan", "backfill"]
    status: Literal["queued", "running", "done", "failed"]
    trigger: str
    phase: str
    done: int
    total: int
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    commit: str | None
    score: float | None
    error: Problem | None


class ScanPage(Schema):
    """Some of them, newest first; `total` counts all."""

    items: list[ScanOut]
    total: int


class SnapshotOut(Schema):
    """A commit judged. `backfilled`: by the reading of the past; `vanished`: off the branch now."""

    id: int
    commit: str
    committed_at: datetime
    score: float
    strict_score: float
    coverage: float
    lines: int
    engine: str
    rubric: str
    backfilled: bool
    vanished: bool
    principles: dict[str, float | None]


class SnapshotPage(Schema):
    """Some of them, newest commit first; `total` counts all that match."""

    items: list[SnapshotOut]
    total: int


class PointOut(Schema):
    """A point of the past; a principle that did not apply is null."""

    commit: str
    committed_at: datetime
    score: float
    coverage: float
    lines: int
    principles: dict[str, float | None]


class TrendOut(Schema):
    """The past, in the shape of `manage.py history --format json`."""

    schema_: str = Field("codevitals.history/1", alias="schema")
    points: list[PointOut]


class FindingOut(Schema):
    """A finding of the last scan, or one that was fixed. Points are of the overall score."""

    fingerprint: str
    rule: str
    principle: str
    state: Literal["open", "new", "accepted", "fixed"]
    path: str
    line: int
    symbol: str
    message: str
    points: float
    effort_minutes: int
    since_commit: str
    since: datetime
    reason: str


class FindingPage(Schema):
    """One page of 50; `total` counts all that match."""

    items: list[FindingOut]
    total: int
    page: int
    pages: int


class RuleOut(Schema):
    """A rule of the catalogue."""

    code: str
    name: str
    summary: str
    effort_minutes: int
    off: bool


class PrincipleOut(Schema):
    """A principle with its terms in the default rubric."""

    key: str
    name: str
    weight: float
    rigour: float
    grace: float
    rules: list[RuleOut]


class RubricOut(Schema):
    """The default rubric of this installation."""

    version: str
    principles: list[PrincipleOut]
