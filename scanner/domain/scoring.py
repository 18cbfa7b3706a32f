"""The score algebra: masses and costs in, tallies and scores out.

    conforming = sum over sites of max(0, mass - costs there)
    score      = 100 * (conforming + grace) / (conforming + grace + rigour * debt)

All sums are of whole millionths and a score is one division, so any order gives the same bits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from scanner.domain.findings import MILLION, Tally
from scanner.domain.rubric import Terms

GRADES: Final = (("A", 90.0), ("B", 80.0), ("C", 70.0), ("D", 60.0), ("F", 0.0))
"""Grades with the lowest score of each, best first."""

NOTHING: Final = Tally()


class SiteCost(NamedTuple):
    """A cost at a site of one file, in millionths. Pure debt has a mass of 0."""

    site: str
    mass: int
    amount: int
    accepted: bool


def settle(mass: int, places: int, costs: Sequence[SiteCost]) -> Tally:
    """The tally of one principle in one file: its whole mass and sites, less what was charged."""
    if not costs:
        return Tally(mass, 0, 0, mass, places)
    open_at: dict[str, int] = defaultdict(int)
    all_at: dict[str, int] = defaultdict(int)
    mass_of: dict[str, int] = {}
    debt = accepted = 0
    for cost in costs:
        mass_of[cost.site] = cost.mass
        all_at[cost.site] += cost.amount
        if cost.accepted:
            accepted += cost.amount
        else:
            open_at[cost.site] += cost.amount
            debt += cost.amount
    return Tally(
        conforming=mass - _taken(open_at, mass_of),
        debt=debt,
        accepted_debt=accepted,
        strict_conforming=mass - _taken(all_at, mass_of),
        n=places,
    )


def _taken(costs: dict[str, int], mass_of: dict[str, int]) -> int:
    return sum(min(mass_of[site], cost) for site, cost in costs.items())


def add(tallies: Iterable[Tally]) -> Tally:
    """The tally of a scope: the sums over its parts."""
    conforming = debt = accepted = strict = n = 0
    for tally in tallies:
        conforming += tally.conforming
        debt += tally.debt
        accepted += tally.accepted_debt
        strict += tally.strict_conforming
        n += tally.n
    return Tally(conforming, debt, accepted, strict, n)


def subtract(whole: Tally, part: Tally) -> Tally:
    """The tally of a scope without one of its parts."""
    return Tally(
        whole.conforming - part.conforming,
        whole.debt - part.debt,
        whole.accepted_debt - part.accepted_debt,
        whole.strict_conforming - part.strict_conforming,
        whole.n - part.n,
    )


def ratio(conforming: int, debt: int, grace: int, rigour: int) -> float:
    """A score out of whole millionths, rigour included: one division, rounded once."""
    good = (conforming + grace) * MILLION
    whole = good + rigour * debt
    return 100 * good / whole if whole else 100.0


def score(tally: Tally, terms: Terms) -> float:
    """The score of a tally, accepted findings left out."""
    return ratio(tally.conforming, tally.debt, terms.grace_millionths, terms.rigour_millionths)


def strict_score(tally: Tally, terms: Terms) -> float:
    """The score of a tally, accepted findings counted."""
    debt = tally.debt + tally.accepted_debt
    return ratio(tally.strict_conforming, debt, terms.grace_millionths, terms.rigour_millionths)


def overall(scores: Sequence[tuple[float, int]]) -> float:
    """The mean of (score, weight in millionths); 100 when nothing weighs."""
    weight = sum(weight for _, weight in scores)
    if not weight:
        return 100.0
    mean = sum(score * weight for score, weight in scores) / weight
    return min(100.0, max(0.0, mean))


def points_per_unit(tally: Tally, terms: Terms, total_weight: int) -> float:
    """Points of the overall score that a cost of one whole unit takes.

    `total_weight` is the sum of the weights that apply, in millionths.
    """
    if not total_weight:
        return 0.0
    good = (tally.conforming + terms.grace_millionths) * MILLION
    whole = good + terms.rigour_millionths * tally.debt
    share = terms.weight_millionths / total_weight
    return 100 * share * terms.rigour_millionths * MILLION / whole if whole else 0.0


def grade(score: float) -> str:
    """A letter for a score."""
    return next(letter for letter, lowest in GRADES if score >= lowest or letter == "F")


def next_grade(score: float) -> tuple[str, float] | None:
    """The next better grade with the score it needs; None at the best."""
    better = [(letter, lowest) for letter, lowest in GRADES if lowest > score]
    return better[-1] if better else None
