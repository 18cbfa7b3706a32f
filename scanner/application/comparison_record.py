"""A comparison as plain values: what is stored, shown on a page, and printed.

Texts come from the repository and are hostile. Points are those of the overall score, unrounded;
what lowers it is negative.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pydantic import TypeAdapter, ValidationError

from scanner.domain.comparison import Kind


@dataclass(frozen=True, slots=True)
class PointRecord:
    """One of the two commits, and what it was judged with."""

    commit: str
    committed_at: datetime
    author: str
    subject: str
    score: float
    rubric: str
    engine: str


@dataclass(frozen=True, slots=True)
class StepRecord:
    """A commit of the first-parent chain, or the last of several, and what it did.

    `commits` counts what it brought, merged ones included; `authors` are theirs, in the order of
    time. `is_back` says that it was taken back: the way from the older point to where both meet.
    """

    commit: str
    committed_at: datetime
    author: str
    subject: str
    commits: int
    authors: tuple[str, ...]
    files: int  # modules that differ
    points: float
    is_back: bool = False


@dataclass(frozen=True, slots=True)
class EffectRecord:
    """What one finding did. `step` is the place of the step that did it; None where none did.

    The rest is the finding as the newer verdict has it, unless it is gone there.
    """

    kind: Kind
    effect: float
    step: int | None
    rule: str
    name: str
    principle: str
    path: str
    line: int
    end_line: int
    symbol: str
    message: str
    cost: float  # in units
    points: float
    fingerprint: str
    accepted: bool
    related: tuple[tuple[str, int], ...] = ()  # (path, line)


@dataclass(frozen=True, slots=True)
class ComparisonRecord:
    """Two points of one repository; the parts sum to the difference of their scores."""

    name: str
    before: PointRecord
    after: PointRecord
    parts: dict[Kind, float]
    effects: tuple[EffectRecord, ...]  # largest first
    left_out: int = 0  # smaller effects that are not listed
    steps: tuple[StepRecord, ...] = ()  # oldest first
    is_weekly: bool = False  # a step is a week, for the commits are many
    engine: float = 0.0  # of the part "rubric": what another engine did, or what cannot be told

    @property
    def moved(self) -> float:
        """The difference of the scores."""
        return self.after.score - self.before.score

    @property
    def beside_commits(self) -> float:
        """What no commit did: acceptances, rubric and engine."""
        return self.moved - sum(step.points for step in self.steps)


_ADAPTER: Final = TypeAdapter(ComparisonRecord)


def packed(record: ComparisonRecord) -> bytes:
    """The record as JSON, to be stored."""
    return _ADAPTER.dump_json(record)


def unpacked(content: bytes) -> ComparisonRecord | None:
    """What was stored; None where another version of the program stored it."""
    try:
        return _ADAPTER.validate_json(content)
    except ValidationError:
        return None
