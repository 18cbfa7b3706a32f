"""An axis of time with round marks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.timeline import MOST_MARKS, Timeline

START = datetime(2023, 11, 7, 9, 30, tzinfo=UTC)


@given(
    days=st.floats(0, 15_000),
    span=st.timedeltas(timedelta(hours=2), timedelta(days=15_000)),
)
def test_marks_are_few_ordered_and_inside(days: float, span: timedelta) -> None:
    start = datetime(1990, 1, 1, tzinfo=UTC) + timedelta(days=days)
    marks = Timeline(start, start + span).marks()
    assert len(marks) <= MOST_MARKS + 2
    assert all(0 <= mark.x <= 100 for mark in marks)
    assert all(after.x > before.x for before, after in pairwise(marks))


@pytest.mark.parametrize(
    ("span", "labels"),
    [
        (timedelta(days=6 * 365), ["2024", "2025", "2026"]),
        (timedelta(days=200), ["Dec 2023", "Jan 2024", "Feb", "Mar", "Apr", "May"]),
        (timedelta(days=28), ["13 Nov", "20 Nov", "27 Nov", "4 Dec"]),
        (timedelta(hours=26), ["7 Nov 12:00", "18:00", "8 Nov", "06:00"]),
    ],
)
def test_marks_are_round_times_in_their_own_words(span: timedelta, labels: list[str]) -> None:
    shown = [mark.label for mark in Timeline(START, START + span).marks()]
    assert shown[: len(labels)] == labels


def test_a_mark_stands_where_its_time_is() -> None:
    line = Timeline(datetime(2024, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC))
    places = {mark.label: mark.x for mark in line.marks()}
    assert places["2026"] == pytest.approx(100 * 731 / 1461)


def test_a_phone_shows_every_second_mark() -> None:
    marks = Timeline(START, START + timedelta(days=28)).marks()
    assert [mark.minor for mark in marks] == [False, True, False, True]


def test_a_phone_keeps_the_marks_that_tell_the_year() -> None:
    line = Timeline(datetime(2023, 3, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC))
    kept = [mark.label for mark in line.marks() if not mark.minor]
    assert kept == ["Jan 2024", "Jan 2025", "Jan 2026"]
