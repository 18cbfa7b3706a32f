"""Something public has no docstring.

## What it finds
Public modules, classes and functions without a docstring: 0.5 each.

Functions count from six lines on. Not judged: properties, overloads, overrides, validators,
functions without a body of their own, and methods of a class with a base, whose docstring may stand
there.

Classes count at the top of a module from six lines on. Exceptions and classes called `Meta` or
`Config` are not judged.

Modules count from four statements on. Not judged: private ones, `__init__`, `__main__`, and modules
that only import.

## Why it matters
The docstring is where a caller learns what goes in, what comes out and what may go wrong. Without
it each of them reads the body, and takes what the code happens to do for what it promises.

## How to fix it
Say in one line what it is for, then what the types cannot say: units, shapes, errors.

Bad:

    def total(lines, rate):
        net = sum(line.price for line in lines)
        return net * (1 + rate)

Good:

    def total(lines, rate):
        \"\"\"The price of all lines with tax, in cents; the rate is 0.19 for 19 percent.\"\"\"
        net = sum(line.price for line in lines)
        return net * (1 + rate)

## When to accept it
Where a framework calls it by a fixed protocol that everyone on the team knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from scanner.domain.facts import MODULE, Class, Function
from scanner.rules.contexts import ModuleContext
from scanner.rules.naming.symbols import (
    decorated,
    heirs,
    is_error,
    public_classes,
    public_functions,
    site_of,
)
from scanner.rules.offences import WHOLE_FILE, Cost, Offence, millionths
from scanner.rules.records import module_rule
from scanner.rules.wording import brief

COST: Final = millionths(0.5)
_SETTINGS: Final = frozenset({"Meta", "Config"})
_SAID_ELSEWHERE: Final = frozenset(
    {
        "overload",
        "override",
        "overrides",
        "property",
        "cached_property",
        "setter",
        "getter",
        "deleter",
        "validator",
        "field_validator",
        "root_validator",
        "model_validator",
    }
)


def _judge(context: ModuleContext) -> Iterator[Offence]:
    if _is_bare_module(context):
        yield Offence(
            line=1,
            end_line=max(1, context.module.lines),
            symbol=MODULE,
            message=f"The module {brief(context.file_name)} has no docstring; say what it is for.",
            costs=(Cost(COST, WHOLE_FILE),),
        )
    short = context.limits.undocumented_lines
    for found in public_classes(context.module):
        if found.end_line - found.line + 1 > short and _is_bare_class(found):
            yield _offence(found, "class")
    inherits = context.once(heirs)
    for function in public_functions(context.module):
        if function.lines > short and _is_bare_function(function, inherits):
            yield _offence(function, "function")


def _offence(found: Class | Function, kind: str) -> Offence:
    return Offence(
        line=found.line,
        end_line=found.end_line,
        symbol=found.name,
        message=f"The public {kind} {brief(found.name)} has no docstring; say what a caller has to "
        "know.",
        costs=(Cost(COST, site_of(found)),),
    )


def _is_bare_module(context: ModuleContext) -> bool:
    module = context.module
    if module.has_docstring or context.file_name.startswith("_") or module.imports_only:
        return False
    return module.statements > context.limits.undocumented_statements


def _is_bare_class(found: Class) -> bool:
    is_top = "." not in found.name
    return is_top and not (found.has_docstring or found.name in _SETTINGS or is_error(found))


def _is_bare_function(function: Function, inherits: Mapping[str, bool]) -> bool:
    if function.has_docstring or function.is_stub or inherits.get(function.owner, False):
        return False
    return not decorated(function, _SAID_ELSEWHERE)


RULE = module_rule("NM06", "missing-public-docstring", effort=5, page=__doc__, judge=_judge)
