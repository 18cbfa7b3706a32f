"""Bands and arrows of layers."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.layers import Arrow, Band, Box, layers

KEYS = ("presentation", "infrastructure", "application", "domain")
BANDS = [Band(key, key.title(), "2 modules", (Box(key, key, 2, f"/{key}"),)) for key in KEYS]
WAYS = st.lists(
    st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)).filter(lambda way: way[0] != way[1]),
    unique=True,
)


def drawn(allowed: list[Arrow], breaking: list[Arrow], bands: list[Band] = BANDS) -> ET.Element:
    """The picture as a tree."""
    return ET.fromstring(layers(bands, allowed, breaking, "Four layers."))


def lines(arrow: ET.Element) -> tuple[float, float, float]:
    """Lane, start and end of an arrow, in pixels."""
    (data,) = (each.get("d") or "" for each in arrow.iter("path") if each.get("class") is None)
    match = re.fullmatch(r"M0 ([\d.]+)H(-?[\d.]+)V([\d.]+)H-?\d+", data)
    assert match, data
    start, lane, end = map(float, match.groups())
    return lane, start, end


@given(WAYS)
def test_no_two_arrows_run_over_each_other(ways: list[tuple[str, str]]) -> None:
    picture = drawn([Arrow(*way, 1) for way in ways], [])
    runs = [lines(each) for each in picture.iter("g") if each.get("class") == "flow"]
    assert len(runs) == len(ways)
    for place, (lane, start, end) in enumerate(runs):
        for other, first, last in runs[place + 1 :]:
            if lane == other:
                assert max(start, end) <= min(first, last) or max(first, last) <= min(start, end)


@given(WAYS)
def test_arrows_lead_from_band_to_band(ways: list[tuple[str, str]]) -> None:
    picture = drawn([], [Arrow(*way, 3, "there", "#there") for way in ways])
    tops = {
        key: float(rect.get("y") or 0)
        for key, rect in zip(KEYS, picture.findall("rect"), strict=True)
    }
    arrows = [each for each in picture.iter("a") if each.get("class") == "breach"]
    ends = sorted(lines(each)[1:] for each in arrows)
    bands = sorted((tops[one], tops[to]) for one, to in ways)
    for (start, end), (one, to) in zip(
        sorted(ends, key=lambda run: (run[0] // 74, run[1] // 74)), bands, strict=True
    ):
        assert one < start < one + 62
        assert to < end < to + 62


def test_boxes_are_as_wide_as_they_have_modules() -> None:
    bands = [
        Band("domain", "Domain", "", (Box("a", "a", 6, "/a"), Box("b", "b", 2, "/b", broken=True))),
        Band("application", "Application", "", (Box("c", "c", 4, "/c"),)),
    ]
    picture = drawn([], [], bands)
    boxes = list(picture.iter("a"))
    widths = [float((box.get("width") or "").rstrip("%")) for box in picture.iterfind("a/svg")]
    assert widths[0] == pytest.approx(3 * widths[1], rel=0.01)
    assert widths[2] == pytest.approx(2 * widths[1], rel=0.01)
    assert [each.get("class") for each in boxes] == ["box", "box broken", "box"]
    assert {each.get("tabindex") for each in boxes} == {"-1"}


def test_what_breaks_is_a_link_with_a_name_and_a_count() -> None:
    picture = drawn([], [Arrow("domain", "presentation", 12, "Domain imports: 12", "#list")])
    (arrow,) = [each for each in picture.iter("a") if each.get("class") == "breach"]
    assert (arrow.get("href"), arrow.get("aria-label")) == ("#list", "Domain imports: 12")
    assert "12" in "".join(arrow.itertext())
    assert "r1" in (picture.get("class") or "").split()
    assert picture.findtext("desc") == "Four layers."


def test_arrows_to_bands_that_are_not_there_are_left_out() -> None:
    picture = drawn([Arrow("domain", "nowhere", 1)], [Arrow("nowhere", "domain", 1)])
    assert not list(picture.iter("g"))
    assert picture.get("class") == "plot layers"


def test_hostile_texts_are_text() -> None:
    band = Band("domain", "<b>", "&", (Box('"><script>', "<i>", 1, "javascript:<"),))
    assert "<script>" not in layers([band], [], [], "<u>")
