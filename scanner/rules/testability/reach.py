"""Which production modules the tests of a repository reach."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from scanner.domain.facts import Module
from scanner.domain.project import ProjectConfig
from scanner.domain.resolution import FACADE, folder_of, join
from scanner.domain.scope import Layout
from scanner.domain.scope_names import FOLDERS, TEST
from scanner.rules.contexts import Survey
from scanner.rules.testability import testable
from scanner.rules.testability.loading import called_commands, loaded_by_django, walked_packages
from scanner.rules.testability.namesakes import Namesakes
from scanner.rules.testability.ways import Names, Way, Ways, ways_of

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
    lasting = survey.lasting
    known = [path for path in survey.project.paths if path.endswith(".py")]
    paths = lasting.same(tests_of, "", tuple(known))
    layout = lasting.same(Layout, "", lasting.of(_layout, "", paths, survey.project.config))
    others = {path: each for path, each in survey.others.items() if path.endswith(".py")}
    are_tests = lasting.each(_is_test, others, layout)
    modules = {path: module for path, module in others.items() if are_tests[path]}
    measured = survey.others.keys() | survey.modules.keys()
    unread = frozenset(
        [
            path
            for path in paths
            if path not in measured and path.rpartition("/")[2].startswith("test_")
        ]
    )
    direct, reached = lasting.of(_reach, "", ways_of(survey, modules))
    files = lasting.same(Tests, "", (*modules, *unread))
    namesakes, homes = lasting.of(_named, "", files), lasting.of(_homes, "", files)
    return Tests(modules, unread, direct, reached, namesakes, homes)


def untested(survey: Survey) -> Mapping[str, int]:
    """How many functions could be tested in each module that no test imports or is named after."""
    tests = survey.once(tests_of)
    if not tests.exist:
        return {}
    lasting = survey.lasting
    return {
        path: count
        for path, count in survey.once(testables).items()
        if path not in tests.direct
        and path.partition("/")[0].lower() not in _FOR_DEVELOPERS
        and not lasting.of(_is_namesake, path, tests.namesakes)
    }


def testables(survey: Survey) -> Mapping[str, int]:
    """How many functions could be tested in each production module that has one."""
    counts = survey.lasting.each(_count, survey.modules)
    return {path: count for path, count in counts.items() if count}


def _count(path: str, module: Module) -> int:
    return testable(module)


def _layout(path: str, paths: tuple[str, ...], config: ProjectConfig) -> Layout:
    return Layout.of(paths, config)


def _is_test(path: str, module: Module, layout: Layout) -> bool:
    return layout.reason(path, module) == TEST


def _named(path: str, files: tuple[str, ...]) -> Namesakes:
    return Namesakes(files)


def _is_namesake(path: str, namesakes: Namesakes) -> bool:
    return namesakes.of(path)


def _homes(path: str, files: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(_home, files)) - {""}


def _home(path: str) -> str:
    """The folder whose modules a test file inside it is for; "" for the top of the tree."""
    folders = path.split("/")[:-1]
    places = (place for place, name in enumerate(folders) if name.lower() in FOLDERS[TEST])
    return "/".join(folders[: next(places, len(folders))])


def _reach(path: str, ways: Ways) -> tuple[frozenset[str], frozenset[str]]:
    """What test modules import, and what is reached from there or loaded by name."""
    by_path = dict(ways.production)
    direct = _imported_by_tests(ways, by_path)
    direct.update(called_commands(ways))
    direct = _with_packages(direct)
    reached = _closed(by_path, {*direct, *ways.named, *walked_packages(ways)})
    reached = _closed(by_path, reached | set(loaded_by_django(ways, reached)))
    return frozenset(direct), frozenset(reached)


def _imported_by_tests(ways: Ways, by_path: Mapping[str, Way]) -> set[str]:
    """The modules that test modules import, and those whose names a package hands on to them."""
    found = [way for _, way in ways.tests]
    direct = set[str]().union(*[way.targets for way in found])
    asked = set[tuple[str, Names]]().union(*[way.asked for way in found])
    for target, names in asked:
        direct.update(_handed_on(by_path, target, names))
    return direct


def _handed_on(by_path: Mapping[str, Way], package: str, asked: Names) -> Iterator[str]:
    """The modules whose names a package's `__init__` hands on to who asks for these names."""
    waiting = [(package, asked)]
    seen = {package}
    while waiting:
        path, names = waiting.pop()
        yield path
        for offered, targets in by_path[path].offered if path in by_path else ():
            if names and names.isdisjoint(offered):
                continue
            fresh = [each for each in targets if each not in seen]
            seen.update(fresh)
            waiting += [(each, names & offered or names) for each in fresh]


def _closed(by_path: Mapping[str, Way], seeds: Iterable[str]) -> set[str]:
    """These modules with all that they import, and the packages around them."""
    reached = _with_packages(seeds)
    waiting = list(reached)
    while waiting:
        way = by_path.get(waiting.pop())
        if way is not None and not way.targets <= reached:
            fresh = _with_packages(way.targets - reached) - reached
            reached |= fresh
            waiting.extend(fresh)
    return reached


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
