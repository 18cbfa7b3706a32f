"""The week that the portfolio tells of."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from scanner.domain.weeks import week_start


@pytest.mark.parametrize(
    ("day", "monday"),
    [(9, 2), (10, 9), (12, 9), (15, 9), (16, 9), (17, 16)],  # of March 2026; the 9th is a Monday
)
def test_it_begins_on_a_monday_and_a_monday_still_tells_of_the_week_before(
    day: int, monday: int
) -> None:
    now = datetime(2026, 3, day, 7, 30, tzinfo=UTC)
    assert week_start(now) == datetime(2026, 3, monday, tzinfo=UTC)
