"""What every chart keeps: one walk over all that the package draws."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import get_args

import pytest

from dashboard import charts
from dashboard.charts.contract import Chart, Key, Sign
from dashboard.gallery.pictures import PICTURES
from dashboard.gallery.states import exhibits, waterfalls

STATIC = Path(charts.__file__).resolve().parent.parent / "static"
SHEETS = {path.name: path.read_text() for path in sorted(STATIC.glob("*.css"))}
EVERY_SHEET = "\n".join(SHEETS.values())
PARTS = {"svg", "contract"}
"""Modules that draw no picture of their own: elements, and what goes with a picture."""

FRAGMENTS = {"trend_svg.paths"}
"""Pieces that several pictures share."""

GEOMETRY = {"fill", "stroke", "style", "color", "font-size", "opacity", "stroke-width"}
"""Attributes that would fix a look: no dark mode, no print, no high contrast could change it."""

COLOUR = re.compile(r"(?:fill|stroke|color|background)\s*:\s*([^;}]+)")
FREE = re.compile(r"var\(--[\w-]+\)|none|transparent|currentColor|inherit|CanvasText|Canvas")


def modules() -> Iterator[ModuleType]:
    """Every module of the package."""
    for found in pkgutil.iter_modules(charts.__path__):
        if found.name not in PARTS:
            yield importlib.import_module(f"{charts.__name__}.{found.name}")


def drawn_by(module: ModuleType) -> list[str]:
    """The public functions of a module that return a picture."""
    name = module.__name__.rpartition(".")[2]
    return [
        f"{name}.{key}"
        for key, value in vars(module).items()
        if inspect.isfunction(inspect.unwrap(value) if callable(value) else value)
        and getattr(value, "__module__", "") == module.__name__
        and not key.startswith("_")
        and inspect.signature(value).return_annotation == "SafeString"
    ]


def test_every_picture_of_the_package_has_a_sample() -> None:
    drawn = {name for module in modules() for name in drawn_by(module)} - FRAGMENTS
    assert drawn == set(PICTURES), "add a sample to dashboard/gallery/pictures.py"


@pytest.fixture(params=sorted(PICTURES))
def picture(request: pytest.FixtureRequest) -> ET.Element:
    """Each of them as a tree; markup that is not well formed fails here."""
    return ET.fromstring(PICTURES[str(request.param)]())


def test_a_picture_is_named_or_hidden(picture: ET.Element) -> None:
    """What only repeats the figure of its row is hidden from those who listen."""
    hidden = picture.get("aria-hidden") == "true"
    named = picture.get("role") in {"img", "group"} and bool(picture.get("aria-label"))
    assert hidden != named
    if hidden:
        assert picture.findall(".//a") == []


def test_a_picture_leaves_its_look_to_the_style_sheets(picture: ET.Element) -> None:
    for element in picture.iter():
        assert GEOMETRY.isdisjoint(element.attrib), element.attrib
        assert not any(name.startswith("on") for name in element.attrib)


def test_every_class_of_a_picture_is_styled(picture: ET.Element) -> None:
    classes = {name for one in picture.iter() for name in (one.get("class") or "").split()}
    unknown = {name for name in classes if not re.search(rf"\.{name}(?![\w-])", EVERY_SHEET)}
    assert unknown == set()


def test_a_picture_scales_without_its_text(picture: ET.Element) -> None:
    """Text stands in no part that is stretched."""
    stretched = [one for one in picture.iter("svg") if one.get("preserveAspectRatio") == "none"]
    assert all(one.find(".//text") is None for one in stretched)


def test_what_it_shows_is_never_markup(picture: ET.Element) -> None:
    assert picture.find(".//script") is None


@pytest.mark.parametrize("sheet", sorted(SHEETS))
def test_charts_are_coloured_by_tokens_alone(sheet: str) -> None:
    """So that dark mode and print change them all at once."""
    layer = re.search(r"@layer charts \{\n(.*?)\n\}\n", SHEETS[sheet], re.DOTALL)
    for value in COLOUR.findall(layer[1] if layer else ""):
        assert FREE.search(value.strip()), value


def test_every_sign_of_a_legend_is_drawn_and_styled() -> None:
    for sign in get_args(Sign):
        tree = ET.fromstring(Key(sign, "words").drawing)
        assert len(tree) == 1
        assert tree.get("aria-hidden") == "true"
        assert ".sign" in EVERY_SHEET


def whole_charts() -> Iterator[object]:
    """Every chart of the gallery, as pages build them."""
    for one in exhibits():
        for state in one.states:
            if state.chart is not None:
                yield pytest.param(state.chart, id=f"{one.key}-{state.name}")


@pytest.mark.parametrize("chart", whole_charts())
def test_a_chart_brings_all_that_goes_with_it(chart: Chart) -> None:
    check(chart)


def test_every_kind_is_shown_with_many_points_and_with_few() -> None:
    for one in exhibits():
        names = {state.name.partition(",")[0] for state in one.states}
        assert {"one point", "many"} <= names, one.key


def test_a_table_that_is_a_chart_brings_it_too() -> None:
    for fall in waterfalls().values():
        assert fall.caption
        assert "The axis of scores is cut" in fall.description
        assert len({key.words for key in fall.legend}) == len(fall.legend)


def check(chart: Chart) -> None:
    """Hold a chart to the contract; other tests call it with theirs."""
    assert chart.title
    assert chart.description.endswith(".")
    assert re.search(r"\b(axis|axes|scale)\b", chart.description)
    assert chart.twin.caption
    assert chart.twin.rows
    assert {len(row) for row in chart.twin.rows} == {len(chart.twin.head)}
    for picture in ET.fromstring(f"<g>{chart.drawing}</g>"):
        assert picture.get("aria-label")
    assert len({key.words for key in chart.legend}) == len(chart.legend)
