"""Sparklines, meters, shares, waterfalls and movers."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts import bars, movers
from dashboard.charts.bars import distribution, meter, parts
from dashboard.charts.sparkline import SPAN, bounds, height_of, sparkline
from dashboard.charts.waterfall import Step, cut_axis, ticks, waterfall

SCORES = st.floats(0, 100, allow_nan=False)
COUNTS = st.dictionaries(st.sampled_from("ABCDF"), st.integers(0, 400))


def number(element: ET.Element, name: str) -> float:
    """An attribute as a number, percent or not."""
    return float((element.get(name) or "").rstrip("%"))


@given(st.lists(SCORES, min_size=1, max_size=30))
def test_a_sparkline_stays_in_its_box_and_keeps_its_span(values: list[float]) -> None:
    low, high = bounds(values, SPAN)
    assert high - low >= SPAN - 1e-9
    assert all(0 <= height_of(value, low, high, 28) <= 28 for value in values)
    moments = [(rank / len(values), value) for rank, value in enumerate(values)]
    assert ET.fromstring(sparkline(moments)).get("class") == "spark wide"


def test_equal_moves_have_equal_slopes_at_any_level() -> None:
    rises = []
    for start in (40.0, 85.0):
        low, high = bounds([start, start + 4], SPAN)
        rises.append(height_of(start, low, high, 28) - height_of(start + 4, low, high, 28))
    assert rises[0] == pytest.approx(rises[1])


def test_a_line_of_one_moment_is_a_dot() -> None:
    paths = ET.fromstring(sparkline([(1.0, 82.0)])).findall("path")
    assert [path.get("class") for path in paths] == ["grid", "end"]


@given(SCORES)
def test_a_meter_is_as_long_as_its_score(score: float) -> None:
    value = ET.fromstring(meter(score)).find("rect[@class='val']")
    assert value is not None
    assert number(value, "width") == pytest.approx(score, abs=0.006)


def test_a_meter_is_notched_at_the_grade_limits() -> None:
    notches = ET.fromstring(meter(75)).findall("line")
    assert [notch.get("x1") for notch in notches] == ["90%", "80%", "70%", "60%"]


@given(COUNTS)
def test_the_parts_of_a_distribution_fill_it_in_proportion(counts: dict[str, int]) -> None:
    placed, total = parts(counts), sum(counts.values())
    assert [part.letter for part in placed] == [g for g in "ABCDF" if counts.get(g)]
    for part in placed:
        assert part.width == pytest.approx(100 * counts[part.letter] / total)
    for before, after in pairwise(placed):
        assert after.x == pytest.approx(before.x + before.width)
    ET.fromstring(distribution(counts))


def test_a_distribution_says_its_figures_in_words() -> None:
    label = ET.fromstring(distribution({"A": 2, "F": 1})).get("aria-label")
    assert label == "Repositories by grade: 2 with A, 0 with B, 0 with C, 0 with D, 1 with F"


@given(SCORES, st.lists(st.floats(-30, 30, allow_nan=False), max_size=5))
def test_a_waterfall_ends_where_its_steps_lead(start: float, changes: list[float]) -> None:
    end = start + sum(changes)
    fall = waterfall(("then", start), ("now", end), [Step("x", change) for change in changes])
    assert [row.value for row in fall.rows] == [start, *changes, end]
    low, high = cut_axis([start, end])
    assert low <= min(start, end)
    assert max(start, end) <= high


@given(SCORES, st.lists(st.floats(-30, 30, allow_nan=False), min_size=1, max_size=6))
def test_no_bar_of_a_waterfall_leaves_its_frame(start: float, changes: list[float]) -> None:
    end = start + sum(changes)
    fall = waterfall(("then", start), ("now", end), [Step("x", change) for change in changes])
    for row in fall.rows[1:-1]:
        bar = ET.fromstring(row.chart).find("rect")
        assert bar is not None
        assert number(bar, "x") >= -0.006
        assert number(bar, "x") + number(bar, "width") <= 100.011
        assert number(bar, "width") > 0


def test_the_bars_of_a_waterfall_join_and_tell_good_from_bad() -> None:
    steps = [Step("New", -2.0), Step("Fixed", 3.0), Step("Rubric", -0.5, neutral=True)]
    rows = waterfall(("then", 80.0), ("now", 80.5), steps).rows
    bars_drawn = [ET.fromstring(row.chart).find("rect") for row in rows[1:-1]]
    assert [bar.get("class") for bar in bars_drawn if bar is not None] == ["down", "up", "rub"]
    joins = [
        [number(line, "x1") for line in ET.fromstring(row.chart).findall("line[@class='join']")]
        for row in rows[1:-1]
    ]
    assert [before[1] for before in joins[:-1]] == [after[0] for after in joins[1:]]


def test_the_ends_of_a_cut_axis_are_marks_and_no_bars() -> None:
    rows = waterfall(("then", 80.0), ("now", 81.0), [Step("Fixed", 1.0)]).rows
    for row in (rows[0], rows[-1]):
        tree = ET.fromstring(row.chart)
        assert tree.find("rect") is None
        assert tree.find("line[@class='stop']") is not None


@given(st.integers(-50, 150), st.integers(1, 140))
def test_ticks_are_round_few_and_inside(low: int, span: int) -> None:
    found = ticks(low, low + span)
    assert 1 <= len(found) <= 9 or span < 2
    assert all(low <= tick <= low + span for tick in found)


@given(SCORES, SCORES)
def test_movers_stand_on_one_axis(then: float, now: float) -> None:
    axis = movers.axis([then, now])
    circles = ET.fromstring(movers.row(then, now, axis)).findall("circle")
    assert [number(circle, "cx") for circle in circles] == pytest.approx(
        [axis.x(then), axis.x(now)], abs=0.006
    )
    assert all(0 <= axis.x(score) <= 100 for score in (then, now))


def test_the_axis_of_movers_is_labelled_with_the_grade_limits() -> None:
    head = ET.fromstring(movers.head(movers.axis([58.0, 93.0])))
    assert [text.text for text in head.findall("text")] == ["60", "70", "80", "90"]


def test_a_bar_is_a_share_of_the_largest() -> None:
    block = ET.fromstring(bars.bar(2.5, 10)).find("rect")
    assert block is not None
    assert block.get("width") == "25%"
    assert ET.fromstring(bars.bar(0, 0)).find("rect") is not None
