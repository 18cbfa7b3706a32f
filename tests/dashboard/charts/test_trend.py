"""The trend: an honest axis, points inside it, names that do not touch."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.events import Event
from dashboard.charts.trend import (
    HEIGHT,
    LABEL_GAP,
    Layout,
    Point,
    Series,
    layout,
    rules,
    score_axis,
)
from dashboard.charts.trend_svg import MOST_BANDS, trend_svg

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
SERIES = tuple(
    Series(key, key.title(), key[:4].title(), f"/p/{key}/")
    for key in ("file-size", "complexity", "typing", "layering", "fail-fast")
)
SCORES = st.floats(0, 100, allow_nan=False)


def weekly(*scores: float, **values: list[float | None]) -> list[Point]:
    """One point a week, the last one now; `values` are the principles."""
    first = NOW - timedelta(weeks=len(scores) - 1)
    return [
        Point(
            at=first + timedelta(weeks=week),
            score=score,
            values={key.replace("_", "-"): series[week] for key, series in values.items()},
        )
        for week, score in enumerate(scores)
    ]


@given(st.lists(SCORES, min_size=1, max_size=30))
def test_the_axis_holds_every_score_and_its_rules_stand_at_theirs(scores: list[float]) -> None:
    low, high = score_axis(scores)
    assert 0 <= low <= min(scores)
    assert max(scores) <= high <= 100
    assert high - low >= 20
    for rule in rules(low, high):
        score = float(rule.label.split()[-1])
        assert rule.y == (high - score) * HEIGHT / (high - low)


def test_grade_limits_on_the_axis_carry_their_letters() -> None:
    labels = [rule.label for rule in rules(40, 100)]
    assert labels == ["100", "A 90", "B 80", "C 70", "D 60", "50", "40"]


@given(st.lists(st.tuples(SCORES, SCORES, SCORES), min_size=2, max_size=40))
def test_every_point_is_inside_and_names_keep_apart(
    rows: list[tuple[float, float, float]],
) -> None:
    points = weekly(
        *[row[0] for row in rows],
        typing=[row[1] for row in rows],
        layering=[row[2] for row in rows],
        fail_fast=[(row[1] + row[2]) / 2 for row in rows],
    )
    plan = layout(points, SERIES)
    places = [*plan.overall, *(place for line in plan.lines for run in line.runs for place in run)]
    assert all(0 <= x <= 100 and -1e-6 <= y <= HEIGHT + 1e-6 for x, y in places)
    labels = sorted([plan.overall_label, *(line.label for line in plan.lines)])
    assert all(below - above >= LABEL_GAP - 1e-6 for above, below in pairwise(labels))
    assert [line.series.key for line in plan.lines] == ["typing", "layering", "fail-fast"]


def test_a_principle_that_did_not_apply_leaves_a_gap() -> None:
    plan = layout(weekly(70, 71, 72, 73, typing=[50.0, None, 52.0, 53.0]), SERIES)
    (line,) = plan.lines
    assert [len(run) for run in line.runs] == [1, 2]
    assert line.last == 53.0


def test_a_principle_without_a_score_at_the_end_is_not_drawn() -> None:
    assert layout(weekly(70, 71, typing=[50.0, None]), SERIES).lines == ()


def test_one_moment_alone_has_a_place() -> None:
    plan = layout(weekly(88.5), ())
    assert plan.overall == ((50.0, plan.y(88.5)),)


def drawn(plan: Layout, *events: Event) -> ET.Element:
    """The chart as a tree; it fails when the markup is not well formed."""
    return ET.fromstring(trend_svg(plan, events))


def test_the_chart_has_no_inline_style_and_escapes_its_words() -> None:
    hostile = Series("typing", "<script>alert(1)</script>", "T", "/p/?a=1&b=2")
    plan = layout(weekly(70, 71, typing=[50.0, 60.0]), [hostile])
    markup = str(trend_svg(plan))
    assert "<script" not in markup
    assert " style=" not in markup
    assert "&lt;script&gt;" in markup


def test_partial_points_are_hollow_and_the_last_whole_one_is_full() -> None:
    points = weekly(70, 71, 72)
    points[1] = Point(points[1].at, 71, partial=True, coverage=0.91)
    tree = drawn(layout(points, ()))
    assert len(tree.findall("circle[@class='part']")) == 1
    assert len(tree.findall("circle[@class='dotx']")) == 1
    texts = [text.text or "" for text in tree.iter("text")]
    assert any("91.0" in text and "measured" in text for text in texts)


def test_bands_cover_the_whole_width_once_and_stay_few() -> None:
    tree = drawn(layout(weekly(*[70 + week % 7 for week in range(500)]), ()))
    bands = tree.findall("g[@class='h']/rect")
    assert 30 < len(bands) <= MOST_BANDS
    widths = [float((band.get("width") or "").rstrip("%")) for band in bands]
    assert abs(sum(widths) - 100) < 1
    assert all(width >= 0 for width in widths)


def test_the_last_point_can_be_read_however_long_the_trend() -> None:
    plan = layout(weekly(*[70 + week % 7 for week in range(501)]), ())
    last = drawn(plan).findall("g[@class='h']")[-1]
    words = "".join(text.text or "" for text in last.iter("text"))
    assert words.startswith("4 May 2026: ")


def test_an_event_stands_at_its_time_and_its_words_stay_inside() -> None:
    plan = layout(weekly(70, 71, 72, 73, 74), ())
    tree = drawn(plan, Event(plan.points[0].at, "Another rubric"), Event(NOW, "Engine 2"))
    anchors = [text.get("text-anchor") for text in tree.findall("g[@class='ev']/text")]
    assert anchors == ["start", "end"]


def test_each_name_leads_to_the_page_of_its_principle() -> None:
    tree = drawn(layout(weekly(70, 71, typing=[50.0, 60.5]), SERIES))
    (link,) = tree.findall("a[@class='s']")
    assert link.get("href") == "/p/typing/"
    assert link.get("aria-label") == "Typing 60"
    names = [text.text for text in link.iter("text")]
    assert names == ["Typing 60", "Typi 60"]
    path = link.find("svg/path")
    assert path is not None
    assert re.fullmatch(r"M[\d. l-]+", path.get("d") or "")


def test_points_of_commits_that_left_the_branch_belong_to_no_line() -> None:
    points = weekly(70, 71, 72)
    left = [Point(points[1].at, 20), Point(NOW + timedelta(days=1), 99)]
    plan = layout(points, (), gone=left)
    assert plan.gone == ((50.0, plan.y(20)),)
    assert len(plan.overall) == 3
    assert plan.low <= 20
    assert len(drawn(plan).findall("svg/path[@class='gone']")) == 1
