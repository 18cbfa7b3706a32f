"""A class is named in camelCase or with words joined by underscores.

## What it finds
Public classes outside functions named like `orderLine` or `Order_Line`: 1 each. Not judged: names
all in small letters, which imitate a builtin or a context manager; classes that are used like
functions, since they define `__call__`, `__enter__`, `__aenter__`, `__iter__`, `__get__` or
`__set__`; and ctypes structures, whose names come from C.

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

_WRONG: Final = re.compile(r"[a-z][a-z0-9]*[A-Z]|[A-Z][a-z]+[A-Za-z0-9]*_[A-Za-z]")
_USED_LIKE_FUNCTIONS: Final = frozenset(
    {"__call__", "__enter__", "__aenter__", "__iter__", "__get__", "__set__"}
)


def _judge(context: ModuleContext) -> Iterator[Offence]:
    for found in public_classes(context.module):
        if _WRONG.match(last(found.name)) and not _is_exempt(found, context.module):
            yield Offence(
                line=found.line,
                end_line=found.end_line,
                symbol=found.name,
                message=f"{brief(found.name)} is a class; name it in CapWords, without "
                "underscores.",
                costs=(Cost(MILLION, site_of(found)),),
            )


def _is_exempt(found: Class, module: Module) -> bool:
    if any("Structure" in base for base in found.bases):
        return True
    return any(
        function.owner == found.name and last(function.name) in _USED_LIKE_FUNCTIONS
        for function in module.functions
    )


RULE = module_rule("NM02", "class-name", effort=15, page=__doc__, judge=_judge)
