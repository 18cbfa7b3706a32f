"""What the rules of naming look at: public classes and functions, and what their classes are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from scanner.domain.facts import Class, Function, Module
from scanner.rules.contexts import ModuleContext

_PLAIN_BASES: Final = frozenset({"object", "ABC", "Generic", "Protocol"})
"""Bases that hand down no names."""

_ERRORS: Final = ("Error", "Exception", "Warning")


def site_of(found: Class | Function) -> str:
    """The key of a name's site: no two definitions begin on one line."""
    return f"{found.line}"


def last(dotted: str) -> str:
    """The last part of a dotted name."""
    return dotted.rpartition(".")[2]


def is_public(symbol: str) -> bool:
    """Whether no part of a qualified name begins with an underscore."""
    return not any(part.startswith("_") for part in symbol.split("."))


def public_classes(module: Module) -> Iterator[Class]:
    """Classes outside functions whose names are public."""
    return (each for each in module.classes if not each.is_nested and is_public(each.name))


def public_functions(module: Module) -> Iterator[Function]:
    """Functions and methods, not inside other functions, whose names are public."""
    return (each for each in module.functions if not each.is_nested and is_public(each.name))


def heirs(context: ModuleContext) -> Mapping[str, bool]:
    """By name, whether a class has a base that may set the names of its methods."""
    return {
        found.name: any(last(base) not in _PLAIN_BASES for base in found.bases)
        for found in context.module.classes
    }


def is_error(found: Class) -> bool:
    """Whether a class is an exception."""
    return any(base.endswith(_ERRORS) for base in found.bases)


def decorated(function: Function, names: frozenset[str]) -> bool:
    """Whether one of these decorators stands on a function."""
    return any(last(decorator) in names for decorator in function.decorators)
