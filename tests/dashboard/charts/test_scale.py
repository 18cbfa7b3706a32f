"""Figures as every page prints them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.scale import MINUS, floored, grade, grade_class, shown_change, signed

SCORES = st.floats(0, 100, allow_nan=False)


@pytest.mark.parametrize(
    ("score", "letter"),
    [(100, "A"), (90, "A"), (89.999, "B"), (80, "B"), (79.99, "C"), (70, "C"), (60, "D"), (0, "F")],
)
def test_the_limits_of_the_grades_are_those_of_the_rubric(score: float, letter: str) -> None:
    assert grade(score) == letter
    assert grade_class(score) == f"g-{letter.lower()}"


def test_what_has_no_score_has_no_grade() -> None:
    assert grade_class(None) == "g-n"


@given(SCORES)
def test_a_shown_score_never_claims_a_better_grade_than_it_has(score: float) -> None:
    for places in (0, 1):
        shown = float(floored(score, places))
        assert shown <= score
        assert grade(shown) == grade(score)


@given(SCORES, SCORES)
def test_a_change_is_the_difference_of_the_figures_beside_it(now: float, then: float) -> None:
    shown = float(floored(now)) - float(floored(then))
    assert shown_change(now, then) == pytest.approx(shown, abs=1e-9)


@pytest.mark.parametrize(
    ("value", "text"),
    [(2.04, "+2.0"), (-0.44, f"{MINUS}0.4"), (0.04, "0.0"), (-0.04, "0.0"), (1234.5, "+1,234.5")],
)
def test_a_change_has_a_sign_unless_it_rounds_to_nothing(value: float, text: str) -> None:
    assert signed(value) == text
