"""Rows of principles, for verdicts of scans and for points of the past."""

from __future__ import annotations

from scanner.domain.findings import PrincipleScore
from scanner.storage import models
from scanner.storage.texts import finite


def principle_row(snapshot: models.Snapshot, score: PrincipleScore) -> models.PrincipleScore:
    """One principle of a snapshot."""
    return models.PrincipleScore(
        snapshot=snapshot,
        principle=score.key,
        applicable=score.applicable,
        score=None if score.score is None else finite(score.score),
        strict_score=None if score.strict_score is None else finite(score.strict_score),
        conforming=score.tally.conforming,
        debt=score.tally.debt,
        accepted_debt=score.tally.accepted_debt,
        n=score.tally.n,
        grace=score.grace,
        rigour=finite(score.rigour),
        weight=finite(score.weight),
        points_lost=finite(score.points_lost),
        findings=score.findings,
    )
