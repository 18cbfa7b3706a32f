"""A comment silences every type error on its line, not the one that was meant.

## What it finds
Comments `# type: ignore` that name no error code; each costs one. Before all code, such a comment
hides the errors of the whole file, and the message says so.

## Why it matters
The comment was written for one error. It also hides the next ones: a renamed argument, a None that
was not expected, a call of a function that is gone. They are found in production.

## How to fix it
Let the checker say which code it would have reported (mypy shows it with the error) and write that
one down, with the reason if it is not plain. With `warn_unused_ignores` the comment is reported
when it is no longer needed, and `enable_error_code = ["ignore-without-code"]` keeps new ones out.

Bad:

    value = load(path)  # type: ignore

Good:

    value = load(path)  # type: ignore[no-untyped-call]

## When to accept it
A line that two type checkers complain about under different codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.domain.facts import MODULE, Module
from scanner.rules.contexts import ModuleContext
from scanner.rules.offences import Cost, Offence, millionths
from scanner.rules.records import module_rule

COST = 1.0
_IN_HEADER = re.compile(r"^#\s*type:\s*ignore\s*(?:#|$)", re.MULTILINE)
"""Before all code, the comment speaks for the whole file."""


def _judge(context: ModuleContext) -> Iterator[Offence]:
    ignores = [pragma for pragma in context.module.pragmas if pragma.kind == "type-ignore"]
    opens_file = bool(ignores) and _IN_HEADER.search(context.module.header) is not None
    for pragma in ignores:
        if pragma.codes:
            continue
        where = "in this file" if opens_file and pragma is ignores[0] else "on this line"
        yield Offence(
            line=pragma.line,
            end_line=pragma.line,
            symbol=_symbol_at(context.module, pragma.line),
            message=(
                f"`# type: ignore` without a code hides every type error {where}; "
                "name the one that is meant, like `# type: ignore[arg-type]`."
            ),
            costs=(Cost(millionths(COST)),),
            digest="type: ignore",
        )


def _symbol_at(module: Module, line: int) -> str:
    """The innermost function or class around a line."""
    spans = [(item.line, item.end_line, item.name) for item in module.functions]
    spans += [(item.line, item.end_line, item.name) for item in module.classes]
    around = [(first, name) for first, last, name in spans if first <= line <= last]
    return max(around)[1] if around else MODULE


RULE = module_rule("TY05", "blanket-type-ignore", effort=3, page=__doc__, judge=_judge)
