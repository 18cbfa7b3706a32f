"""Scores of several repositories together: masses are added, scores are never averaged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scanner.domain import scoring
from scanner.domain.findings import MILLION
from scanner.domain.rubric import KEYS


@dataclass(frozen=True, slots=True)
class Mass:
    """One principle of one repository, where it applies; masses in millionths."""

    principle: str
    conforming: int
    debt: int
    grace: int
    rigour: float
    weight: float


@dataclass(frozen=True, slots=True)
class RollUp:
    """The overall score, and the score of each principle that applies somewhere."""

    score: float
    principles: Mapping[str, float]


def roll_up(masses: Iterable[Mass]) -> RollUp | None:
    """Add up masses; None when there are none.

    Grace, rigour and weight are those of the rubric, given once however many repositories there
    are: the last mass of a principle names them.
    """
    held: dict[str, list[Mass]] = defaultdict(list)
    for mass in masses:
        held[mass.principle].append(mass)
    if not held:
        return None
    scores = {key: _score(held[key]) for key in KEYS if key in held}
    weights = [(scores[key], round(held[key][-1].weight * MILLION)) for key in scores]
    return RollUp(scoring.overall(weights), scores)


def _score(masses: list[Mass]) -> float:
    terms = masses[-1]
    return scoring.ratio(
        sum(mass.conforming for mass in masses),
        sum(mass.debt for mass in masses),
        terms.grace,
        round(terms.rigour * MILLION),
    )
