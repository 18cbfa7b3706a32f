"""A function nests its control flow too deeply.

## What it finds
Functions in which if, for, while, try, with and match stand more than four deep. An
`elif` is as deep as its `if`. The cost is a quarter of the function's lines (at most 50).

## Why it matters
At the fifth level a reader has to hold four conditions in mind to know when a line
runs. That is where a branch gets attached to the wrong `if` and where the error path is forgotten.

## How to fix it
Turn conditions around and leave early with return or continue; move the body of the
inner loop into a function; put several context managers into one `with`.

Bad:

    for order in orders:
        if order.is_open:
            for line in order.lines:
                if line.stock:
                    with lock(line):
                        ship(line)

Good:

    for order in filter(is_open, orders):
        ship_lines(order.lines)

## When to accept it
Hardly ever. A loop over the dimensions of a table may need its levels.
"""

from __future__ import annotations

from collections.abc import Iterator

from scanner.rules.complexity import site_of
from scanner.rules.contexts import ModuleContext
from scanner.rules.offences import Cost, Offence, millionths
from scanner.rules.records import module_rule
from scanner.rules.wording import brief

SHARE = 0.25


def _judge(context: ModuleContext) -> Iterator[Offence]:
    limits = context.limits
    for function in context.module.functions:
        if function.depth <= limits.nesting:
            continue
        lines = min(function.lines, limits.function_lines)
        yield Offence(
            line=function.line,
            end_line=function.end_line,
            symbol=function.name,
            message=(
                f"{brief(function.name)} nests control flow {function.depth} deep, limit "
                f"{limits.nesting}; return early, or move the inner block into a function."
            ),
            costs=(Cost(millionths(SHARE * lines), site_of(function)),),
        )


RULE = module_rule("CX03", "deep-nesting", effort=20, page=__doc__, judge=_judge)
