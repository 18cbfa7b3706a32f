"""A class is named in camelCase or with words joined by underscores.

## What it finds
Public classes outside functions named like `orderLine` or `Order_Line`: 1 each. Private classes are
not judged, nor are classes inside functions.

Let pass are names in small letters alone, which imitate a builtin, a function or a context manager
(`class cached_property`), and names in capitals alone, which imitate a constant or the keyword of
another language (`class DOUBLE_PRECISION`). A last underscore keeps clear of a builtin
(`class SyntaxError_`). Let pass are also camel case names of what is used like a
function, since it defines `__call__`, `__enter__`, `__aenter__`, `__get__` or `__set__`, and ctypes
structures, whose names come from C.

## Why it matters
A capital at the front tells a class from a function or a value wherever it is used. A reader who
cannot rely on it has to look up what every call returns.

## How to fix it
Write each word with a capital, without underscores.

Bad:

    class Order_Line:
        quantity = 1

Good:

    class OrderLine:
        quantity = 1

## When to accept it
When the name is fixed outside: by a file format, a protocol, generated clients.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from scanner.domain.facts import Class, Module
from scanner.domain.findings import MILLION
from scanner.rules.contexts import ModuleContext
from scanner.rules.naming.symbols import last, public_classes, site_of
from scanner.rules.offences import Cost, Offence
from scanner.rules.records import module_rule
from scanner.rules.wording import brief

_CAMEL: Final = re.compile(r"[a-z]+[a-z0-9_]*[A-Z]")
_JOINED: Final = re.compile(r"[A-Z].*[A-Za-z0-9]_[A-Za-z]|[A-Z].*[A-Za-z]_[0-9]")
_USED_LIKE_FUNCTIONS: Final = frozenset(
    {"__call__", "__enter__", "__aenter__", "__get__", "__set__"}
)


def _judge(context: ModuleContext) -> Iterator[Offence]:
    for found in public_classes(context.module):
        name = last(found.name)
        if is_one_case(name) or is_structure(found):
            continue
        is_camel = _CAMEL.match(name) is not None and not acts_like_function(found, context.module)
        if is_camel or _JOINED.match(name.rstrip("_")):
            yield Offence(
                line=found.line,
                end_line=found.end_line,
                symbol=found.name,
                message=f"{brief(found.name)} is a class; name it in CapWords, without "
                "underscores.",
                costs=(Cost(MILLION, site_of(found)),),
            )


def is_one_case(name: str) -> bool:
    """Whether all letters of a name are small, or all are capitals."""
    return name in (name.lower(), name.upper())


def is_structure(found: Class) -> bool:
    """Whether a class describes a structure of C."""
    return any("Structure" in base for base in found.bases)


def acts_like_function(found: Class, module: Module) -> bool:
    """Whether what a class makes is called, entered or read like a function's."""
    return any(
        function.owner == found.name and last(function.name) in _USED_LIKE_FUNCTIONS
        for function in module.functions
    )


RULE = module_rule("NM02", "class-name", effort=15, page=__doc__, judge=_judge)
