"""Which modules of a tree import which, statement by statement and at import time.

An edge is what a statement outside functions and outside `if TYPE_CHECKING:` names: the submodule
in `from package import submodule`, the package's `__init__` where the name is defined there. That
the `__init__` of every package around a module runs first makes no edge: a facade would else tie
each of its modules to all others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

from scanner.domain.facts import Import, Module
from scanner.domain.graph import Graph
from scanner.domain.lasting import Lasting
from scanner.domain.project import ProjectFacts
from scanner.domain.resolution import (
    PROJECT_FILES,
    Differences,
    ModuleIndex,
    Tree,
    folder_of,
    is_own_package,
)

Found = TypeVar("Found")


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
        """The edges without those to the `__init__` of a package around the importer."""
        return core_of(self.edges)


def core_of(edges: Graph) -> Graph:
    """These edges without those to the `__init__` of a package around the importer.

    Such an `__init__` has always started before the importer, whoever imports it.
    """
    return {
        importer: [path for path in imported if not is_own_package(importer, path)]
        for importer, imported in edges.items()
    }


class GraphMemory:
    """What stays true from one tree to the next, so that one changed file does not resolve all.

    Statements of a module stay resolved while its facts are the same object, and no name in them
    is one that the paths, roots and first parts of names in the tree now say otherwise of.
    """

    def __init__(self) -> None:
        self.lasting = Lasting()
        self._statements: dict[str, _Resolved[tuple[Statement, ...]]] = {}
        self._texts: dict[str, _Resolved[frozenset[str]]] = {}
        self._known: tuple[object, ModuleIndex] | None = None

    def forget(self, path: str) -> None:
        """Drop what is known of a file that went."""
        self.lasting.forget(path)
        self._statements.pop(path, None)
        self._texts.pop(path, None)

    def first_parts(self, modules: Mapping[str, Module]) -> frozenset[str]:
        """The first parts of all absolute imports."""
        parts = self.lasting.each(_first_parts, modules)
        return self.lasting.same(_first_parts, "", frozenset().union(*parts.values()))

    def index(self, tree: Tree) -> ModuleIndex:
        """The index of a tree; what it resolves otherwise than the last one is forgotten."""
        paths = tuple([path for path in tree.files if _matters(path)])
        key = (paths, tree.in_scope, tree.source_roots, tree.imported)
        if self._known is None or self._known[0] != key:
            before, index = self._known, ModuleIndex(tree)
            self._known = (key, index)
            self._forget_others(index.differences(before[1]) if before else None)
        return self._known[1]

    def _forget_others(self, differences: Differences | None) -> None:
        """Forget what an index resolves otherwise; everything where that cannot be told."""
        for known in (self._statements, self._texts):
            if differences is None:
                known.clear()
                continue
            touched = [
                path
                for path, resolved in known.items()
                if differences.touch(folder_of(path), resolved.words)
            ]
            for path in touched:
                del known[path]

    def statements(
        self, index: ModuleIndex, modules: Mapping[str, Module]
    ) -> dict[str, tuple[Statement, ...]]:
        """The resolved statements of modules."""
        known = self._statements
        return {
            path: there.found
            if (there := known.get(path)) is not None and there.module is module
            else self._resolve(index, path, module)
            for path, module in modules.items()
        }

    def _resolve(self, index: ModuleIndex, path: str, module: Module) -> tuple[Statement, ...]:
        known = self._statements.get(path)  # of its last version, and as true as ever
        before = {_asked(each.fact): each[2:] for each in known.found} if known else {}
        found = tuple(
            [
                Statement(place, fact, *(before.get(_asked(fact)) or index.resolve(path, fact)))
                for place, fact in enumerate(module.imports)
            ]
        )
        found = self.lasting.same(Statement, path, found)
        self._statements[path] = _Resolved(module, found, _words(module.imports))
        return found

    def named_in_texts(
        self, index: ModuleIndex, modules: Mapping[str, Module]
    ) -> Iterator[frozenset[str]]:
        """The modules whose dotted names stand in texts of each of these."""
        known = self._texts
        for path, module in modules.items():
            there = known.get(path)
            if there is not None and there.module is module:
                yield there.found
            else:
                yield self._named(index, path, module)

    def _named(self, index: ModuleIndex, path: str, module: Module) -> frozenset[str]:
        facts = [_as_import(text) for text in module.dotted_texts]
        targets = [target for fact in facts for target in index.resolve(path, fact).targets]
        found = self.lasting.same(_as_import, path, frozenset(targets))
        self._texts[path] = _Resolved(module, found, _words(facts))
        return found


class _Resolved(NamedTuple, Generic[Found]):
    """What was found for a module, and the words that it was looked up by."""

    module: Module
    found: Found
    words: frozenset[str]


def _words(facts: Iterable[Import]) -> frozenset[str]:
    """All parts of the names that statements ask for."""
    return frozenset(
        part for fact in facts for name in (fact.module, *fact.names) for part in name.split(".")
    )


def _asked(fact: Import) -> tuple[int, bool, str, tuple[str, ...]]:
    """What decides where a statement leads, beside the module that it stands in."""
    return fact.level, fact.is_from, fact.module, fact.names


def _as_import(text: str) -> Import:
    module, _, name = text.rpartition(".")
    return Import(0, 0, "", True, module, (name,), 0, False, False, False, False, "")


def build(
    project: ProjectFacts,
    modules: Mapping[str, Module],
    others: Mapping[str, Module],
    memory: GraphMemory | None = None,
) -> ImportGraph:
    """Resolve every import statement of `modules`; `others` only help to tell names apart."""
    memory = memory or GraphMemory()
    lasting = memory.lasting
    in_scope = lasting.same(build, "", frozenset(modules))
    tree = Tree(
        files=project.paths,
        in_scope=in_scope,
        source_roots=project.config.source_roots,
        imported=memory.first_parts({**others, **modules}),
    )
    index = memory.index(tree)
    statements = memory.statements(index, modules)
    return ImportGraph(index, statements, lasting.each(_edges, statements, in_scope))


def _matters(path: str) -> bool:
    """Whether a file says something about where names lead."""
    return path.endswith(".py") or path.rpartition("/")[2] in PROJECT_FILES


def _first_parts(path: str, module: Module) -> frozenset[str]:
    return frozenset(
        name.partition(".")[0]
        for fact in module.imports
        if not fact.level
        for name in ((fact.module,) if fact.is_from else fact.names)
    )


def _edges(
    path: str, statements: Iterable[Statement], modules: Collection[str]
) -> Mapping[str, Statement]:
    found: dict[str, Statement] = {}
    for statement in statements:
        if statement.at_import_time:
            for target in statement.targets:
                if target in modules:
                    found.setdefault(target, statement)
    return found
