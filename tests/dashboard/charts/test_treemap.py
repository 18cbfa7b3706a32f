"""The map of files: exact areas, nothing outside, labels only where they fit."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.squares import Box, Sized, squarify
from dashboard.charts.treemap import FLAT, TALL, Folder, Leaf, treemap

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
    assert [text.text for text in link.iter("text")] == ["engine", "58 F"]


def test_small_files_together_claim_no_score() -> None:
    chart = treemap([folder(Leaf("12 small", 400, None, "/f/"))], FLAT, "flat")
    link = ET.fromstring(chart).find("a")
    assert link is not None
    assert link.get("class") == "g-n rest"
    assert [text.text for text in link.iter("text")] == ["12 small"]


def test_a_label_is_left_out_where_it_does_not_fit() -> None:
    wide = Leaf("posting", 100_000, 80.0, "/")
    thin = Leaf("a_module_with_a_long_name", 300, 80.0, "/")
    for size, class_ in ((FLAT, "flat"), (TALL, "tall")):
        links = ET.fromstring(treemap([folder(wide, thin)], size, class_)).findall("a")
        texts = [[text.text for text in link.iter("text")] for link in links]
        assert texts == [["posting", "80 B"], []]


def test_the_map_holds_no_tab_stops_because_its_table_does() -> None:
    leaves = [Leaf(f"m{rank}", 100 + rank, 90.0, "/") for rank in range(20)]
    links = ET.fromstring(treemap([folder(*leaves)], FLAT, "flat")).findall("a")
    assert {link.get("tabindex") for link in links} == {"-1"}
