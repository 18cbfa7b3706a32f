"""Which modules of a tree import which, statement by statement and at import time.

An edge is what a statement outside functions and outside `if TYPE_CHECKING:` names: the submodule
in `from package import submodule`, the package's `__init__` where the name is defined there. That
the `__init__` of every package around a module runs first makes no edge: a facade would else tie
each of its modules to all others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from scanner.domain.facts import Import, Module
from scanner.domain.graph import Graph
from scanner.domain.project import ProjectFacts
from scanner.domain.resolution import PROJECT_FILES, ModuleIndex, Tree, is_own_package


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


class GraphMemory:
    """What stays true from one tree to the next, so that one changed file does not resolve all.

    Statements of a module stay resolved while its facts are the same object and the paths, roots
    and first parts of names in the tree are equal.
    """

    def __init__(self) -> None:
        self._parts: dict[str, tuple[Module, frozenset[str]]] = {}
        self._statements: dict[str, tuple[Module, tuple[Statement, ...]]] = {}
        self._known: tuple[object, ModuleIndex] | None = None

    def first_parts(self, modules: Mapping[str, Module]) -> frozenset[str]:
        """The first parts of all absolute imports."""
        for path, module in modules.items():
            known = self._parts.get(path)
            if known is None or known[0] is not module:
                self._parts[path] = (module, frozenset(_first_parts(module)))
        for path in [path for path in self._parts if path not in modules]:
            del self._parts[path]
            self._statements.pop(path, None)
        return frozenset().union(*[parts for _, parts in self._parts.values()])

    def index(self, tree: Tree) -> ModuleIndex:
        """The index of a tree; what was resolved with another is forgotten."""
        paths = [path for path in tree.files if _matters(path)]
        key = (paths, frozenset(tree.in_scope), tree.source_roots, tree.imported)
        if self._known is None or self._known[0] != key:
            self._known = (key, ModuleIndex(tree))
            self._statements.clear()
        return self._known[1]

    def statements(self, index: ModuleIndex, path: str, module: Module) -> tuple[Statement, ...]:
        """The resolved statements of one module."""
        known = self._statements.get(path)
        if known is not None and known[0] is module:
            return known[1]
        found = tuple(
            [
                Statement(place, fact, *index.resolve(path, fact))
                for place, fact in enumerate(module.imports)
            ]
        )
        self._statements[path] = (module, found)
        return found


def build(
    project: ProjectFacts,
    modules: Mapping[str, Module],
    others: Mapping[str, Module],
    memory: GraphMemory | None = None,
) -> ImportGraph:
    """Resolve every import statement of `modules`; `others` only help to tell names apart."""
    memory = memory or GraphMemory()
    tree = Tree(
        files=project.paths,
        in_scope=frozenset(modules),
        source_roots=project.config.source_roots,
        imported=memory.first_parts({**others, **modules}),
    )
    index = memory.index(tree)
    statements = {path: memory.statements(index, path, facts) for path, facts in modules.items()}
    edges = {path: _edges(found, modules) for path, found in statements.items()}
    return ImportGraph(index, statements, edges)


def _matters(path: str) -> bool:
    """Whether a file says something about where names lead."""
    return path.endswith(".py") or path.rpartition("/")[2] in PROJECT_FILES


def _first_parts(module: Module) -> Iterator[str]:
    for fact in module.imports:
        if not fact.level:
            for name in (fact.module,) if fact.is_from else fact.names:
                yield name.partition(".")[0]


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
