"""A function or method is not named in snake_case.

## What it finds
Public functions and methods with capital letters in their names: 1 each. Private functions are not
judged, nor are functions inside functions.

Let pass are names that are set elsewhere: methods of a class with a base, and what is marked as a
property or an override. So are names that begin with a capital, as factories do (`def Lock()`);
names in which whole words after an underscore name something else, such as an acronym, a class or a
command (`to_SI`, `visit_FunctionDef`, `do_GET`); methods of visitors (`visitName`, `enterName`,
`exitName`); and the names of unittest (`setUp`, `assertEqual`, `testTotal`).

## Why it matters
Two spellings for one kind of thing mean that nobody can guess a name. Every use becomes a search,
and every wrong guess an AttributeError at run time.

## How to fix it
Write the words in small letters with underscores. If others call the function, keep the old name
as an alias that warns for a release.

Bad:

    def totalOf(order):
        return sum(order.lines)

Good:

    def total_of(order):
        return sum(order.lines)

## When to accept it
Where the interface is one of another language or library, as in a wrapper of Qt or of a DOM.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from scanner.domain.facts import Function
from scanner.domain.findings import MILLION
from scanner.rules.contexts import ModuleContext
from scanner.rules.naming.symbols import decorated, heirs, last, public_functions, site_of
from scanner.rules.offences import Cost, Offence
from scanner.rules.records import module_rule
from scanner.rules.wording import brief

FOLLOWED: Final[Mapping[str, re.Pattern[str]]] = {
    "begin with a capital": re.compile(r"[A-Z].*"),
    "whole words after an underscore": re.compile(
        r"[a-z0-9]+(?:_(?:[a-z0-9]*|[A-Z][A-Za-z0-9]*))+"
    ),
    "methods of visitors": re.compile(r"(?:visit|depart|leave|enter|exit)[A-Z]\w*"),
    "the names of unittest": re.compile(
        r"(?:setUp|tearDown)(?:Class|Module|TestData)?|async(?:SetUp|TearDown)|runTest"
        r"|(?:assert|test)\w+"
    ),
}
"""Other conventions that a name may follow, as the page tells of them."""

_SET_ELSEWHERE: Final = frozenset(
    {"property", "cached_property", "setter", "getter", "deleter", "override", "overrides"}
)


def _judge(context: ModuleContext) -> Iterator[Offence]:
    for function in public_functions(context.module):
        name = last(function.name)
        if name == name.lower() or follows_another(name):
            continue
        if not is_set_elsewhere(function, context.once(heirs)):
            yield Offence(
                line=function.line,
                end_line=function.end_line,
                symbol=function.name,
                message=f"{brief(function.name)} is a function; name it in snake_case.",
                costs=(Cost(MILLION, site_of(function)),),
            )


def follows_another(name: str) -> bool:
    """Whether a name follows another convention."""
    return any(pattern.fullmatch(name) for pattern in FOLLOWED.values())


def is_set_elsewhere(function: Function, inherits: Mapping[str, bool]) -> bool:
    """Whether a base class or what stands before the function may have set its name."""
    return inherits.get(function.owner, False) or decorated(function, _SET_ELSEWHERE)


RULE = module_rule("NM03", "function-name", effort=10, page=__doc__, judge=_judge)
