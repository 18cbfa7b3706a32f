"""The picture of a repository's layers: bands, arrows, and the same in tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse

from dashboard.addresses import file_address
from dashboard.charts.contract import Cell, Chart, Key, Link, Links, Twin
from dashboard.charts.layers import Arrow, Band, Box, layers
from dashboard.queries.access import Frame
from dashboard.visible import visible
from scanner.domain.architecture import Architecture, Breach, LayerFolder
from scanner.domain.layers import ORDER

OUTSIDE: Final = ""
MOST_BOXES: Final = 12  # of one layer
MOST_NAMED: Final = 6
MOST_PACKAGES: Final = 24
TITLES: Final = {
    "presentation": "Presentation",
    "infrastructure": "Infrastructure",
    "application": "Application",
    "domain": "Domain",
    "shared": "Shared",
    OUTSIDE: "Packages from outside",
}


@dataclass(frozen=True, slots=True)
class Breaking:
    """The imports from one layer to another that break the layers."""

    key: str  # of the place in the page
    title: str
    rule: str
    breaches: tuple[Breach, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """The picture, and what breaks the layers line by line."""

    chart: Chart
    breaking: tuple[Breaking, ...]


def packages_of(picture: Architecture) -> list[str]:
    """The layered packages by name, of very many the largest; none where there is but one."""
    sizes: Counter[str] = Counter()
    for each in picture.folders:
        sizes[each.package] += each.modules
    return sorted(name for name, _ in sizes.most_common(MOST_PACKAGES)) if len(sizes) > 1 else []


def of_package(picture: Architecture, package: str) -> Architecture:
    """What belongs to one layered package and what it imports; all of it for ""."""
    if not package:
        return picture
    return replace(
        picture,
        folders=tuple(each for each in picture.folders if each.package == package),
        flows=tuple(each for each in picture.flows if each.package == package),
        breaches=tuple(each for each in picture.breaches if each.package == package),
    )


def drawing(frame: Frame, picture: Architecture) -> Drawing | None:
    """The picture with its tables; None where no layers are known."""
    if not picture.folders:
        return None
    groups = tuple(_groups(picture.breaches))
    return Drawing(_chart(frame, picture, groups), groups)


def _chart(frame: Frame, picture: Architecture, groups: Sequence[Breaking]) -> Chart:
    flows = _allowed(picture).items()
    bands = [_band(frame, picture, key) for key in _met(picture)]
    told = _description(bands, len(picture.breaches))
    allowed = [Arrow(one, to, count) for (one, to), count in flows if one != to]
    breaking = [_arrow(frame, group) for group in groups]
    keys = [
        (Key("flow", "imports as the layers allow, with their number"), bool(allowed)),
        (Key("breach", "imports that break them"), bool(breaking)),
    ]
    return Chart(
        title="Layers and imports",
        description=(
            "The outermost layer is on top. Boxes are folders, as wide as they have modules, on one"
            " scale for all layers."
        ),
        drawing=layers(bands, allowed, breaking, told),
        twin=_twin(frame, picture),
        legend=tuple(key for key, is_there in keys if is_there),
    )


def _twin(frame: Frame, picture: Architecture) -> Twin:
    """Each layer, with its imports by the layer that they lead to; those that break left out."""
    flows = _allowed(picture)
    known = [key for key in _met(picture) if key != OUTSIDE]
    return Twin(
        caption="Imports between layers, those that break them left out",
        head=("Layer", "Folders", "Modules", *(f"to {TITLES[key].lower()}" for key in known)),
        rows=tuple(_row(frame, picture, key, [flows[key, to] for to in known]) for key in known),
    )


def _met(picture: Architecture) -> list[str]:
    """The layers that there are or that are imported, the outermost first."""
    met = {each.layer for each in picture.folders}
    met.update(each.to_layer for each in picture.flows)
    met.update(each.to_layer for each in picture.breaches)
    return [key for key in (OUTSIDE, *ORDER) if key in met]


def _allowed(picture: Architecture) -> Counter[tuple[str, str]]:
    counts: Counter[tuple[str, str]] = Counter()
    for flow in picture.flows:
        if flow.count:
            counts[flow.layer, flow.to_layer] += flow.count
    return counts


def _groups(breaches: Sequence[Breach]) -> Iterator[Breaking]:
    ways = dict.fromkeys((each.layer, each.to_layer) for each in breaches)
    for one, to in sorted(ways, key=lambda way: (ORDER.index(way[0]), way[1])):
        title = f"{TITLES[one]} imports {TITLES[to].lower()}"
        here = tuple(each for each in breaches if (each.layer, each.to_layer) == (one, to))
        yield Breaking(f"{one}-{to or 'outside'}", title, here[0].rule, here)


def _arrow(frame: Frame, group: Breaking) -> Arrow:
    first, count = group.breaches[0], len(group.breaches)
    if count == 1:
        href = file_address(frame.team_slug, frame.slug, first.path, first.line)
        label = f"{group.title}: {visible(first.path)}, line {first.line}"
    else:
        href, label = f"#{group.key}", f"{group.title}: {count} imports"
    return Arrow(first.layer, first.to_layer, count, label, href)


def _band(frame: Frame, picture: Architecture, key: str) -> Band:
    if key == OUTSIDE:
        return Band(key, TITLES[key], visible(_packages_from_outside(picture)), ())
    modules = sum(each.modules for each in _of_layer(picture, key))
    note = f"{modules:,} module{'' if modules == 1 else 's'}" if modules else "in other packages"
    return Band(key, TITLES[key], note, tuple(_boxes(frame, picture, key)))


def _of_layer(picture: Architecture, key: str) -> list[LayerFolder]:
    return [each for each in picture.folders if each.layer == key]


def _packages_from_outside(picture: Architecture) -> str:
    """The packages that the domain imports, the commonest first."""
    names: Counter[str] = Counter()
    for breach in picture.breaches:
        if not breach.to_path:
            names.update(breach.to_name.split(", "))
    return ", ".join(name for name, _ in names.most_common(MOST_NAMED))


def _boxes(frame: Frame, picture: Architecture, key: str) -> Iterator[Box]:
    """The largest folders of a layer, then the others together."""
    packages = {each.package for each in picture.folders}
    folders = _of_layer(picture, key)
    for each in folders[:MOST_BOXES]:
        count = _breaking_in(picture, each)
        title = f"{visible(each.folder)}: {each.modules:,} modules"
        if count:
            title += f", {count} breaking import{'' if count == 1 else 's'}"
        yield Box(_label(each, packages), title, each.modules, _files(frame, each), count > 0)
    rest = folders[MOST_BOXES:]
    if rest:
        modules = sum(each.modules for each in rest)
        listed = reverse("files", args=[frame.team_slug, frame.slug])
        yield Box(f"{len(rest)} more", f"{len(rest)} more folders", modules, listed)


def _breaking_in(picture: Architecture, folder: LayerFolder) -> int:
    """How many imports in a folder break the layers."""
    start = f"{folder.folder}/" if folder.folder else ""
    return sum(
        each.layer == folder.layer and each.path.startswith(start) for each in picture.breaches
    )


def _label(each: LayerFolder, packages: set[str]) -> str:
    """A folder by what tells it apart: among several packages, the package that it belongs to."""
    holds_others = any(other.startswith(f"{each.package}/") for other in packages)
    named = each.folder if len(packages) == 1 or holds_others or not each.package else each.package
    return visible(named.rpartition("/")[2] or "top folder")


def _files(frame: Frame, folder: LayerFolder) -> str:
    listed = reverse("files", args=[frame.team_slug, frame.slug])
    glob = f"{folder.folder}/**" if folder.folder else "*"
    return f"{listed}?{urlencode({'path': glob}, errors='replace')}"


def _row(frame: Frame, picture: Architecture, key: str, imports: Sequence[int]) -> tuple[Cell, ...]:
    here = _of_layer(picture, key)
    links = [
        Link(each.folder or "top folder", _files(frame, each), f"{each.modules:,}") for each in here
    ]
    modules = sum(each.modules for each in here)
    folders = Links(tuple(links), "in other packages")
    return (TITLES[key], folders, f"{modules:,}", *(f"{count:,}" for count in imports))


def _description(bands: Sequence[Band], breaking: int) -> str:
    told = "; ".join(f"{band.title}, {band.note}" for band in bands)
    if not breaking:
        return f"{told}. No import breaks the layers."
    return f"{told}. {breaking} import{' breaks' if breaking == 1 else 's break'} the layers."
