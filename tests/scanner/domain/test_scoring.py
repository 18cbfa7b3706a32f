"""The score of a scope, by hand."""

from __future__ import annotations

import pytest

from scanner.domain.findings import MILLION, Tally
from scanner.domain.rubric import DEFAULT
from scanner.domain.scoring import (
    SiteCost,
    add,
    grade,
    next_grade,
    overall,
    points_per_unit,
    score,
    settle,
    strict_score,
)

LINES = 1_000 * MILLION
COMPLEXITY = DEFAULT.by_key["complexity"]  # rigour 2.5, grace 100


def test_costs_at_one_site_take_at_most_its_mass() -> None:
    costs = [
        SiteCost("f", 50 * MILLION, 40 * MILLION, False),
        SiteCost("f", 50 * MILLION, 30 * MILLION, False),
        SiteCost("", 0, 5 * MILLION, False),
    ]
    tally = settle(LINES, 10, costs)
    assert tally.conforming == 950 * MILLION
    assert tally.debt == 75 * MILLION
    assert tally.n == 10


def test_an_accepted_cost_counts_only_when_strict() -> None:
    costs = [
        SiteCost("f", 50 * MILLION, 30 * MILLION, True),
        SiteCost("f", 50 * MILLION, 30 * MILLION, False),
    ]
    tally = settle(LINES, 10, costs)
    assert (tally.conforming, tally.strict_conforming) == (970 * MILLION, 950 * MILLION)
    assert (tally.debt, tally.accepted_debt) == (30 * MILLION, 30 * MILLION)
    assert score(tally, COMPLEXITY) == 100 * 1_070 / (1_070 + 2.5 * 30)
    assert strict_score(tally, COMPLEXITY) == 100 * 1_050 / (1_050 + 2.5 * 60)


def test_nothing_to_judge_scores_a_hundred() -> None:
    assert score(Tally(), COMPLEXITY) == 100.0


def test_tallies_add_up() -> None:
    assert add([Tally(1, 2, 3, 4, 5), Tally(10, 20, 30, 40, 50)]) == Tally(11, 22, 33, 44, 55)
    assert add([]) == Tally()


def test_the_overall_score_is_a_weighted_mean() -> None:
    assert overall([(100.0, 14 * MILLION), (50.0, 6 * MILLION)]) == 85.0
    assert overall([]) == 100.0
    assert overall([(50.0, 0)]) == 100.0


def test_the_points_of_a_unit_follow_the_ledger() -> None:
    tally = Tally(conforming=900 * MILLION, debt=100 * MILLION)
    rate = points_per_unit(tally, COMPLEXITY, 70 * MILLION)
    assert rate == pytest.approx(14 / 70 * 100 * 2.5 / (900 + 100 + 2.5 * 100), rel=1e-12)
    assert points_per_unit(tally, COMPLEXITY, 0) == 0.0


@pytest.mark.parametrize(
    ("points", "letter"),
    [
        (100, "A"),
        (90, "A"),
        (89.999_999, "B"),
        (80, "B"),
        (70, "C"),
        (60, "D"),
        (59.9, "F"),
        (0, "F"),
    ],
)
def test_grades(points: float, letter: str) -> None:
    assert grade(points) == letter


@pytest.mark.parametrize(
    ("points", "following"),
    [
        (0, ("D", 60.0)),
        (60, ("C", 70.0)),
        (69.99, ("C", 70.0)),
        (89.99, ("A", 90.0)),
        (90, None),
        (100, None),
    ],
)
def test_the_next_grade(points: float, following: tuple[str, float] | None) -> None:
    assert next_grade(points) == following
