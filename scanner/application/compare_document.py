"""A comparison as a JSON document, schema "codevitals.compare/1", relied on outside.

Points are those of the overall score, unrounded; what lowers it is negative. The parts sum to the
difference of the scores.
"""

from __future__ import annotations

from typing import Final

from scanner.application.comparing import Compared
from scanner.application.document import Json, finding_document, utc
from scanner.domain.comparison import Effect

SCHEMA: Final = "codevitals.compare/1"


def compare_document(compared: Compared) -> dict[str, Json]:
    """The whole document."""
    found = compared.comparison
    return {
        "schema": SCHEMA,
        "from": compared.before.commit,
        "to": compared.after.commit,
        "committed_from": utc(compared.before.committed_at),
        "committed_to": utc(compared.after.committed_at),
        "score_from": found.score_from,
        "score_to": found.score_to,
        "parts": [{"kind": kind, "points": points} for kind, points in found.parts.items()],
        "findings": [_effect(each) for each in found.effects],
    }


def _effect(effect: Effect) -> dict[str, Json]:
    return {**finding_document(effect.finding), "kind": effect.kind, "effect": effect.points}
