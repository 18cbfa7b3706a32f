"""Which layer of an architecture each module belongs to: declared, or recognised by its folders.

Layers from the inside out: domain, application, infrastructure, presentation. A layer may import
itself and what lies further inside. `shared` may be imported by all and imports none of them.

Nothing is guessed lightly. Layers are recognised only where a folder named `domain` stands beside
one of application or infrastructure, by those names or a usual synonym, or where `ports` stand
beside `adapters`. Such a folder is a layered package. The folders in it, and beside the folders
around it, count by their names; the outermost decides. A folder that holds such a package
(`services/orders/domain`) is no layer itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from scanner.domain.globs import matches
from scanner.domain.resolution import folder_of, folders_above

DOMAIN: Final = "domain"
APPLICATION: Final = "application"
INFRASTRUCTURE: Final = "infrastructure"
PRESENTATION: Final = "presentation"
SHARED: Final = "shared"
ORDER: Final = (PRESENTATION, INFRASTRUCTURE, APPLICATION, DOMAIN, SHARED)
"""From the outside in; what all may import comes last."""

PORTS: Final = frozenset({"port", "ports"})
_ADAPTERS: Final = frozenset({"adapter", "adapters"})
_DRIVING: Final = frozenset({"driving", "in", "inbound", "incoming", "input", "primary"})

SYNONYMS: Final[Mapping[str, str]] = {
    name: layer
    for layer, names in {
        DOMAIN: "domain entities entity",
        APPLICATION: "application usecases use_cases usecase use_case interactors service_layer "
        "services port ports",
        INFRASTRUCTURE: "infrastructure infra adapters adapter persistence repositories gateways "
        "database db storage",
        PRESENTATION: "presentation api web views routers controllers entrypoints endpoints routes "
        "http rest graphql cli ui handlers",
        SHARED: "shared common kernel shared_kernel seedwork",
    }.items()
    for name in names.split()
}
"""Folder names, in lower case, and the layer that each stands for."""

_MAY_IMPORT: Final[Mapping[str, Collection[str]]] = {
    DOMAIN: {DOMAIN, SHARED},
    APPLICATION: {APPLICATION, DOMAIN, SHARED},
    INFRASTRUCTURE: {INFRASTRUCTURE, APPLICATION, DOMAIN, SHARED},
    PRESENTATION: {PRESENTATION, INFRASTRUCTURE, APPLICATION, DOMAIN, SHARED},
    SHARED: {SHARED},
}

Declared = tuple[tuple[str, tuple[str, ...]], ...]


def may_import(importer: str, imported: str) -> bool:
    """Whether the direction of imports allows one layer to import the other."""
    return imported in _MAY_IMPORT[importer]


class Place(NamedTuple):
    """Where a module stands.

    `folder` is the layer's, `package` the layered package's; both are "" where it is declared.
    """

    layer: str
    folder: str = ""
    package: str = ""


@dataclass(frozen=True, slots=True)
class Layering:
    """The place of each module that has one, by path; empty where no layers are known."""

    places: Mapping[str, Place] = field(default_factory=dict)
    is_declared: bool = False

    def layer(self, path: str) -> str:
        """The layer of a module, or nothing."""
        return self.places[path].layer if path in self.places else ""

    def breaks(self, importer: str, imported: str) -> bool:
        """Whether an import between two modules points outwards.

        Ports are what the core asks for, so the domain may import them. What one layered package
        presents, another one beside it may import from its outer layers: that is how it asks.
        """
        if importer not in self.places or imported not in self.places:
            return False
        one, other = self.places[importer], self.places[imported]
        if may_import(one.layer, other.layer):
            return False
        if one.layer == DOMAIN and _name(other.folder) in PORTS:
            return False
        asks = other.layer == PRESENTATION and one.layer in (APPLICATION, INFRASTRUCTURE)
        return not (asks and _are_beside(one.package, other.package))


def _are_beside(one: str, other: str) -> bool:
    """Whether neither of two folders is or holds the other."""
    return not (_holds(one, other) or _holds(other, one))


def _holds(folder: str, inner: str) -> bool:
    return f"{inner}/".startswith(f"{folder}/" if folder else "")


def layering_of(paths: Iterable[str], declared: Declared = ()) -> Layering:
    """The layers of these modules. What is declared stands instead of what could be recognised."""
    paths = tuple(paths)
    is_declared = any(globs for _, globs in declared)
    if is_declared:
        found = ((path, _declared_place(path, declared)) for path in paths)
    else:
        layout = _Layout(paths)
        found = ((path, layout.place(path)) for path in paths)
    return Layering({path: place for path, place in found if place}, is_declared)


def _declared_place(path: str, declared: Declared) -> Place | None:
    """The layer of the glob that says most, stars aside; the innermost of equals."""
    matching = [
        (len(glob.replace("*", "").strip("/")), -place, layer)
        for place, (layer, globs) in enumerate(declared)
        for glob in globs
        if matches(path, glob)
    ]
    return Place(max(matching)[2]) if matching else None


class _Layout:
    """The folders of a tree, and which of them hold layers side by side."""

    def __init__(self, paths: Iterable[str]) -> None:
        self.children: dict[str, set[str]] = {}
        for holder in {folder_of(path) for path in paths}:
            for folder in folders_above(holder):
                if folder:
                    self.children.setdefault(folder_of(folder), set()).add(folder)
        groups = self._groups()
        groups |= self._relatives(groups)
        self.holders = {holder for group in groups for holder in folders_above(group)}
        self.folders = dict(self._layer_folders())
        self.folders |= dict(self._bearing_names_of(groups))

    def _names(self, folder: str) -> set[str]:
        return {_name(child) for child in self.children.get(folder, ())}

    def _groups(self) -> set[str]:
        """Folders that hold layers side by side, none inside a layer of another."""
        groups: set[str] = set()
        layers: set[str] = set()
        for folder in sorted(self.children, key=lambda folder: (folder.count("/"), folder)):
            if _is_group(self._names(folder)) and layers.isdisjoint(folders_above(folder)):
                groups.add(folder)
                layers.update(child for child in self.children[folder] if _name(child) in SYNONYMS)
        return groups

    def _relatives(self, groups: set[str]) -> set[str]:
        """Folders beside a group that hold a domain too, if without the other inner layers."""
        return {
            beside
            for group in groups
            if group
            for beside in self.children.get(folder_of(group), ())
            if DOMAIN in self._names(beside) and _name(beside) not in SYNONYMS
        }

    def _layer_folders(self) -> Iterator[tuple[str, Place]]:
        for holder in self.holders:
            is_hexagon = _is_hexagon(self._names(holder))
            for folder in self.children.get(holder, ()):
                layer = SYNONYMS.get(_name(folder), "")
                if _name(folder) == "core" and is_hexagon:
                    layer = DOMAIN
                if layer and folder not in self.holders:
                    yield folder, Place(layer, folder, holder)

    def _bearing_names_of(self, groups: set[str]) -> Iterator[tuple[str, Place]]:
        """A folder beside a package that bears its name: `orders_infrastructure` of `orders`."""
        for group in groups:
            name = _name(group)
            for holder in list(folders_above(group))[1:]:
                for folder in self.children.get(holder, ()):
                    first, _, last = _name(folder).partition(f"{name}_")
                    if name and not first and last in SYNONYMS and folder not in self.holders:
                        yield folder, Place(SYNONYMS[last], folder, group)

    def place(self, path: str) -> Place | None:
        """Where the outermost layer folder around a module puts it."""
        around = [folder for folder in folders_above(folder_of(path)) if folder in self.folders]
        if not around:
            return None
        found = self.folders[around[-1]]
        if _name(found.folder) in _ADAPTERS and _DRIVING.intersection(
            path[len(found.folder) + 1 :].lower().split("/")[:1]
        ):
            return found._replace(layer=PRESENTATION)
        return found


def _is_group(names: Collection[str]) -> bool:
    kinds = {SYNONYMS.get(name) for name in names}
    is_layered = DOMAIN in names and not kinds.isdisjoint((APPLICATION, INFRASTRUCTURE))
    return is_layered or _is_hexagon(names)


def _is_hexagon(names: Collection[str]) -> bool:
    return not PORTS.isdisjoint(names) and not _ADAPTERS.isdisjoint(names)


def _name(folder: str) -> str:
    """The last part of a folder, in lower case."""
    return folder.rpartition("/")[2].lower()
