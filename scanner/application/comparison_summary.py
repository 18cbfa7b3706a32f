"""A comparison in short: its parts, the rules and the commits behind them.

Pages that only tell what changed read this; the whole record may hold thousands of effects.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pydantic import TypeAdapter, ValidationError

from scanner.application.comparison_record import ComparisonRecord, EffectRecord, StepRecord
from scanner.domain.comparison import Kind

MOST_CAUSES: Final = 6
MOST_STEPS: Final = 3


@dataclass(frozen=True, slots=True)
class CauseRecord:
    """The findings of one rule to which the same happened. `path` is "" where they lie apart."""

    kind: Kind
    rule: str
    count: int
    points: float
    path: str
    paths: int


@dataclass(frozen=True, slots=True)
class ComparisonSummary:
    """What moved a score; the parts sum to the difference. `counts` are those of findings."""

    scores: tuple[float, float]  # from and to, as they were shown
    parts: dict[Kind, float]
    counts: dict[Kind, int]
    causes: tuple[CauseRecord, ...]  # largest first
    steps: tuple[StepRecord, ...]  # the few that moved it most, in the order of time
    others: int  # commits beside these
    others_points: float
    beside: float  # what no commit did
    is_another_rubric: bool
    engine: float  # of the part "rubric"


def summary_of(record: ComparisonRecord) -> ComparisonSummary:
    """The short form of a record."""
    shown = sorted(record.steps, key=lambda step: -abs(step.points))[:MOST_STEPS]
    others = [step for step in record.steps if step not in shown]
    before, after = record.before, record.after
    return ComparisonSummary(
        scores=(before.score, after.score),
        parts=record.parts,
        counts=dict(Counter(effect.kind for effect in record.effects)),
        causes=tuple(_causes(record.effects)[:MOST_CAUSES]),
        steps=tuple(step for step in record.steps if step in shown),
        others=sum(step.commits for step in others),
        others_points=sum(step.points for step in others),
        beside=record.beside_commits,
        is_another_rubric=before.rubric != after.rubric,
        engine=record.engine,
    )


def _causes(effects: Iterable[EffectRecord]) -> list[CauseRecord]:
    found: defaultdict[tuple[Kind, str], list[EffectRecord]] = defaultdict(list)
    for effect in effects:
        found[effect.kind, effect.rule].append(effect)
    causes = [_cause(kind, rule, several) for (kind, rule), several in found.items()]
    return sorted(causes, key=lambda cause: (-abs(cause.points), cause.kind, cause.rule))


def _cause(kind: Kind, rule: str, effects: list[EffectRecord]) -> CauseRecord:
    paths = {effect.path for effect in effects}
    path = effects[0].path if len(paths) == 1 else ""
    points = sum(effect.effect for effect in effects)
    return CauseRecord(kind, rule, len(effects), points, path, len(paths))


_ADAPTER: Final = TypeAdapter(ComparisonSummary)


def packed_summary(summary: ComparisonSummary) -> bytes:
    """The summary as JSON, to be stored."""
    return _ADAPTER.dump_json(summary)


def unpacked_summary(content: bytes) -> ComparisonSummary | None:
    """What was stored; None where another version of the program stored it."""
    try:
        return _ADAPTER.validate_json(content)
    except ValidationError:
        return None
