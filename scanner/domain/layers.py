"""Which layer of an architecture each module belongs to: declared, or recognised by its folders.

Layers from the inside out: domain, application, infrastructure, presentation. A layer may import
itself and what lies further inside. `shared` may be imported by all and imports none of them.

Nothing is guessed lightly. Layers are recognised only where a folder named `domain` stands beside
one of application or infrastructure, by those names or a usual synonym. Then the folders beside
them, and beside the folders around them, count by their names; the outermost decides. A folder
that holds such a group (`services/orders/domain`) is no layer itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from scanner.domain.globs import matches
from scanner.domain.resolution import folder_of, folders_above, join

DOMAIN: Final = "domain"
APPLICATION: Final = "application"
INFRASTRUCTURE: Final = "infrastructure"
PRESENTATION: Final = "presentation"
SHARED: Final = "shared"

SYNONYMS: Final[Mapping[str, str]] = {
    name: layer
    for layer, names in {
        DOMAIN: "domain entities entity",
        APPLICATION: "application usecases use_cases usecase use_case interactors service_layer "
        "services",
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


def layers_of(paths: Iterable[str], declared: Declared = ()) -> Mapping[str, str]:
    """The layer of each module that has one, by path; empty where no layers are known.

    What is declared stands instead of what could be recognised.
    """
    paths = tuple(paths)
    if any(globs for _, globs in declared):
        found = ((path, _declared_layer(path, declared)) for path in paths)
    else:
        layout = _Layout(paths)
        found = ((path, layout.layer(path)) for path in paths)
    return {path: layer for path, layer in found if layer}


def _declared_layer(path: str, declared: Declared) -> str:
    """The layer of the glob that says most, stars aside; the innermost of equals."""
    matching = [
        (len(glob.replace("*", "").strip("/")), -place, layer)
        for place, (layer, globs) in enumerate(declared)
        for glob in globs
        if matches(path, glob)
    ]
    return max(matching)[2] if matching else ""


class _Layout:
    """The folders of a tree, and which of them hold layers side by side."""

    def __init__(self, paths: Iterable[str]) -> None:
        self.children: dict[str, set[str]] = {}
        for holder in {folder_of(path) for path in paths}:
            for folder in folders_above(holder):
                if folder:
                    self.children.setdefault(folder_of(folder), set()).add(folder)
        self.holders: set[str] = set()
        groups = self._groups()
        for group in groups | self._relatives(groups):
            self.holders.update(folders_above(group))

    def _names(self, folder: str) -> set[str]:
        return {child.rpartition("/")[2].lower() for child in self.children.get(folder, ())}

    def _groups(self) -> set[str]:
        """Folders that hold a domain beside another inner layer, none inside a layer of another."""
        groups: set[str] = set()
        layers: set[str] = set()
        for folder in sorted(self.children, key=lambda folder: (folder.count("/"), folder)):
            names = self._names(folder)
            kinds = {SYNONYMS.get(name) for name in names}
            if DOMAIN not in names or kinds.isdisjoint((APPLICATION, INFRASTRUCTURE)):
                continue
            if layers.isdisjoint(folders_above(folder)):
                groups.add(folder)
                layers.update(join(folder, name) for name in names if name in SYNONYMS)
        return groups

    def _relatives(self, groups: set[str]) -> set[str]:
        """Folders beside a group that hold a domain too, if without the other inner layers."""
        return {
            beside
            for group in groups
            if group
            for beside in self.children.get(folder_of(group), ())
            if DOMAIN in self._names(beside)
            and SYNONYMS.get(beside.rpartition("/")[2].lower()) is None
        }

    def layer(self, path: str) -> str:
        """The layer of the outermost layer folder around a module."""
        return next((layer for layer in self._layers_around(path)), "")

    def _layers_around(self, path: str) -> Iterator[str]:
        for folder in reversed(list(folders_above(folder_of(path)))[:-1]):
            layer = SYNONYMS.get(folder.rpartition("/")[2].lower())
            if layer and folder not in self.holders and folder_of(folder) in self.holders:
                yield layer
