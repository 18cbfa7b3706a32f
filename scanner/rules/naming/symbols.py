"""What the rules of naming look at: public classes and functions, and what their classes are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from scanner.domain.facts import Class, Function, Module
from scanner.rules.contexts import ModuleContext

_TYPING: Final = ("typing", "typing_extensions")
_PLAIN_BASES: Final = frozenset(
    {"object", "abc.ABC"}
    | {f"{home}.Generic" for home in _TYPING}
    | {f"{home}.Protocol" for home in _TYPING}
)
"""Bases that hand down no names."""

_DATA_DECORATORS: Final = frozenset(
    {"dataclass", "define", "frozen", "mutable", "attrs", "s", "attributes"}
)
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


def is_private_module(path: str) -> bool:
    """Whether a module, or a folder around it, has a name that begins with one underscore."""
    return any(part[:1] == "_" and part[:2] != "__" for part in path.split("/"))


def has_base(found: Class) -> bool:
    """Whether a class has a base that may hand down names and documentation."""
    return any(base not in _PLAIN_BASES for base in found.bases)


def heirs(context: ModuleContext) -> Mapping[str, bool]:
    """By name, whether a class has a base that may set the names of its methods."""
    return {found.name: has_base(found) for found in context.module.classes}


def is_error(found: Class) -> bool:
    """Whether a class is an exception."""
    return any(base.endswith(_ERRORS) for base in found.bases)


def is_data(found: Class) -> bool:
    """Whether a class is made of its fields by a decorator."""
    return any(last(decorator) in _DATA_DECORATORS for decorator in found.decorators)


def decorated(function: Function, names: frozenset[str]) -> bool:
    """Whether one of these decorators stands on a function."""
    return any(last(decorator) in names for decorator in function.decorators)
