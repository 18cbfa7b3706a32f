"""The parts of a tree: Django's apps, the projects of a monorepo, else packages.

A Django app is a folder whose `apps.py` holds an AppConfig, or that has models and migrations.
Where there are two, every module belongs to the innermost app around it. Otherwise, where several
folders have a project file, these are the parts; else the packages one level below the top ones.
Modules that lie beside those are each a part of their own: what they have in common is the
folder alone, and together they would make circles that no import runs in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from scanner.domain.architecture import (
    MOST_CIRCLES,
    MOST_NAMES,
    MOST_PAIRS,
    MOST_PARTS,
    MOST_ROOTS,
    MOST_STEPS,
    Bond,
    Part,
    PartCircle,
    Parts,
    SourceRoot,
)
from scanner.domain.facts import Module
from scanner.domain.graph import circles, shortest_cycle
from scanner.domain.import_graph import ImportGraph
from scanner.domain.resolution import FACADE, ModuleIndex, folder_of, folders_above, join

_PROJECT_FILES: Final = ("pyproject.toml", "setup.py", "setup.cfg")
APP: Final = "app"
PROJECT: Final = "project"
PACKAGE: Final = "package"

Pair = tuple[str, str]


class Parting(NamedTuple):
    """Which part each module belongs to: a folder, or the module itself."""

    kind: str
    part_of: Mapping[str, str]


def django_apps(modules: Mapping[str, Module], paths: Collection[str]) -> frozenset[str]:
    """The folders of Django's apps among the production modules."""
    configured = {folder_of(path) for path, module in modules.items() if _configures(path, module)}
    migrated = {folder_of(folder_of(path)) for path in paths if "/migrations/" in path}
    return frozenset(configured | {each for each in migrated if _has_models(each, modules)}) - {""}


def _configures(path: str, module: Module) -> bool:
    bases = (base for one in module.classes for base in one.bases)
    return path.endswith("/apps.py") and any(base.endswith("AppConfig") for base in bases)


def _has_models(folder: str, modules: Collection[str]) -> bool:
    return join(folder, "models.py") in modules or join(folder, f"models/{FACADE}") in modules


def parting(modules: Mapping[str, Module], paths: Collection[str], index: ModuleIndex) -> Parting:
    """Decide what the parts are, and give every module to one."""
    packages = _packages(modules, index)
    apps = django_apps(modules, paths)
    if len(apps) > 1:
        return Parting(APP, {path: _innermost(path, apps) or packages[path] for path in modules})
    projects = {folder_of(path) for path in paths if path.rpartition("/")[2] in _PROJECT_FILES}
    of_projects = {path: _innermost(path, projects) for path in modules}
    if len(set(of_projects.values()) - {""}) > 1:
        return Parting(PROJECT, {path: of_projects[path] or packages[path] for path in modules})
    return Parting(PACKAGE, packages)


def _innermost(path: str, folders: Collection[str]) -> str:
    return next((folder for folder in folders_above(folder_of(path)) if folder in folders), "")


def _packages(modules: Collection[str], index: ModuleIndex) -> dict[str, str]:
    """For each module the folder of the first two names it goes by, or the module itself.

    A top-level package of modules alone is one part, unless it is the only one of its root.
    """
    below = {path: _below(path, index) for path in modules}
    whole = _whole(below, index)
    found = {}
    for path, folders in below.items():
        if len(folders) > 1:
            found[path] = join(index.root(path), "/".join(folders[:2]))
        else:
            found[path] = folder_of(path) if folders and folder_of(path) in whole else path
    return found


def _whole(below: Mapping[str, Sequence[str]], index: ModuleIndex) -> set[str]:
    """The top-level packages that hold no others, where they are not alone at their root."""
    holders = {_top(path, folders) for path, folders in below.items() if len(folders) > 1}
    tops: dict[str, set[str]] = {}
    for path, folders in below.items():
        if folders:
            tops.setdefault(index.root(path), set()).add(_top(path, folders))
    return {top for beside in tops.values() if len(beside) > 1 for top in beside} - holders


