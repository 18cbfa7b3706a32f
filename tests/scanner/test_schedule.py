"""When a repository is scanned next: zones, clock changes, offsets and refusals."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.domain.errors import UserError
from scanner.domain.schedule import WIDEST_OFFSET, Schedule, checked, next_run

START = datetime(2024, 1, 1, tzinfo=UTC)
NIGHTLY = Schedule("30 2 * * *", "Europe/Berlin")
WINTER = datetime(2025, 3, 28, 12, tzinfo=UTC)  # two days before clocks go forward
SUMMER = datetime(2025, 10, 24, 12, tzinfo=UTC)  # two days before clocks go back


def runs(schedule: Schedule, after: datetime, count: int, key: int = 7) -> list[datetime]:
    """So many runs in a row, each asked for at the moment of the one before."""
    found = [after]
    for _ in range(count):
        found.append(next_run(schedule, key, found[-1]))
    return found[1:]


def offset_of(key: int) -> timedelta:
    """How far this repository is moved in a daily schedule."""
    at_midnight = next_run(Schedule("0 0 * * *"), key, datetime(2025, 1, 1, 12, tzinfo=UTC))
    return at_midnight - datetime(2025, 1, 2, tzinfo=UTC)


def test_a_run_follows_the_zone_of_its_schedule() -> None:
    (run,) = runs(NIGHTLY, WINTER, 1)
    assert run - offset_of(7) == datetime(2025, 3, 29, 1, 30, tzinfo=UTC)
    assert run.tzinfo is UTC


def test_a_time_that_the_clock_change_skips_runs_right_after_the_gap() -> None:
    moments = [run - offset_of(7) for run in runs(NIGHTLY, WINTER, 3)]
    assert moments == [
        datetime(2025, 3, 29, 1, 30, tzinfo=UTC),  # 02:30 in winter time
        datetime(2025, 3, 30, 1, 0, tzinfo=UTC),  # 03:00 in summer time, 02:30 does not exist
        datetime(2025, 3, 31, 0, 30, tzinfo=UTC),  # 02:30 in summer time
    ]


def test_a_time_that_the_clock_change_repeats_runs_once() -> None:
    moments = [run - offset_of(7) for run in runs(NIGHTLY, SUMMER, 3)]
    assert moments == [
        datetime(2025, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2025, 10, 26, 0, 30, tzinfo=UTC),  # the first of two 02:30
        datetime(2025, 10, 27, 1, 30, tzinfo=UTC),
    ]


@pytest.mark.parametrize("after", [WINTER, SUMMER])
def test_an_hourly_schedule_runs_each_real_hour_through_a_clock_change(after: datetime) -> None:
    hourly = runs(Schedule("0 * * * *", "Europe/Berlin"), after, 60)
    assert {later - earlier for earlier, later in pairwise(hourly)} == {timedelta(hours=1)}


def test_after_a_day_without_a_beat_there_is_one_next_run() -> None:
    missed = next_run(NIGHTLY, 7, WINTER)
    following = next_run(NIGHTLY, 7, missed + timedelta(days=1, hours=5))
    assert following - missed < timedelta(days=2)
    assert following > missed + timedelta(days=1, hours=5)


def test_repositories_are_spread_and_each_keeps_its_place() -> None:
    offsets = [offset_of(key) for key in range(200)]
    assert offsets == [offset_of(key) for key in range(200)]
    assert len(set(offsets)) > 150
    assert all(timedelta(0) <= offset < WIDEST_OFFSET for offset in offsets)


@given(
    st.sampled_from(["0 3 * * *", "*/5 * * * *", "17 */6 * * 1-5", "0 0 1 * *", "* * * * *"]),
    st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]),
    st.integers(0, 10_000),
    st.timedeltas(timedelta(0), timedelta(days=1_100)).map(lambda age: START + age),
)
def test_the_next_run_is_the_first_after_now_whenever_it_is_asked(
    cron: str, zone: str, key: int, now: datetime
) -> None:
    schedule = Schedule(cron, zone)
    run = next_run(schedule, key, now)
    assert run > now
    halfway = now + (run - now) / 2
    assert next_run(schedule, key, halfway) == run
    assert next_run(schedule, key, run) > run


def test_a_checked_schedule_has_single_spaces() -> None:
    assert checked(Schedule(" 0   3 * *  1-5 ", " UTC ")) == Schedule("0 3 * * 1-5", "UTC")


@pytest.mark.parametrize(
    "cron",
    ["", "x", "0 3 * *", "0 3 * * * *", "61 * * * *", "0 0 30 2 *", "@daily", "*/" + "9" * 5_000],
)
def test_what_is_no_cron_expression_is_refused(cron: str) -> None:
    with pytest.raises(UserError) as raised:
        checked(Schedule(cron))
    assert raised.value.code == "schedule.cron"
    assert "0 3 * * *" in raised.value.next_step


@pytest.mark.parametrize("zone", ["", "Mars/Base", "../etc/passwd", "Europe", "a\0b", "x" * 999])
def test_an_unknown_zone_is_refused(zone: str) -> None:
    with pytest.raises(UserError) as raised:
        checked(Schedule("0 3 * * *", zone))
    assert raised.value.code == "schedule.time-zone"
