"""A function has too many ways through it.

## What it finds
Functions with a cyclomatic complexity over 10, counted as radon does: one, and one more
for each branch, loop, handler, boolean operator, comprehension and case. Nested functions count for
themselves. The cost is the function's lines (at most 50) times the share of complexity beyond
the limit.

## Why it matters
Complexity is the number of tests that are needed to go through the function once
in each way. Above ten, nobody writes them, and reviewers stop checking the combinations.

## How to fix it
Return early for the odd cases; give each branch that does something of its own a
function with a name; replace a chain of comparisons by a table or by one class per case.

Bad:

    def price(order):
        if order.kind == "book":
            ...
        elif order.kind == "music" and order.country == "CH":
            ...
        # ... ten more branches

Good:

    PRICES = {"book": price_of_book, "music": price_of_music}

    def price(order):
        return PRICES[order.kind](order)

## When to accept it
A flat dispatch over a fixed outside format, where each branch is one line and a
table would say the same less clearly.
"""

from __future__ import annotations

from collections.abc import Iterator

from scanner.rules.complexity import site_of
from scanner.rules.contexts import ModuleContext
from scanner.rules.offences import Cost, Offence, millionths
from scanner.rules.records import module_rule
from scanner.rules.wording import brief

MINUTES_A_BRANCH = 3


def _judge(context: ModuleContext) -> Iterator[Offence]:
    limits = context.limits
    for function in context.module.functions:
        found = function.complexity
        if found <= limits.complexity:
            continue
        lines = min(function.lines, limits.function_lines)
        beyond = 1 - limits.complexity / found
        yield Offence(
            line=function.line,
            end_line=function.end_line,
            symbol=function.name,
            message=(
                f"{brief(function.name)} has complexity {found}, limit {limits.complexity}; "
                "split it into functions that decide one thing each."
            ),
            costs=(Cost(millionths(lines * beyond), site_of(function)),),
            effort=RULE.effort + MINUTES_A_BRANCH * (found - limits.complexity),
        )


RULE = module_rule("CX01", "complex-function", effort=20, page=__doc__, judge=_judge)
