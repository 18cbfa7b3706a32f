"""The picture of a tree's layers, circles and parts, out of what the rules look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain

from scanner.domain.architecture import (
    MOST_BREACHES,
    MOST_CIRCLES,
    MOST_FLOWS,
    MOST_FOLDERS,
    MOST_NAMES,
    MOST_STEPS,
    Architecture,
    Breach,
    Circle,
    Flow,
    LayerFolder,
    Step,
)
from scanner.domain.import_graph import ImportGraph, Statement
from scanner.domain.layers import DOMAIN, ORDER, Layering
from scanner.domain.parts import parting, parts_of, source_roots
from scanner.domain.resolution import folder_of, join
from scanner.domain.suggested_layers import named_folders, suggestion
from scanner.rules.contexts import Survey
from scanner.rules.layering.imports import (
    Ring,
    import_graph,
    infrastructure_in,
    layering,
    outward_targets,
    rings,
)


def architecture(survey: Survey) -> Architecture:
    """Everything that the page of layers shows, bounded. The survey's graph is made once."""
    graph, known = survey.once(import_graph), survey.once(layering)
    parted = parting(survey.modules, survey.project.paths, graph.index)
    breaches = sorted(_breaches(graph, known), key=lambda each: (each.path, each.line, each.rule))
    circles = survey.once(rings)
    is_known = bool(known.places)
    return Architecture(
        is_declared=known.is_declared,
        modules=len(survey.modules),
        layered=len(known.places),
        folders=_folders(known),
        flows=_flows(graph, known),
        breaches=tuple(breaches[:MOST_BREACHES]),
        breach_total=len(breaches),
        circles=tuple(_circle(graph, ring) for ring in circles[:MOST_CIRCLES]),
        circle_total=len(circles),
        parts=parts_of(graph, parted),
        roots=source_roots(graph),
        named=() if is_known else named_folders(survey.modules)[:MOST_NAMES],
        suggestion=None if is_known else suggestion(graph, parted),
        services=tuple(_services(survey))[:MOST_NAMES],
    )


def _folders(known: Layering) -> tuple[LayerFolder, ...]:
    """The folders of each layer, the largest first; of a lone package those inside the layers."""
    is_alone = len({place.package for place in known.places.values()}) == 1
    counts: Counter[tuple[str, str, str]] = Counter()
    for path, place in known.places.items():
        folder = place.folder or folder_of(path)
        if is_alone and place.folder:
            first, inside, _ = path[len(folder) + 1 :].partition("/")
            folder = join(folder, first) if inside else folder
        counts[place.layer, place.package, folder] += 1
    ordered = sorted(counts.items(), key=lambda item: (ORDER.index(item[0][0]), -item[1], item[0]))
    return tuple(LayerFolder(*key, count) for key, count in ordered[:MOST_FOLDERS])


def _flows(graph: ImportGraph, known: Layering) -> tuple[Flow, ...]:
    allowed: Counter[tuple[str, str, str, str]] = Counter()
    breaking: Counter[tuple[str, str, str, str]] = Counter()
    for path, statement in _layered(graph, known):
        for target in statement.targets:
            if target in known.places and not known.breaks(path, target):
                allowed[_way(known, path, target)] += 1
        for target in outward_targets(statement, path, known)[:1]:
            breaking[_way(known, path, target)] += 1
    ordered = sorted(allowed | breaking, key=lambda key: (-breaking[key], -allowed[key], key))
    return tuple(Flow(*key, allowed[key], breaking[key]) for key in ordered[:MOST_FLOWS])


def _way(known: Layering, path: str, target: str) -> tuple[str, str, str, str]:
    one, other = known.places[path], known.places[target]
    return one.package, one.layer, other.package, other.layer


def _layered(graph: ImportGraph, known: Layering) -> Iterator[tuple[str, Statement]]:
    """The import statements of modules with a layer; those for the type checker left out."""
    for path in known.places:
        for statement in graph.statements[path]:
            if not statement.fact.type_checking:
                yield path, statement


def _breaches(graph: ImportGraph, known: Layering) -> Iterator[Breach]:
    for path, statement in _layered(graph, known):
        outward = outward_targets(statement, path, known)
        if outward:
            yield _outward(graph, known, path, statement, outward[0])
        packages = infrastructure_in(statement) if known.layer(path) == DOMAIN else ()
        if packages:
            yield _outside(graph, known, path, statement, ", ".join(packages))


def _outward(
    graph: ImportGraph, known: Layering, path: str, statement: Statement, target: str
) -> Breach:
    one, other = known.places[path], known.places[target]
    return Breach(
        rule="LA01",
        path=path,
        line=statement.fact.line,
        package=one.package,
        layer=one.layer,
        name=graph.index.name(path),
        to_name=graph.index.name(target),
        to_path=target,
        to_package=other.package,
        to_layer=other.layer,
    )


def _outside(
    graph: ImportGraph, known: Layering, path: str, statement: Statement, packages: str
) -> Breach:
    place = known.places[path]
    return Breach(
        rule="LA02",
        path=path,
        line=statement.fact.line,
        package=place.package,
        layer=place.layer,
        name=graph.index.name(path),
        to_name=packages,
        to_path="",
        to_package="",
        to_layer="",
    )


def _circle(graph: ImportGraph, ring: Ring) -> Circle:
    around = zip(ring.way, chain(ring.way[1:], ring.way[:1]), strict=True)
    steps = (
        Step(graph.index.name(path), path, graph.edges[path][target].fact.line)
        for path, target in around
    )
    return Circle(len(ring.members), tuple(steps)[:MOST_STEPS])


def _services(survey: Survey) -> Iterator[str]:
    """The modules that import FastAPI's application class."""
    for path, module in survey.modules.items():
        if any(fact.module == "fastapi" and "FastAPI" in fact.names for fact in module.imports):
            yield path
