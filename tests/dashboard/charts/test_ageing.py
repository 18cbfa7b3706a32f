"""Lives of findings: the estimate, its stairs, and bars that begin at zero."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts import lifetimes
from dashboard.charts.flow import HALF, Week, flow_svg, height_of, top_of
from dashboard.charts.survival import (
    HEIGHT,
    Life,
    ages,
    median,
    place,
    share_at,
    survival,
    survival_svg,
)

MONDAY = date(2026, 5, 4)
COUNTS = st.lists(st.tuples(st.integers(0, 5_000), st.integers(0, 5_000)), min_size=1, max_size=52)
LIVES = st.lists(
    st.builds(
        Life,
        seen=st.floats(0, 1_000),
        until=st.floats(0, 3_000),
        is_over=st.booleans(),
        count=st.integers(1, 40),
    ),
    max_size=40,
)


def watched(*lives: tuple[float, bool]) -> list[Life]:
    """Lives that were watched from birth."""
    return [Life(0, until, is_over) for until, is_over in lives]


def weeks(found: list[tuple[int, int]]) -> list[Week]:
    """One week after the other."""
    return [Week(MONDAY + timedelta(weeks=n), *counts) for n, counts in enumerate(found)]


def test_without_open_ones_it_is_the_plain_share() -> None:
    steps = survival(watched((1, True), (2, True), (3, True), (4, True)))
    assert [step.share for step in steps] == pytest.approx([0.75, 0.5, 0.25, 0])
    assert median(steps) == 2


def test_open_ones_count_for_as_long_as_they_are_known() -> None:
    """The example of the method: 6 of 21 are over, some were lost sight of before."""
    steps = survival(
        watched(
            *[(6, True)] * 3, (6, False), (7, True), (9, False), (10, True), (10, False),
            (11, False), (13, True), (16, True), (17, False), (19, False), (20, False),
            (22, True), (23, True), *[(25, False)] * 2, (32, False), (34, False), (35, False),
        )
    )  # fmt: skip
    assert [round(step.share, 3) for step in steps] == [
        0.857, 0.807, 0.753, 0.69, 0.627, 0.538, 0.448,
    ]  # fmt: skip
    assert [step.watched for step in steps] == [21, 17, 15, 12, 11, 7, 6]
    assert median(steps) == 23


def test_what_was_old_when_first_seen_says_nothing_of_younger_ages() -> None:
    late = [Life(100, 200, is_over=True), Life(100, 300, is_over=False)]
    early = watched((10, True), (20, False))
    steps = survival([*early, *late])
    assert [(step.days, step.share) for step in steps] == [(10, 0.5), (200, 0.25)]
    assert share_at(steps, 9) == 1
    assert share_at(steps, 10) == 0.5
    assert share_at(steps, 1_000) == 0.25


@given(LIVES)
def test_shares_only_fall_and_stay_inside(lives: list[Life]) -> None:
    steps = survival(lives)
    assert all(0 <= step.share <= 1 and step.watched > 0 for step in steps)
    assert all(one.days < two.days and one.share >= two.share for one, two in pairwise(steps))
    if not any(life.is_over for life in lives):
        assert steps == []


def test_the_curve_begins_at_all_and_its_axis_at_zero() -> None:
    steps = survival(watched((10, True), (40, False)))
    tree = ET.fromstring(survival_svg(steps, 50, "Lives"))
    curve = tree.find("svg/path")
    assert curve is not None
    assert (curve.get("d") or "").startswith("M0 0l200 0")
    axis = tree.find("line[@class='axis']")
    assert axis is not None
    assert axis.get("y1") == f"{HEIGHT:g}"
    assert {"0%", "100%"} <= {text.text for text in tree.iter("text")}


@given(st.floats(28, 8_000))
def test_marks_of_ages_are_few_and_inside(longest: float) -> None:
    marks = ages(longest)
    assert len(marks) <= 10
    assert all(0 < place(days, longest) <= 100 for days, _ in marks)


@given(COUNTS)
def test_bars_keep_to_one_scale_from_zero(found: list[tuple[int, int]]) -> None:
    top = top_of(weeks(found))
    bars = ET.fromstring(flow_svg(weeks(found), "Flow")).findall("rect")
    assert len(bars) == sum(count > 0 for pair in found for count in pair)
    for bar, count in zip(bars, [count for pair in found for count in pair if count], strict=True):
        y, height = float(bar.get("y") or 0), float(bar.get("height") or 0)
        assert height == pytest.approx(height_of(count, top), abs=0.01)
        foot = y + height if bar.get("class") == "added" else y
        assert foot == pytest.approx(HALF, abs=0.02)
        assert 0 <= y <= y + height <= 2 * HALF + 0.01
    lefts = sorted({(float((b.get("x") or "").rstrip("%")), b.get("width")) for b in bars})
    assert all(
        one[0] + float((one[1] or "").rstrip("%")) <= two[0] + 0.011 for one, two in pairwise(lefts)
    )


@given(st.lists(st.tuples(st.floats(0, 9_000), st.integers(1, 9)), min_size=1, max_size=30))
def test_a_spread_is_of_real_ages_in_order(found: list[tuple[float, int]]) -> None:
    spread = lifetimes.spread(found)
    assert spread is not None
    assert spread.quarter <= spread.median <= spread.three_quarters
    every = sorted(age for age, count in found for _ in range(count))
    assert spread.median == every[(len(every) - 1) // 2]
    assert {spread.quarter, spread.median, spread.three_quarters} <= set(every)


def test_equal_factors_have_equal_room() -> None:
    rooms = [lifetimes.place(10.0**n) for n in range(4)]
    assert rooms[1] - rooms[0] == pytest.approx(rooms[3] - rooms[2])
    assert 0 < lifetimes.place(0) < lifetimes.place(1e9) < 100


def test_nothing_has_no_spread() -> None:
    assert lifetimes.spread([]) is None
    assert ET.fromstring(lifetimes.row(None)).findall("rect") == []
