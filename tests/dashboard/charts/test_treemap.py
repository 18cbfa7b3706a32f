"""The map of files: exact areas, nothing outside, labels only where they fit."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts.squares import Box, Sized, squarify
from dashboard.charts.treemap import FLAT, MOST_STOPS, TALL, Folder, Leaf, treemap

VALUES = st.lists(st.integers(1, 50_000), min_size=1, max_size=60)


@given(VALUES, st.floats(20, 2_000), st.floats(20, 2_000))
def test_areas_are_in_proportion_and_fill_the_box(
    values: list[int], width: float, height: float
) -> None:
    items = [Sized(rank, float(value)) for rank, value in enumerate(sorted(values, reverse=True))]
    placed = squarify(items, Box(0, 0, width, height))
    assert [one.thing for one in placed] == [item.thing for item in items]
    for item, (_, box) in zip(items, placed, strict=True):
        share = item.value / sum(values)
        assert box.width * box.height == pytest.approx(share * width * height, rel=1e-6)
        assert box.x >= -1e-6
        assert box.x + box.width <= width * (1 + 1e-9) + 1e-6
        assert box.y + box.height <= height * (1 + 1e-9) + 1e-6


@given(VALUES)
def test_rectangles_do_not_overlap(values: list[int]) -> None:
    items = [Sized(None, float(value)) for value in sorted(values, reverse=True)]
    boxes = [one.box for one in squarify(items, Box(0, 0, 400, 300))]
    for rank, one in enumerate(boxes):
        for other in boxes[rank + 1 :]:
            across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
            down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
            assert across <= 1e-6 or down <= 1e-6


def test_no_room_and_no_value_give_nothing() -> None:
    assert squarify([Sized("a", 0.0)], Box(0, 0, 10, 10)) == []
    assert squarify([Sized("a", 1.0)], Box(0, 0, 0, 10)) == []


def folder(*leaves: Leaf) -> Folder:
    """A folder called app/."""
    return Folder("app/", leaves)


def test_each_file_is_a_link_with_its_score_in_words() -> None:
    chart = treemap([folder(Leaf("engine", 900, 58.4, "/f/engine"))], FLAT, "flat")
    link = ET.fromstring(chart).find("a")
    assert link is not None
    assert link.get("href") == "/f/engine"
    assert link.get("class") == "g-f"
    assert link.get("aria-label") == "engine 58 F, in app/, 900 lines"
    assert labels(link) == ["engine", "58 F"]


def test_small_files_together_claim_no_score() -> None:
    chart = treemap([folder(Leaf("12 small", 400, None, "/f/", is_rest=True))], FLAT, "flat")
    link = ET.fromstring(chart).find("a")
    assert link is not None
    assert link.get("class") == "g-n rest"
    assert labels(link) == ["12 small"]


def test_a_label_is_left_out_where_it_does_not_fit() -> None:
    wide = Leaf("posting", 100_000, 80.0, "/")
    thin = Leaf("a_module_with_a_long_name", 300, 80.0, "/")
    for size, class_ in ((FLAT, "flat"), (TALL, "tall")):
        links = ET.fromstring(treemap([folder(wide, thin)], size, class_)).findall("a")
        texts = [labels(link) for link in links]
        assert texts == [["posting", "80 B"], []]


def test_many_files_take_no_tab_key_and_few_do() -> None:
    for count, stops in ((MOST_STOPS, {None}), (MOST_STOPS + 1, {"-1"})):
        leaves = [Leaf(f"m{rank}", 100 + rank, 90.0, "/") for rank in range(count)]
        several = Folder("app/", tuple(leaves), "/d/")
        opener, *links = ET.fromstring(treemap([several], FLAT, "flat")).findall("a")
        assert {link.get("tabindex") for link in links} == stops
        assert (opener.get("class"), opener.get("tabindex")) == ("dir", None)


def test_a_folder_opens_and_tells_what_is_in_it() -> None:
    several = Folder(
        "api/", (Leaf("a", 900, 58.4, "/a", 1.25), Leaf("b", 100, 91.0, "/b")), "/d/api/"
    )
    opener = ET.fromstring(treemap([several], FLAT, "flat")).find("a")
    assert opener is not None
    assert opener.get("href") == "/d/api/"
    assert opener.get("aria-label") == "api/ opens: 1,000 lines, 1.25 points lost"


def test_a_file_without_a_site_has_no_colour() -> None:
    link = ET.fromstring(treemap([folder(Leaf("a", 900, None, "/a"))], FLAT, "flat")).find("a")
    assert link is not None
    assert link.get("class") == "g-n"
    assert labels(link) == ["a", "\N{EN DASH}"]


@settings(max_examples=40)
@given(st.lists(st.lists(st.integers(50, 5_000), min_size=1, max_size=8), min_size=1, max_size=5))
def test_drawn_files_share_the_area_of_their_folder_by_lines(lines: list[list[int]]) -> None:
    several = [
        Folder(f"f{rank}/", tuple(Leaf(f"m{n}", n, 90.0, "/") for n in sorted(each, reverse=True)))
        for rank, each in enumerate(lines)
    ]
    chart = ET.fromstring(treemap(several, FLAT, "flat"))
    boxes = [(told(link), box(link)) for link in chart.findall("a")]
    assert len(boxes) == sum(len(each) for each in lines)
    for rank, each in enumerate(lines):
        here = [(size(words), area) for words, area in boxes if f"in f{rank}/," in words]
        whole = sum(area.width * area.height for _, area in here)
        for count, area in here:
            share = whole * count / sum(each)
            assert area.width * area.height == pytest.approx(share, rel=0.02, abs=12)
    for (_, one), (_, other) in combinations(boxes, 2):
        across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
        down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
        assert across <= 0.3 or down <= 0.03


def told(link: ET.Element) -> str:
    return link.get("aria-label", "")


def size(words: str) -> int:
    """The lines that a link tells."""
    return int(words.rpartition(" lines")[0].rpartition(" ")[2].replace(",", ""))


def box(link: ET.Element) -> Box:
    """The rectangle of a link in pixels of the drawing."""
    inner = link.find("svg")
    assert inner is not None
    shares = [float(inner.get(key, "").rstrip("%")) * FLAT[0] / 100 for key in ("x", "width")]
    return Box(shares[0], float(inner.get("y", "")), shares[1], float(inner.get("height", "")))


def labels(link: ET.Element) -> list[str | None]:
    """What is written in a rectangle; what is told above the map is left out."""
    return [text.text for text in link.iter("text") if text.get("class") != "tip"]
