"""Scores of several repositories together: masses are added, scores are never averaged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scanner.domain import scoring
from scanner.domain.masses import Mass
from scanner.domain.rubric import DEFAULT, KEYS, Rubric, Terms


@dataclass(frozen=True, slots=True)
class RollUp:
    """The overall score, and the score of each principle that applies somewhere."""

    score: float
    principles: Mapping[str, float]


def roll_up(masses: Iterable[Mass], default: Rubric = DEFAULT) -> RollUp | None:
    """Add up masses; None when there are none.

    Each repository brings its own grace, so that a principle of all lies between the lowest and
    the highest of them, however small they are. Rigour and weight are those that all of them
    share, or those of the default where repositories have their own.
    """
    held: dict[str, list[Mass]] = defaultdict(list)
    for mass in masses:
        held[mass.principle].append(mass)
    if not held:
        return None
    terms = {key: _terms(held[key], default.by_key[key]) for key in KEYS if key in held}
    scores = {key: _score(held[key], terms[key]) for key in terms}
    weights = [(scores[key], terms[key].weight_millionths) for key in terms]
    return RollUp(scoring.overall(weights), scores)


def _terms(masses: list[Mass], default: Terms) -> Terms:
    first = masses[0]
    if any((mass.weight, mass.rigour) != (first.weight, first.rigour) for mass in masses):
        return default
    return Terms(key=default.key, weight=first.weight, rigour=first.rigour, grace=default.grace)


def _score(masses: list[Mass], terms: Terms) -> float:
    return scoring.ratio(
        sum(mass.conforming for mass in masses),
        sum(mass.debt for mass in masses),
        sum(mass.grace for mass in masses),
        terms.rigour_millionths,
    )
