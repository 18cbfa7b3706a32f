"""The import graph of installed packages, against grimp's."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TypeGuard

import grimp
import pytest

from scanner.domain.graph import circles
from scanner.domain.import_graph import ImportGraph, build
from scanner.domain.project import ProjectFacts
from tests.scanner.installed import FOLDER, modules_of

PACKAGES = ("celery", "click", "hypothesis", "pydantic", "rich", "structlog")
Edge = tuple[str, str]


def graph_of(package: str) -> ImportGraph:
    """Our graph of a package."""
    modules = modules_of(package)
    return build(ProjectFacts(tuple(modules)), modules, {})


def deferred_lines(path: str) -> set[int]:
    """The lines of a module that run only when a function is called, or the module as a program."""
    tree = ast.parse((FOLDER / path).read_bytes())
    return {
        line
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or is_main_guard(node)
        for line in range(node.body[0].lineno, (node.end_lineno or node.lineno) + 1)
    }


def is_main_guard(node: ast.AST) -> TypeGuard[ast.If]:
    """Whether a statement is `if __name__ == "__main__":`."""
    return isinstance(node, ast.If) and "__name__ == '__main__'" in ast.unparse(node.test)


def grimp_graph(package: str, ours: ImportGraph) -> grimp.ImportGraph:
    """Grimp's graph with the imports inside functions taken out; it has no word for them."""
    graph = grimp.build_graph(package, exclude_type_checking_imports=True, cache_dir=None)
    for path in ours.edges:
        deferred = deferred_lines(path)
        importer = ours.index.name(path)
        for imported in sorted(graph.find_modules_directly_imported_by(importer)):
            details = graph.get_import_details(importer=importer, imported=imported)
            if importer == imported or all(item["line_number"] in deferred for item in details):
                graph.remove_import(importer=importer, imported=imported)
    return graph


def edges(graph: grimp.ImportGraph) -> Iterator[Edge]:
    """Grimp's direct imports."""
    for importer in graph.modules:
        for imported in graph.find_modules_directly_imported_by(importer):
            yield importer, imported


def knots(graph: grimp.ImportGraph) -> set[frozenset[str]]:
    """Modules that grimp finds upstream of each other."""
    upstream = {module: graph.find_upstream_modules(module) for module in graph.modules}
    found = {
        frozenset({module, *(other for other in above if module in upstream[other])})
        for module, above in upstream.items()
    }
    return {knot for knot in found if len(knot) > 1}


@pytest.mark.parametrize("package", PACKAGES)
def test_edges_and_circles_are_grimps(package: str) -> None:
    ours = graph_of(package)
    theirs = grimp_graph(package, ours)
    name = ours.index.name
    found = {(name(one), name(other)) for one, others in ours.edges.items() for other in others}
    assert found == set(edges(theirs))
    assert {frozenset(map(name, knot)) for knot in circles(ours.edges)} == knots(theirs)


def test_some_of_them_have_circles() -> None:
    counts = {package: len(circles(graph_of(package).edges)) for package in PACKAGES}
    assert {package for package, count in counts.items() if count} >= {
        "click",
        "hypothesis",
    }
