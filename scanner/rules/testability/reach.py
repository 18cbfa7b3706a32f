"""Which production modules the tests of a repository reach."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from scanner.domain.facts import Import, Module
from scanner.domain.import_graph import ImportGraph, Statement
from scanner.domain.resolution import FACADE, folder_of, join
from scanner.domain.scope import Layout
from scanner.domain.scope_names import FOLDERS, TEST
from scanner.rules.contexts import Survey
from scanner.rules.layering.imports import import_graph
from scanner.rules.testability import testable
from scanner.rules.testability.loading import (
    called_commands,
    loaded_by_django,
    named_in_texts,
    walked_packages,
)
from scanner.rules.testability.namesakes import Namesakes

_FOR_DEVELOPERS: Final = frozenset({"tools", "tool", "scripts", "script", "ci", "dev", "devtools"})


@dataclass(frozen=True, slots=True)
class Tests:
    """The test modules of a tree, and the production modules that they reach.

    `unread` are test files that could not be measured; what they reach is not known.
    """

    modules: Mapping[str, Module]
    unread: frozenset[str]
    direct: frozenset[str]  # imported by a test module, or a package around what is
    reached: frozenset[str]  # also by way of others, or loaded by a framework
    namesakes: Namesakes
    homes: frozenset[str]  # folders with tests of their own inside them

    @property
    def exist(self) -> bool:
        """Whether there is a test function, or a test file that may hold one."""
        return bool(self.unread) or any(
            function.name.rpartition(".")[2].startswith("test")
            for module in self.modules.values()
            for function in module.functions
        )


def tests_of(survey: Survey) -> Tests:
    """Find the tests of a tree and follow their imports."""
    paths = [path for path in survey.project.paths if path.endswith(".py")]
    layout = Layout.of(paths, survey.project.config)
    modules = {
        path: module
        for path, module in survey.others.items()
        if path.endswith(".py") and layout.reason(path, module) == TEST
    }
    known = survey.others.keys() | survey.modules.keys()
    unread = frozenset(
        path for path in paths if path not in known and path.rpartition("/")[2].startswith("test_")
    )
    direct, reached = _reach(survey, modules)
    files = (*modules, *unread)
    homes = frozenset(map(_home, files)) - {""}
    return Tests(modules, unread, direct, reached, Namesakes(files), homes)


def untested(survey: Survey) -> Mapping[str, int]:
    """How many functions could be tested in each module that no test imports or is named after."""
    tests = survey.once(tests_of)
    if not tests.exist:
        return {}
    return {
        path: count
        for path, module in survey.modules.items()
        if (count := testable(module))
        and path not in tests.direct
        and path.partition("/")[0].lower() not in _FOR_DEVELOPERS
        and not tests.namesakes.of(path)
    }


def _home(path: str) -> str:
    """The folder whose modules a test file inside it is for; "" for the top of the tree."""
    folders = path.split("/")[:-1]
    places = (place for place, name in enumerate(folders) if name.lower() in FOLDERS[TEST])
    return "/".join(folders[: next(places, len(folders))])


def _reach(survey: Survey, tests: Mapping[str, Module]) -> tuple[frozenset[str], frozenset[str]]:
    """What test modules import, and what is reached from there or loaded by name."""
    graph = survey.once(import_graph)
    direct = _imported_by_tests(survey, graph, tests)
    direct.update(called_commands(survey, tests))
    direct = _with_packages(direct)
    seeds = {*direct, *named_in_texts(survey, graph.index), *walked_packages(survey)}
    reached = _closed(graph, seeds)
    reached = _closed(graph, reached | set(loaded_by_django(survey, reached)))
    return frozenset(direct), frozenset(reached)


def _imported_by_tests(survey: Survey, graph: ImportGraph, tests: Mapping[str, Module]) -> set[str]:
    """The modules that test modules import, and those whose names a package hands on to them."""
    direct: set[str] = set()
    asked: set[tuple[str, frozenset[str]]] = set()  # of packages
    for path, module in tests.items():
        for statement in survey.graphs.statements(graph.index, path, module):
            if statement.fact.type_checking:
                continue
            direct.update(statement.targets)
            facades = [each for each in statement.targets if each.endswith(FACADE)]
            asked.update([(each, _asked_of(each, statement.fact)) for each in facades])
    for target, names in asked:
        direct.update(_handed_on(graph, target, names))
    return direct


def _handed_on(graph: ImportGraph, package: str, asked: frozenset[str]) -> Iterator[str]:
    """The modules whose names a package's `__init__` hands on to who asks for these names."""
    waiting = [(package, asked)]
    seen = {package}
    while waiting:
        path, names = waiting.pop()
        yield path
        for statement in _of_facade(graph, path):
            offered = statement.fact.names
            if names and names.isdisjoint((*offered, "*")):
                continue
            fresh = [each for each in statement.targets if each not in seen]
            seen.update(fresh)
            waiting += [(each, names & {*offered} or names) for each in fresh]


def _of_facade(graph: ImportGraph, path: str) -> Iterator[Statement]:
    """What the `__init__` of a package imports by name, perhaps to hand it on."""
    if path.rpartition("/")[2] == FACADE:
        yield from (each for each in graph.statements.get(path, ()) if each.fact.is_from)


def _asked_of(target: str, fact: Import) -> frozenset[str]:
    """The names that a statement asks for of a package; none for the package as a whole.

    Whoever imports a package as a whole may use all that it hands on.
    """
    whole = folder_of(target).rpartition("/")[2]
    if not fact.is_from or whole in fact.names or "*" in fact.names:
        return frozenset()
    return frozenset(fact.names)


def _closed(graph: ImportGraph, seeds: Iterable[str]) -> set[str]:
    """These modules with all that they import, and the packages around them."""
    reached = _with_packages(seeds)
    waiting = list(reached)
    while waiting:
        fresh = _with_packages(_imported(graph, waiting.pop()) - reached) - reached
        reached |= fresh
        waiting.extend(fresh)
    return reached


def _imported(graph: ImportGraph, path: str) -> set[str]:
    return {
        target
        for statement in graph.statements.get(path, ())
        if not statement.fact.type_checking
        for target in statement.targets
    }


def _with_packages(paths: Iterable[str]) -> set[str]:
    """Modules, and the `__init__` of every folder around them, which runs before."""
    found = set(paths)
    folders: set[str] = set()
    for path in found:
        folder = folder_of(path)
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder_of(folder)
    return found.union([join(folder, FACADE) for folder in folders])
