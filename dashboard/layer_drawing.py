"""The picture of a repository's layers: bands, arrows, and the same in tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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


def drawing(frame: Frame, picture: Architecture, package: str = "") -> Drawing | None:
    """The picture of one layered package, or of all; None where no layers are known."""
    folders = [each for each in picture.folders if not package or each.package == package]
    if not folders:
        return None
    breaches = [each for each in picture.breaches if not package or each.package == package]
    groups = tuple(_groups(breaches))
    flows = _allowed(picture, package)
    met = {each.layer for each in folders} | {layer for way in flows for layer in way}
    met |= {layer for each in breaches for layer in (each.layer, each.to_layer)}
    keys = [key for key in (OUTSIDE, *ORDER) if key in met]
    bands = [_band(frame, picture, key, folders, breaches) for key in keys]
    known = [key for key in keys if key != OUTSIDE]
    return Drawing(
        chart=layers(
            bands,
            [Arrow(one, to, count) for (one, to), count in flows.items() if one != to],
            [_arrow(frame, group) for group in groups],
            _description(bands, breaches),
        ),
        rows=tuple(_row(frame, key, known, folders, flows) for key in known),
        columns=tuple(TITLES[key] for key in known),
        breaking=groups,
    )


def _allowed(picture: Architecture, package: str) -> Counter[tuple[str, str]]:
    counts: Counter[tuple[str, str]] = Counter()
    for flow in picture.flows:
        if flow.count and (not package or flow.package == package):
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


def _band(
    frame: Frame,
    picture: Architecture,
    key: str,
    folders: Sequence[LayerFolder],
    breaches: Sequence[Breach],
) -> Band:
    if key == OUTSIDE:
        names = Counter(
            name for each in breaches if not each.to_path for name in each.to_name.split(", ")
        )
        shown = ", ".join(name for name, _ in names.most_common(MOST_NAMED))
        return Band(key, TITLES[key], visible(shown), ())
    here = [each for each in folders if each.layer == key]
    modules = sum(each.modules for each in here)
    note = f"{modules:,} module{'' if modules == 1 else 's'}" if here else "in other packages"
    return Band(key, TITLES[key], note, tuple(_boxes(frame, picture, here, breaches)))


def _boxes(
    frame: Frame,
    picture: Architecture,
    folders: Sequence[LayerFolder],
    breaches: Sequence[Breach],
) -> Iterator[Box]:
    """The largest folders, then the others together."""
    packages = {each.package for each in picture.folders}
    kept, rest = folders[:MOST_BOXES], folders[MOST_BOXES:]
    for each in kept:
        count = sum(
            breach.layer == each.layer and breach.path.startswith(f"{each.folder}/")
            for breach in breaches
        )
        title = f"{visible(each.folder)}: {each.modules:,} modules"
        if count:
            title += f", {count} breaking import{'' if count == 1 else 's'}"
        yield Box(_label(each, packages), title, each.modules, _files(frame, each), count > 0)
    if rest:
        modules = sum(each.modules for each in rest)
        listed = reverse("files", args=[frame.team_slug, frame.slug])
        yield Box(f"{len(rest)} more", f"{len(rest)} more folders", modules, listed)


def _label(each: LayerFolder, packages: set[str]) -> str:
    """A folder by what tells it apart: among several packages, the package that it belongs to."""
    holds_others = any(other.startswith(f"{each.package}/") for other in packages)
    named = each.folder if len(packages) == 1 or holds_others or not each.package else each.package
    return visible(named.rpartition("/")[2] or "top folder")


def _files(frame: Frame, folder: LayerFolder) -> str:
    listed = reverse("files", args=[frame.team_slug, frame.slug])
    glob = f"{folder.folder}/**" if folder.folder else "*"
    return f"{listed}?{urlencode({'path': glob}, errors='replace')}"


def _row(
    frame: Frame,
    key: str,
    columns: Sequence[str],
    folders: Sequence[LayerFolder],
    flows: Counter[tuple[str, str]],
) -> LayerRow:
    here = [each for each in folders if each.layer == key]
    return LayerRow(
        title=TITLES[key],
        modules=sum(each.modules for each in here),
        folders=tuple((each, _files(frame, each)) for each in here),
        imports=tuple(flows[key, to] for to in columns),
    )


def _description(bands: Sequence[Band], breaches: Sequence[Breach]) -> str:
    told = "; ".join(f"{band.title}, {band.note}" for band in bands)
    if not breaches:
        return f"{told}. No import breaks the layers."
    count = len(breaches)
    return f"{told}. {count} import{' breaks' if count == 1 else 's break'} the layers."
