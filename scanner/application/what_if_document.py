"""An answer to "what if" as a JSON document: for the store, the pages and the command.

Figures are unrounded; times in UTC with a Z; points oldest first; lists in the order of the answer.
"""

from __future__ import annotations

from typing import Final

from scanner.application.document import Json, utc
from scanner.application.what_if import Answer, Effect
from scanner.domain.scoring import grade
from scanner.domain.what_if import PointEffect, RuleEffect, Weighed

SCHEMA: Final = "codevitals.what-if/1"


def answer_document(answer: Answer) -> dict[str, Json]:
    """The whole document."""
    return {
        "schema": SCHEMA,
        "repositories": [_effect(each) for each in answer.effects],
        "points": [_point(each) for each in answer.points],
        "left_out": answer.left_out,
        "missing": answer.missing,
    }


def _effect(effect: Effect) -> dict[str, Json]:
    return {
        "repository": effect.repository_id,
        "before": _weighed(effect.before),
        "after": _weighed(effect.after),
        "rules": [_rule(each) for each in effect.rules],
    }


def _weighed(weighed: Weighed) -> dict[str, Json]:
    return {
        "score": weighed.score,
        "grade": grade(weighed.score),
        "principles": dict(weighed.principles),
    }


def _rule(rule: RuleEffect) -> dict[str, Json]:
    return {
        "rule": rule.code,
        "came": rule.came,
        "went": rule.went,
        "findings": rule.count,
        "points_before": rule.points_before,
        "points_after": rule.points_after,
    }


def _point(point: PointEffect) -> dict[str, Json]:
    return {
        "commit": point.commit,
        "committed_at": utc(point.at),
        "coverage": point.coverage,
        "before": point.before,
        "after": point.after,
    }
