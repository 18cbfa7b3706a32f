"""Where each module of a tree leads: what decides which production modules tests reach.

Ways hold no lines, so they stay equal while a module's imports and texts say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from scanner.domain.facts import CALLED_COMMANDS, Import, Module
from scanner.domain.import_graph import Statement
from scanner.domain.resolution import FACADE, ModuleIndex, folder_of
from scanner.rules.contexts import Survey
from scanner.rules.layering.imports import import_graph

WALKER: Final = "pkgutil"
Names = frozenset[str]


class Way(NamedTuple):
    """Where one module leads."""

    targets: frozenset[str]  # what it imports, but for type checkers
    asked: frozenset[tuple[str, Names]]  # packages, and the names it asks of each
    offered: tuple[tuple[Names, tuple[str, ...]], ...]  # names it imports, with where from
    walks: bool  # it uses pkgutil
    is_django: bool  # it imports Django


class Ways(NamedTuple):
    """Where the modules of a tree lead, by path."""

    production: tuple[tuple[str, Way], ...]
    tests: tuple[tuple[str, Way], ...]
    named: frozenset[str]  # modules whose dotted names stand in a text anywhere
    called: frozenset[str]  # management commands that tests call


def ways_of(survey: Survey, tests: Mapping[str, Module]) -> Ways:
    """The ways of a survey; the very same object while no way differs."""
    lasting, index = survey.lasting, survey.once(import_graph).index
    statements = survey.graphs.statements(index, {**survey.modules, **tests})
    each = lasting.each(_way, statements)
    ways = Ways(
        tuple([(path, each[path]) for path in survey.modules]),
        tuple([(path, each[path]) for path in tests]),
        frozenset().union(*_named(survey, index)),
        frozenset().union(*lasting.each(_commands, tests).values()),
    )
    return lasting.same(ways_of, "", ways)


def _named(survey: Survey, index: ModuleIndex) -> Iterator[frozenset[str]]:
    yield from survey.graphs.named_in_texts(index, survey.modules)
    yield from survey.graphs.named_in_texts(index, survey.others)


def _way(path: str, statements: tuple[Statement, ...]) -> Way:
    run = [each for each in statements if not each.fact.type_checking]
    return Way(
        targets=frozenset([target for each in run for target in each.targets]),
        asked=frozenset(_asked(run)),
        offered=tuple(_offered(statements)) if path.rpartition("/")[2] == FACADE else (),
        walks=any(_walks(each.fact) for each in statements),
        is_django=any(_is_of_django(each.fact) for each in statements),
    )


def _asked(statements: Iterable[Statement]) -> Iterator[tuple[str, Names]]:
    for statement in statements:
        for target in statement.targets:
            if target.endswith(FACADE):
                yield target, _asked_of(target, statement.fact)


def _asked_of(target: str, fact: Import) -> Names:
    """The names that a statement asks for of a package; none for the package as a whole.

    Whoever imports a package as a whole may use all that it hands on.
    """
    whole = folder_of(target).rpartition("/")[2]
    if not fact.is_from or whole in fact.names or "*" in fact.names:
        return frozenset()
    return frozenset(fact.names)


def _offered(statements: Iterable[Statement]) -> Iterator[tuple[Names, tuple[str, ...]]]:
    """What the `__init__` of a package imports by name, perhaps to hand it on."""
    for statement in statements:
        if statement.fact.is_from:
            yield frozenset(statement.fact.names), statement.targets


def _commands(path: str, module: Module) -> frozenset[str]:
    """The management commands that a test module calls."""
    texts = [text for text in module.dotted_texts if text.startswith(CALLED_COMMANDS)]
    return frozenset([text.removeprefix(CALLED_COMMANDS) for text in texts])


def _walks(fact: Import) -> bool:
    return fact.module == WALKER if fact.is_from else WALKER in fact.names


def _is_of_django(fact: Import) -> bool:
    modules = (fact.module,) if fact.is_from else fact.names
    return not fact.level and any(name.partition(".")[0] == "django" for name in modules)
