"""A jump out of `finally` drops the error in flight.

## What it finds
`return`, `break` or `continue` that leaves a `finally` block: cost 2 each.

## Why it matters
When an error is on its way out, a jump in `finally` throws it away without a word, and a return
value that was already worked out as well. Nothing in the code looks like error handling, so
reviewers miss it. Python warns of it from 3.14 on.

## How to fix it
Do only clean-up in `finally`, and put the jump after it. If the error is to be dropped, say so in
an `except` with its type.

Bad:

    try:
        total = add_up(rows)
    finally:
        connection.close()
        return total

Good:

    try:
        total = add_up(rows)
    finally:
        connection.close()
    return total

## When to accept it
Hardly ever.
"""

from __future__ import annotations

from collections.abc import Iterator

from scanner.rules.contexts import ModuleContext
from scanner.rules.fail_fast.places import jumps
from scanner.rules.offences import Cost, Offence, millionths
from scanner.rules.records import module_rule

COST = millionths(2)


def _judge(context: ModuleContext) -> Iterator[Offence]:
    for site, jump in jumps(context):
        yield Offence(
            line=jump.line,
            end_line=jump.line,
            symbol=jump.symbol,
            message=(
                f"`{jump.statement}` leaves a finally block and drops the error in flight; "
                "move it after the try statement."
            ),
            costs=(Cost(COST, site),),
            digest=jump.digest,
        )


RULE = module_rule("FF05", "swallowed-in-finally", effort=10, page=__doc__, judge=_judge)
