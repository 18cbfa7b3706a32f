"""A declaration of layers to begin with, made from the folders and imports of a tree.

A folder is offered as an outer layer by its name, and only while most imports between it and the
rest of its package leave it: what everything else imports is no outside. What is left over is the
application. Where no folder bears such a name, the parts that nobody imports are the outside,
unless that leaves an import that points outwards.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from scanner.domain.architecture import LayerFolder, Suggestion
from scanner.domain.import_graph import ImportGraph
from scanner.domain.layers import (
    APPLICATION,
    DOMAIN,
    INFRASTRUCTURE,
    PRESENTATION,
    SHARED,
    SYNONYMS,
    layering_of,
)
from scanner.domain.parts import APP, Parting
from scanner.domain.resolution import folder_of, folders_above, join

_MOST_PACKAGES: Final = 3
_FEWEST_MODULES: Final = 3
_MOST_PATTERNS: Final = 8  # of one layer
_DEEPEST: Final = 3  # folders below a top-level package
_MODULES: Final[Mapping[str, str]] = dict.fromkeys(
    ("views.py", "urls.py", "admin.py", "forms.py", "routes.py", "routers.py", "cli.py"),
    PRESENTATION,
)
_WRITTEN: Final = (DOMAIN, APPLICATION, INFRASTRUCTURE, PRESENTATION)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A pattern for a layer, and the modules it stands for."""

    layer: str
    pattern: str
    modules: frozenset[str]


def named_folders(paths: Collection[str]) -> tuple[LayerFolder, ...]:
    """The outermost folders that bear a layer's name, the largest first."""
    counts: Counter[str] = Counter()
    for path in paths:
        around = [folder for folder in folders_above(folder_of(path)) if _layer_named(folder)]
        if around:
            counts[around[-1]] += 1
    return tuple(
        LayerFolder(_layer_named(folder), folder_of(folder), folder, count)
        for folder, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )


def _layer_named(folder: str) -> str:
    return SYNONYMS.get(folder.rpartition("/")[2].lower(), "")


def suggestion(graph: ImportGraph, parted: Parting) -> Suggestion | None:
    """A first guess; None where nothing in the tree speaks for one."""
    tops = _top_folders(graph)
    by_name = list(chain.from_iterable(_by_name(graph, top, parted) for top in tops))
    outer = by_name or list(chain.from_iterable(_by_imports(graph, top, parted) for top in tops))
    if not outer:
        return None
    layers = _patterns(outer, tops)
    judged, breaking = _tried(graph, layers)
    # Without a name to go by, only a guess that fits every import is worth a reader's time.
    is_sound = bool(by_name) or breaking == 0
    return Suggestion(layers, judged, breaking) if judged and is_sound else None


def _patterns(
    outer: Iterable[_Candidate], tops: Iterable[str]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The patterns of each layer, as they are written; what is left over is the application."""
    patterns: dict[str, list[str]] = {layer: [] for layer in _WRITTEN}
    for candidate in outer:
        if len(patterns[candidate.layer]) < _MOST_PATTERNS:
            patterns[candidate.layer].append(candidate.pattern)
    patterns[APPLICATION] = [f"{top}/**" for top in tops]
    return tuple((layer, tuple(globs)) for layer, globs in patterns.items() if globs)


def _top_folders(graph: ImportGraph) -> list[str]:
    """The folders of the largest top-level packages."""
    sizes: Counter[str] = Counter()
    for path in graph.statements:
        root = graph.index.root(path)
        first, inside, _ = path[len(root) + 1 if root else 0 :].partition("/")
        if inside:
            sizes[join(root, first)] += 1
    largest = sorted(sizes, key=lambda top: (-sizes[top], top))
    return [top for top in largest[:_MOST_PACKAGES] if sizes[top] >= _FEWEST_MODULES]


def _by_name(graph: ImportGraph, top: str, parted: Parting) -> Iterator[_Candidate]:
    inside = _inside(graph, top)
    for candidate in (
        *_by_folder(top, inside),
        *_by_module(top, inside, 1 if parted.kind == APP else 2),
    ):
        if _holds(graph, candidate, inside):
            yield candidate


def _inside(graph: ImportGraph, top: str) -> frozenset[str]:
    return frozenset(path for path in graph.statements if path.startswith(f"{top}/"))


def _by_folder(top: str, inside: Collection[str]) -> Iterator[_Candidate]:
    """Folders that bear a layer's name; several of one name make one pattern."""
    alike: dict[str, list[str]] = {}
    for found in named_folders(inside):
        is_near = found.folder.count("/") - top.count("/") <= _DEEPEST
        if is_near and found.folder != top and found.layer not in (SHARED, APPLICATION):
            alike.setdefault(found.folder.rpartition("/")[2], []).append(found.folder)
    for name, folders in alike.items():
        pattern = folders[0] if len(folders) == 1 else f"{top}/**/{name}"
        members = frozenset(
            path for path in inside if any(path.startswith(f"{folder}/") for folder in folders)
        )
        yield _Candidate(SYNONYMS[name.lower()], f"{pattern}/**", members)


def _by_module(top: str, inside: Collection[str], fewest: int) -> Iterator[_Candidate]:
    """Modules of one name all over a package, such as the views of Django's apps."""
    for name, layer in _MODULES.items():
        members = frozenset(path for path in inside if path.rpartition("/")[2] == name)
        if len(members) >= fewest:
            yield _Candidate(layer, f"{top}/**/{name}", members)


def _holds(graph: ImportGraph, candidate: _Candidate, inside: frozenset[str]) -> bool:
    """Whether the imports between a candidate and the rest mostly go the way it says."""
    leaving = entering = 0
    for path in inside:
        for target in graph.edges[path]:
            leaving += path in candidate.modules and target in inside - candidate.modules
            entering += path not in candidate.modules and target in candidate.modules
    return entering > leaving if candidate.layer == DOMAIN else leaving > entering


def _by_imports(graph: ImportGraph, top: str, parted: Parting) -> Iterator[_Candidate]:
    """The parts that import others and that no other imports."""
    inside = _inside(graph, top)
    pairs = set(_between_parts(graph, inside, parted))
    outermost = {one for one, _ in pairs} - {other for _, other in pairs}
    for part in sorted(outermost):
        if part.startswith(f"{top}/") and not part.endswith(".py"):
            yield _Candidate(PRESENTATION, f"{part}/**", _inside(graph, part))


def _between_parts(
    graph: ImportGraph, inside: frozenset[str], parted: Parting
) -> Iterator[tuple[str, str]]:
    for path in inside:
        for target in inside.intersection(graph.edges[path]):
            if parted.part_of[path] != parted.part_of[target]:
                yield parted.part_of[path], parted.part_of[target]


def _tried(graph: ImportGraph, layers: Sequence[tuple[str, tuple[str, ...]]]) -> tuple[int, int]:
    """How many imports lead from one layer to another, and how many of them outwards."""
    known = layering_of(graph.statements, tuple(layers))
    judged = breaking = 0
    for path, statements in graph.statements.items():
        for statement in statements:
            for target in () if statement.fact.type_checking else statement.targets:
                if known.layer(path) and known.layer(target):
                    judged += known.layer(path) != known.layer(target)
                    breaking += known.breaks(path, target)
    return judged, breaking
