"""Lines of steps: honest axes, each change as wide as any other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from dashboard.charts.steps import corners, range_of, steps
from dashboard.charts.svg import STRETCH


def test_each_value_holds_until_the_next_change() -> None:
    axis = range_of([60.0, 80.0], is_score=True)
    assert (axis.low, axis.high) == (60, 90)
    line = corners([60.0, 80.0], axis, 90)
    assert line == pytest.approx([(0, 90), (STRETCH / 2, 90), (STRETCH / 2, 30), (STRETCH, 30)])


@given(some.lists(some.floats(0, 100), min_size=1, max_size=60))
def test_scores_stand_inside_their_axis(values: list[float]) -> None:
    axis = range_of(values, is_score=True)
    assert 0 <= axis.low < axis.high <= 100
    assert axis.high - axis.low >= 20
    assert all(0 <= y <= 100 for _, y in corners(values, axis, 100))


@given(some.lists(some.integers(0, 90_000), min_size=1, max_size=60))
def test_what_is_counted_begins_at_zero(values: list[int]) -> None:
    axis = range_of(values, is_score=False)
    assert (axis.low, axis.high) == (0, max(*values, 1))


def test_grade_limits_are_ruled() -> None:
    drawn = str(steps([62.0, 91.0], 100, "Score", is_score=True))
    for label in ("A 90", "B 80", "C 70", "D 60"):
        assert f">{label}</text>" in drawn
