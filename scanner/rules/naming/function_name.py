"""A function or method is not named in snake_case.

## What it finds
Public functions and methods with capital letters in their names: 1 each. Not judged: methods of a
class with a base, whose names may be set there; functions inside functions; properties and what is
marked as an override; names that begin with a capital, as factories do; names of tests and of their
fixtures (`setUp`, `assertEqual`); names that dispatch on another name, such as
`visit_FunctionDef` or `do_GET`; and acronyms between underscores, such as `to_SI`.

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

_EXEMPT: Final = re.compile(
    r"[A-Z].*"
    r"|(?:visit_|depart_|do_|generate_|handle_|on_|test|setUp|tearDown|assert).*"
    r"|(?:visit|depart|leave|convert|parse|eval|print|format|handle|render|gen|emit|process|match)"
    r"_?[A-Z].*"
    r"|[a-z0-9_]*(?:_[A-Z0-9]+[a-z]*)+[a-z0-9_]*"
)
_SET_ELSEWHERE: Final = frozenset(
    {"property", "cached_property", "setter", "getter", "deleter", "override", "overrides"}
)


def _judge(context: ModuleContext) -> Iterator[Offence]:
    for function in public_functions(context.module):
        name = last(function.name)
        if name == name.lower() or _EXEMPT.fullmatch(name):
            continue
        if not _is_set_elsewhere(function, context.once(heirs)):
            yield Offence(
                line=function.line,
                end_line=function.end_line,
                symbol=function.name,
                message=f"{brief(function.name)} is a function; name it in snake_case.",
                costs=(Cost(MILLION, site_of(function)),),
            )


def _is_set_elsewhere(function: Function, inherits: Mapping[str, bool]) -> bool:
    return inherits.get(function.owner, False) or decorated(function, _SET_ELSEWHERE)


RULE = module_rule("NM03", "function-name", effort=10, page=__doc__, judge=_judge)
