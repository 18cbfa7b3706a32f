"""The picture of layers as it is put together, and its tables."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from dashboard.layer_drawing import MOST_BOXES, Drawing, drawing, of_package, packages_of
from scanner.domain.architecture import Architecture, Breach, Flow, LayerFolder
from tests.dashboard.test_layer_words import FRAME


def breach(rule: str, path: str, layer: str, to_layer: str, package: str = "a") -> Breach:
    """A breaking import."""
    to_path = f"{package}/{to_layer}/m.py" if to_layer else ""
    name = "to" if to_layer else "django, requests"
    return Breach(rule, path, 3, package, layer, "from", name, to_path, package, to_layer)


PICTURE = Architecture(
    modules=20,
    layered=18,
    folders=(
        LayerFolder("infrastructure", "a", "a/db", 4),
        LayerFolder("domain", "a", "a/domain", 6),
        LayerFolder("domain", "b", "b/domain", 8),
    ),
    flows=(
        Flow("a", "infrastructure", "a", "domain", 5, 0),
        Flow("a", "domain", "a", "infrastructure", 0, 1),
        Flow("b", "domain", "a", "domain", 2, 0),
    ),
    breaches=(
        breach("LA01", "a/domain/m.py", "domain", "infrastructure"),
        breach("LA02", "b/domain/m.py", "domain", "", "b"),
    ),
    breach_total=2,
)


def drawn(picture: Architecture) -> Drawing:
    """The drawing, which there must be."""
    found = drawing(FRAME, picture)
    assert found is not None
    return found


def tree(found: Drawing) -> ET.Element:
    """Its picture."""
    return ET.fromstring(found.chart.drawing)


def test_bands_stand_from_the_outside_in() -> None:
    chart = tree(drawn(PICTURE))
    names = [each.text for each in chart.iter("tspan") if each.get("class") == "t-ink"]
    assert names == ["Packages from outside", "Infrastructure", "Domain"]
    assert "django, requests" in "".join(chart.itertext())


def test_rows_tell_modules_and_imports() -> None:
    twin = drawn(PICTURE).chart.twin
    assert twin.head == ("Layer", "Folders", "Modules", "to infrastructure", "to domain")
    assert [(row[0], *row[2:]) for row in twin.rows] == [
        ("Infrastructure", "4", "0", "5"),
        ("Domain", "14", "0", "2"),
    ]


def test_what_breaks_is_grouped_by_its_way() -> None:
    assert [(each.key, each.title, each.rule) for each in drawn(PICTURE).breaking] == [
        ("domain-outside", "Domain imports packages from outside", "LA02"),
        ("domain-infrastructure", "Domain imports infrastructure", "LA01"),
    ]


def test_boxes_go_by_their_package_and_show_where_it_breaks() -> None:
    chart = tree(drawn(PICTURE))
    boxes = [each for each in chart.iter("a") if (each.get("class") or "").startswith("box")]
    assert [(each.get("class"), each.findtext("svg/text")) for each in boxes] == [
        ("box", "a"),
        ("box broken", "a"),
        ("box broken", "b"),
    ]
    assert boxes[1].get("aria-label") == "a/domain: 6 modules, 1 breaking import"


def test_one_package_is_drawn_with_what_it_imports() -> None:
    alone = drawn(of_package(PICTURE, "b"))
    assert [row[0] for row in alone.chart.twin.rows] == ["Domain"]
    assert [each.key for each in alone.breaking] == ["domain-outside"]
    chart = tree(alone)
    assert "domain" in [each.findtext("svg/text") for each in chart.iter("a")]


def test_a_layer_of_another_package_is_a_band_without_boxes() -> None:
    picture = Architecture(
        layered=1,
        folders=(LayerFolder("application", "a", "a/app", 1),),
        flows=(Flow("a", "application", "b", "domain", 2, 0),),
    )
    assert "Domain  in other packages" in "".join(tree(drawn(picture)).itertext())


def test_of_many_folders_the_smallest_stand_together() -> None:
    folders = tuple(
        LayerFolder("domain", f"p{n}", f"p{n}/domain", 100 - n) for n in range(MOST_BOXES + 3)
    )
    chart = drawn(Architecture(layered=9, folders=folders)).chart.drawing
    assert chart.count('class="box"') == MOST_BOXES + 1
    assert "3 more folders" in chart


def test_packages_are_told_where_there_are_several() -> None:
    assert packages_of(PICTURE) == ["a", "b"]
    assert packages_of(of_package(PICTURE, "a")) == []


def test_without_layers_there_is_nothing_to_draw() -> None:
    assert drawing(FRAME, Architecture(modules=3)) is None
