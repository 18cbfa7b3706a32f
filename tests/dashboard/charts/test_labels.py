"""Labels keep clear of each other, in order, and inside their room."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.labels import dodge

PLACES = st.lists(st.floats(-50, 400, allow_nan=False), min_size=1, max_size=11)


@given(PLACES)
def test_labels_never_overlap_and_never_leave_the_chart(wanted: list[float]) -> None:
    placed = dodge(wanted, 15, 6, 286)
    ordered = sorted(placed)
    assert ordered[0] >= 6 - 1e-6
    assert ordered[-1] <= 286 + 1e-6
    assert all(after - before >= 15 - 1e-6 for before, after in pairwise(ordered))


@given(PLACES)
def test_labels_keep_the_order_of_their_lines(wanted: list[float]) -> None:
    placed = dodge(wanted, 15, 6, 286)
    by_line = sorted(range(len(wanted)), key=lambda index: min(max(wanted[index], 6), 286))
    assert [placed[index] for index in by_line] == sorted(placed)


def test_labels_that_stand_clear_do_not_move() -> None:
    assert dodge([10, 100, 200], 15, 6, 286) == [10, 100, 200]


def test_labels_that_cannot_all_fit_share_the_room() -> None:
    placed = sorted(dodge([50.0] * 30, 15, 0, 290))
    assert placed == pytest.approx([rank * 10 for rank in range(30)])


def test_no_labels_need_no_room() -> None:
    assert dodge([], 15, 0, 290) == []
