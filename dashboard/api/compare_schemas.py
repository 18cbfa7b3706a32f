"""The shape of a comparison: the document of `manage.py compare --format json`."""

from __future__ import annotations

from typing import Literal

from ninja import Field, Schema

Kind = Literal["new", "fixed", "changed", "accepted", "rubric", "structure"]


class PartOut(Schema):
    """A part of the difference of two scores; what lowers it is negative."""

    kind: Kind
    points: float


class PlaceOut(Schema):
    """A line of a file."""

    path: str
    line: int


class EffectOut(Schema):
    """A finding that moved the score, and by how much. `commit`: the step that did, where known."""

    rule: str
    name: str
    principle: str
    path: str
    line: int
    end_line: int
    symbol: str
    message: str
    cost: float
    points: float
    fingerprint: str
    accepted: bool
    related: list[PlaceOut]
    kind: Kind
    effect: float
    commit: str | None


class StepOut(Schema):
    """A commit between the two, or a week of them, and what it did to the score."""

    commit: str
    committed_at: str
    authors: list[str]
    subject: str
    commits: int
    taken_back: bool
    points: float


class CompareOut(Schema):
    """What moved the score; the parts sum to the difference, and findings are listed to 5,000."""

    schema_: str = Field("codevitals.compare/1", alias="schema")
    from_: str = Field(alias="from")
    to: str
    committed_from: str
    committed_to: str
    score_from: float
    score_to: float
    parts: list[PartOut]
    findings: list[EffectOut]
    commits: list[StepOut]


class ComingOut(Schema):
    """A worker is at it: ask again at `again`, after as many seconds as Retry-After says."""

    status: Literal["queued", "running"]
    phase: str
    done: int
    total: int
    again: str