def _below(path: str, index: ModuleIndex) -> list[str]:
    """The folders between a module's source root and the module."""
    root = index.root(path)
    folder = folder_of(path)[len(root) + 1 if root else 0 :]
    return folder.split("/") if folder else []


def _top(path: str, folders: Sequence[str]) -> str:
    """The folder of the top-level package around a module."""
    return folder_of(path).rsplit("/", len(folders) - 1)[0]


def parts_of(graph: ImportGraph, parted: Parting) -> Parts:
    """The parts with what they import of each other at import time."""
    bonds = _bonds(graph, parted)
    sizes = Counter(parted.part_of.values())
    out, into = Counter(one for one, _ in bonds), Counter(other for _, other in bonds)
    graph_of_parts: dict[str, list[str]] = {part: [] for part in sizes}
    for one, other in bonds:
        graph_of_parts[one].append(other)
    largest = sorted(sizes, key=lambda part: (-sizes[part], part))[:MOST_PARTS]
    pairs = [
        _thinner_first(bonds[one, other], bonds[other, one])
        for one, other in sorted(bonds)
        if one < other and (other, one) in bonds
    ]
    return Parts(
        kind=parted.kind,
        total=len(sizes),
        parts=tuple(
            Part(_named(graph, part), part, sizes[part], out[part], into[part]) for part in largest
        ),
        circles=tuple(_circles(graph_of_parts, bonds))[:MOST_CIRCLES],
        pairs=tuple(sorted(pairs, key=lambda pair: (pair[0].count, pair[0].name))[:MOST_PAIRS]),
        pair_total=len(pairs),
    )


def _bonds(graph: ImportGraph, parted: Parting) -> dict[Pair, Bond]:
    counts: Counter[Pair] = Counter()
    first: dict[Pair, tuple[str, int]] = {}
    for path, imported in graph.edges.items():
        for target, statement in imported.items():
            pair = parted.part_of[path], parted.part_of[target]
            if pair[0] != pair[1]:
                counts[pair] += 1
                place = path, statement.fact.line
                first[pair] = min(first.get(pair, place), place)
    return {
        pair: Bond(_named(graph, pair[0]), _named(graph, pair[1]), count, *first[pair])
        for pair, count in counts.items()
    }


def _thinner_first(one: Bond, other: Bond) -> tuple[Bond, Bond]:
    return (one, other) if one.count <= other.count else (other, one)


def _circles(
    graph: Mapping[str, Sequence[str]], bonds: Mapping[Pair, Bond]
) -> Iterator[PartCircle]:
    for members in circles(graph):
        way = shortest_cycle(graph, members)
        around = zip(way, (*way[1:], way[0]), strict=True)
        yield PartCircle(len(members), tuple(bonds[pair] for pair in around)[:MOST_STEPS])


def _named(graph: ImportGraph, part: str) -> str:
    """A part's dotted name; the folder where that is no package."""
    if part in graph.statements:
        return graph.index.name(part)
    name = graph.index.name(join(part, FACADE))
    return part if name == FACADE.removesuffix(".py") else name


def source_roots(graph: ImportGraph) -> tuple[SourceRoot, ...]:
    """Where dotted names start, the root with most modules first."""
    names: dict[str, Counter[str]] = {}
    for path in graph.statements:
        first = graph.index.name(path).partition(".")[0]
        names.setdefault(graph.index.root(path), Counter())[first] += 1
    ordered = sorted(names, key=lambda root: (-names[root].total(), root))
    return tuple(
        SourceRoot(
            folder=root,
            names=tuple(name for name, _ in names[root].most_common(MOST_NAMES)),
            modules=names[root].total(),
        )
        for root in ordered[:MOST_ROOTS]
    )
