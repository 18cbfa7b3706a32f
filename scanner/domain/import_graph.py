"""Which modules of a tree import which, statement by statement and at import time.

An edge is what a statement outside functions and outside `if TYPE_CHECKING:` names: the submodule
in `from package import submodule`, the package's `__init__` where the name is defined there. That
the `__init__` of every package around a module runs first makes no edge: a facade would else tie
each of its modules to all others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from scanner.domain.facts import Import, Module
from scanner.domain.graph import Graph
from scanner.domain.project import ProjectFacts
from scanner.domain.resolution import ModuleIndex, Tree, is_own_package


class Statement(NamedTuple):
    """One import statement of a module, with where it leads."""

    place: int  # its index among the module's import statements
    fact: Import
    targets: tuple[str, ...]  # other modules of the tree
    outside: tuple[str, ...]  # dotted names that are not in the tree
    is_internal: bool

    @property
    def at_import_time(self) -> bool:
        """Whether it runs when its module is first imported."""
        fact = self.fact
        return not (fact.in_function or fact.type_checking or fact.in_main_guard)


@dataclass(frozen=True)
class ImportGraph:
    """The import statements of the measured modules in scope, by path.

    `edges` holds, by importer and imported module, the first statement that imports it at import
    time; both ends are modules in scope.
    """

    index: ModuleIndex
    statements: Mapping[str, tuple[Statement, ...]]
    edges: Mapping[str, Mapping[str, Statement]]

    @cached_property
    def core(self) -> Graph:
        """The edges without those to the `__init__` of a package around the importer.

        Such an `__init__` has always started before the importer, whoever imports it.
        """
        return {
            importer: [path for path in imported if not is_own_package(importer, path)]
            for importer, imported in self.edges.items()
        }


def build(
    project: ProjectFacts, modules: Mapping[str, Module], others: Mapping[str, Module]
) -> ImportGraph:
    """Resolve every import statement of `modules`; `others` only help to tell names apart."""
    tree = Tree(
        files=project.paths,
        in_scope=frozenset(modules),
        source_roots=project.config.source_roots,
        imported=_first_parts((*modules.values(), *others.values())),
    )
    index = ModuleIndex(tree)
    statements = {
        path: tuple(
            _statement(index, path, place, fact) for place, fact in enumerate(facts.imports)
        )
        for path, facts in modules.items()
    }
    edges = {path: _edges(found, modules) for path, found in statements.items()}
    return ImportGraph(index, statements, edges)


def _first_parts(modules: Iterable[Module]) -> frozenset[str]:
    return frozenset(
        name.partition(".")[0]
        for module in modules
        for fact in module.imports
        if not fact.level
        for name in ((fact.module,) if fact.is_from else fact.names)
    )


def _statement(index: ModuleIndex, path: str, place: int, fact: Import) -> Statement:
    return Statement(place, fact, *index.resolve(path, fact))


def _edges(
    statements: Iterable[Statement], modules: Mapping[str, Module]
) -> Mapping[str, Statement]:
    found: dict[str, Statement] = {}
    for statement in statements:
        if statement.at_import_time:
            for target in statement.targets:
                if target in modules:
                    found.setdefault(target, statement)
    return found
