"""The picture of a repository's layers: bands, arrows, and the same in tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString

from dashboard.addresses import file_address
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
class LayerRow:
    """A layer in the table beside the picture: imports by the layer they lead to, in its order."""

    title: str
    modules: int
    folders: tuple[tuple[LayerFolder, str], ...]  # with the address of its files
    imports: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """The picture and its tables."""

    chart: SafeString
    rows: tuple[LayerRow, ...]
    columns: tuple[str, ...]
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
    flows = _allowed(picture)
    keys = _met(picture)
    known = [key for key in keys if key != OUTSIDE]
    return Drawing(
        chart=_chart(frame, picture, [_band(frame, picture, key) for key in keys], groups),
        rows=tuple(_row(frame, picture, key, [flows[key, to] for to in known]) for key in known),
        columns=tuple(TITLES[key] for key in known),
        breaking=groups,
    )


def _chart(
    frame: Frame, picture: Architecture, bands: Sequence[Band], groups: Sequence[Breaking]
) -> SafeString:
    flows = _allowed(picture).items()
    return layers(
        bands,
        [Arrow(one, to, count) for (one, to), count in flows if one != to],
        [_arrow(frame, group) for group in groups],
        _description(bands, len(picture.breaches)),
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


def _row(frame: Frame, picture: Architecture, key: str, imports: Sequence[int]) -> LayerRow:
    here = _of_layer(picture, key)
    return LayerRow(
        title=TITLES[key],
        modules=sum(each.modules for each in here),
        folders=tuple((each, _files(frame, each)) for each in here),
        imports=tuple(imports),
    )


def _description(bands: Sequence[Band], breaking: int) -> str:
    told = "; ".join(f"{band.title}, {band.note}" for band in bands)
    if not breaking:
        return f"{told}. No import breaks the layers."
    return f"{told}. {breaking} import{' breaks' if breaking == 1 else 's break'} the layers."
