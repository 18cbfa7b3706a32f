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
from collections.abc import Iterator, Sequence

from scanner.domain.facts import MODULE, Module
from scanner.rules.contexts import ModuleContext
from scanner.rules.offences import Cost, Offence, millionths
from scanner.rules.records import module_rule

COST = 1.0
_IN_HEADER = re.compile(r"^#\s*type:\s*ignore\s*(?:#|$)", re.MULTILINE)
"""Before all code, the comment speaks for the whole file."""


def _judge(context: ModuleContext) -> Iterator[Offence]:
    ignores = [pragma for pragma in context.module.pragmas if pragma.kind == "type-ignore"]
    blanket = [pragma.line for pragma in ignores if not pragma.codes]
    opens_file = bool(blanket) and _IN_HEADER.search(context.module.header) is not None
    for line, symbol in _symbols_at(context.module, blanket):
        where = "in this file" if opens_file and line == ignores[0].line else "on this line"
        yield Offence(
            line=line,
            end_line=line,
            symbol=symbol,
            message=(
                f"`# type: ignore` without a code hides every type error {where}; "
                "name the one that is meant, like `# type: ignore[arg-type]`."
            ),
            costs=(Cost(millionths(COST)),),
            digest="type: ignore",
        )


def _symbols_at(module: Module, lines: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Each line, in order, with the innermost function or class around it; in one sweep."""
    waiting = _spans(module) if lines else []
    around: list[tuple[int, int, str]] = []
    for line in sorted(lines):
        while waiting and waiting[-1][0] <= line:
            around.append(waiting.pop())
        while around and around[-1][1] < line:
            around.pop()
        yield line, around[-1][2] if around else MODULE


def _spans(module: Module) -> list[tuple[int, int, str]]:
    """First line, last line and name of functions and classes, the last one first."""
    spans = [(item.line, item.end_line, item.name) for item in module.functions]
    spans += [(item.line, item.end_line, item.name) for item in module.classes]
    return sorted(spans, reverse=True)


RULE = module_rule("TY05", "blanket-type-ignore", effort=3, page=__doc__, judge=_judge)
