"""A function is too long to be read at once.

## What it finds
Functions of more than 50 body lines, from the first statement after the docstring to
the last, without the functions nested in them. Each line beyond the limit costs one line.

## Why it matters
A function that does not fit on a screen is not read, it is scrolled. Its variables
live too long, its steps depend on each other in ways that no signature shows, and it can only be
tested as a whole.

## How to fix it
Find the comments and blank lines that divide it into steps; each step is a function,
and its comment is the name. What the steps hand on becomes parameters and results.

Bad:

    def import_orders(path):
        # read the file
        ...
        # check each row
        ...
        # store what is valid
        ...

Good:

    def import_orders(path):
        rows = read_rows(path)
        valid = [row for row in rows if check(row)]
        store(valid)

## When to accept it
A sequence without branches that only makes sense in one piece, such as the
options of a command-line parser.
"""

from __future__ import annotations

from collections.abc import Iterator

from scanner.rules.complexity import site_of
from scanner.rules.contexts import ModuleContext
from scanner.rules.offences import Cost, Offence, millionths
from scanner.rules.records import module_rule
from scanner.rules.wording import brief, counted

LINES_A_MINUTE = 4


def _judge(context: ModuleContext) -> Iterator[Offence]:
    limit = context.limits.function_lines
    for function in context.module.functions:
        beyond = function.lines - limit
        if beyond <= 0:
            continue
        yield Offence(
            line=function.line,
            end_line=function.end_line,
            symbol=function.name,
            message=(
                f"{brief(function.name)} has {counted(function.lines, 'line')}, limit {limit}; "
                "make a function of each of its steps."
            ),
            costs=(Cost(millionths(beyond), site_of(function)),),
            effort=RULE.effort + beyond // LINES_A_MINUTE,
        )


RULE = module_rule("CX02", "long-function", effort=15, page=__doc__, judge=_judge)
