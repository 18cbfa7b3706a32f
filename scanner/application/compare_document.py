"""A comparison as a JSON document, schema "codevitals.compare/1", relied on outside.

Points are those of the overall score, unrounded; what lowers it is negative. The parts sum to the
difference of the scores.
"""

from __future__ import annotations

from typing import Final

from scanner.application.comparison_record import ComparisonRecord, EffectRecord, StepRecord
from scanner.application.document import Json, utc

SCHEMA: Final = "codevitals.compare/1"


def compare_document(record: ComparisonRecord) -> dict[str, Json]:
    """The whole document."""
    return {
        "schema": SCHEMA,
        "from": record.before.commit,
        "to": record.after.commit,
        "committed_from": utc(record.before.committed_at),
        "committed_to": utc(record.after.committed_at),
        "score_from": record.before.score,
        "score_to": record.after.score,
        "parts": [{"kind": kind, "points": points} for kind, points in record.parts.items()],
        "findings": [_effect(each, record) for each in record.effects],
        "commits": [_step(each) for each in record.steps],
    }


def _effect(effect: EffectRecord, record: ComparisonRecord) -> dict[str, Json]:
    return {
        "rule": effect.rule,
        "name": effect.name,
        "principle": effect.principle,
        "path": effect.path,
        "line": effect.line,
        "end_line": effect.end_line,
        "symbol": effect.symbol,
        "message": effect.message,
        "cost": effect.cost,
        "points": effect.points,
        "fingerprint": effect.fingerprint,
        "accepted": effect.accepted,
        "related": [{"path": path, "line": line} for path, line in effect.related],
        "kind": effect.kind,
        "effect": effect.effect,
        "commit": None if effect.step is None else record.steps[effect.step].commit,
    }


def _step(step: StepRecord) -> dict[str, Json]:
    return {
        "commit": step.commit,
        "committed_at": utc(step.committed_at),
        "authors": list(step.authors),
        "subject": step.subject,
        "commits": step.commits,
        "taken_back": step.is_back,
        "points": step.points,
    }
