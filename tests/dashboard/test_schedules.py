"""Schedules as people choose them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dashboard.schedules import (
    CHOICES,
    ON_REQUEST,
    OWN,
    PREVIEWED,
    choice_for,
    time_zones,
    upcoming,
)
from scanner.domain.errors import UserError
from scanner.domain.schedule import Schedule

NOW = datetime(2026, 3, 27, 12, tzinfo=UTC)


def test_each_choice_stands_for_itself_and_all_else_is_ones_own() -> None:
    assert [choice_for(key) for key, _ in CHOICES if key != OWN] == [
        key for key, _ in CHOICES if key != OWN
    ]
    assert choice_for("17 3 * * 2") == OWN
    assert choice_for("") == ON_REQUEST


def test_runs_are_told_by_the_clock_of_their_zone() -> None:
    runs = upcoming(Schedule("0 2 * * *", "Europe/Berlin"), None, NOW)

    assert len(runs) == PREVIEWED
    assert [run.label[:16] for run in runs[:2]] == ["Sat 28 Mar 2026,", "Sun 29 Mar 2026,"]
    assert runs[0].utc == datetime(2026, 3, 28, 1, tzinfo=UTC)
    assert runs[2].utc - runs[0].utc == timedelta(hours=47)  # summer time begins in between


def test_a_repository_runs_at_its_own_offset() -> None:
    schedule = Schedule("0 2 * * *", "UTC")
    plain, offset = upcoming(schedule, None, NOW), upcoming(schedule, 7, NOW)

    assert timedelta(0) <= offset[0].utc - plain[0].utc < timedelta(hours=1)
    assert upcoming(schedule, 7, NOW) == offset


def test_what_cannot_be_kept_is_refused() -> None:
    with pytest.raises(UserError):
        upcoming(Schedule("61 * * * *", "UTC"), None, NOW)


def test_utc_is_the_first_zone() -> None:
    assert time_zones()[0] == "UTC"
    assert "Europe/Berlin" in time_zones()
