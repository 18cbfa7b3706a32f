"""Events that keep apart, the strip of years, small trends on the same axes, short paths."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts import multiples, svg
from dashboard.charts.brush import brush, years
from dashboard.charts.events import GAP, Event, drawn, placed, reach
from dashboard.charts.timeline import Timeline
from dashboard.charts.trend import Point

START = datetime(2020, 3, 4, tzinfo=UTC)
LINE = Timeline(START, START + timedelta(days=2_000))
PLACES = st.lists(
    st.tuples(st.integers(0, 1_000), st.integers(0, 290)), min_size=2, max_size=60
).map(sorted)
MOVE = re.compile(r"-?[\d.]+")


def after(days: float) -> datetime:
    """A moment so many days after the start of the line."""
    return START + timedelta(days=days)


@given(st.lists(st.tuples(st.floats(0, 2_000), st.sampled_from(["rubric", "gone", "first"]))))
def test_names_of_events_never_touch(found: list[tuple[float, str]]) -> None:
    events = [Event(after(days), f"{kind} moves") for days, kind in found]
    spans = sorted(
        reach(one.x, one.anchor, one.event.text) for one in placed(events, LINE) if one.is_named
    )
    assert all(left[1] + GAP <= right[0] for left, right in pairwise(spans))
    assert len(placed(events, LINE)) == len(events)
    assert bool(spans) is bool(events)


def test_of_two_events_the_weightier_is_named() -> None:
    first = Event(after(1_000), "Async begins", kind="first")
    rubric = Event(after(1_010), "Rubric +1.0", "/r/", "Rubric +1.0: no code changed", "rubric")
    named = [one.event.kind for one in placed([first, rubric], LINE) if one.is_named]
    assert named == ["rubric"]
    marks = [ET.fromstring(mark) for mark in drawn([first, rubric], LINE, 100)]
    assert [mark.tag for mark in marks] == ["g", "a"]
    assert [mark.findtext("title") for mark in marks] == [first.text, rubric.told]


def test_the_years_of_a_strip_fill_its_width() -> None:
    found = years(LINE)
    assert [one.year for one in found] == list(range(2020, 2026))
    assert (found[0].left, found[-1].right) == (0, 100)
    assert all(one.right == other.left for one, other in pairwise(found))
    assert found[1].days == (date(2021, 1, 1), date(2021, 12, 31))


def test_a_strip_veils_what_is_not_shown_and_leads_to_each_year() -> None:
    points = [Point(after(20 * number), 50 + number % 9) for number in range(101)]
    shown = Timeline(after(500), after(1_500))
    markup = brush(points, shown, lambda first, last: f"?from={first}&to={last}")
    tree = ET.fromstring(markup)
    veils = [(veil.get("x"), veil.get("width")) for veil in tree.findall("rect[@class='veil']")]
    assert veils == [("0%", "25%"), ("75%", "25%")]
    links = [link.get("href") for link in tree.findall("a")]
    assert links[1] == "?from=2021-01-01&to=2021-12-31"
    assert len(links) == 6


def test_small_trends_stand_on_zero_and_break_where_there_is_nothing() -> None:
    values = [(after(0), 100.0), (after(500), None), (after(1_000), 0.0), (after(2_000), 50.0)]
    one = multiples.small(values, LINE)
    assert one.runs == (((0.0, 0.0),), ((50.0, multiples.HEIGHT), (100.0, multiples.HEIGHT / 2)))
    assert (one.first, one.last) == (100.0, 50.0)
    tree = ET.fromstring(multiples.small_svg(one, LINE, "Typing"))
    assert {"0", "100"} <= {text.text for text in tree.iter("text")}


def test_a_principle_that_never_applied_has_no_line() -> None:
    tree = ET.fromstring(multiples.small_svg(multiples.small([], LINE), LINE, "Async"))
    assert tree.findall("circle") == []


@given(PLACES)
def test_steps_lead_through_every_corner_of_a_line(places: list[tuple[int, int]]) -> None:
    """What the steps leave out lies on the straight way between what they keep."""
    numbers = [float(number) for number in MOVE.findall(svg.steps(places))]
    steps = list(zip(numbers[::2], numbers[1::2], strict=True))
    x, y = steps[0]
    corners = [(x, y)]
    for dx, dy in steps[1:]:
        x, y = x + dx, y + dy
        corners.append((x, y))
    assert corners[0] == places[0]
    assert corners[-1] == places[-1]
    assert set(corners) <= set(places)
    for place in places:
        assert any(between(*ends, place) for ends in pairwise([*corners, corners[-1]]))


def between(
    start: tuple[float, float], end: tuple[float, float], place: tuple[float, float]
) -> bool:
    """Whether a place lies on the way from start to end."""
    cross = (end[0] - start[0]) * (place[1] - start[1]) - (end[1] - start[1]) * (
        place[0] - start[0]
    )
    xs, ys = sorted((start[0], end[0])), sorted((start[1], end[1]))
    return cross == 0 and xs[0] <= place[0] <= xs[1] and ys[0] <= place[1] <= ys[1]


def test_rounded_steps_do_not_drift() -> None:
    places = [(number * 0.4, 0.4 * number % 3) for number in range(1_000)]
    numbers = [float(number) for number in MOVE.findall(svg.steps(places))]
    assert sum(numbers[::2]) == round(places[-1][0])
