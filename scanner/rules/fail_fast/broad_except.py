"""Every error is caught and logged without its traceback, and the program goes on.

## What it finds
`except Exception`, `except BaseException` and bare `except:` that log, print or show something and
go on: cost 1, or 0.5 when the message holds the error or a comment explains it. Logging counts by
the logger's methods, by print, echo and flash, by warnings, by writing to stderr or stdout, and by
functions named log_, report_, show_, warn_, notify_ and the like. So does a failure that is only
spoken of: a text or a constant such as "invalid body" or `FAILED` that is returned or stored, or a
list of errors that grows.

Exempt: the traceback is told (`logger.exception`, `exc_info`, the functions of `traceback`,
`capture_exception` and their kin); the error is raised again, or the program ends; the error is
handed on, stored, asserted or returned; clean-up inside a handler that raises.

## Why it matters
"could not load: 'name'" is all that remains of an error that could have come from any line below.
Without the traceback nobody finds it, and since every error is caught, a mistake in the program
looks like bad weather.

## How to fix it
Log with `logger.exception`, or catch the errors that you expect, by type; then the short message is
enough.

Bad:

    try:
        import_orders(feed)
    except Exception as error:
        logger.error("import failed: %s", error)

Good:

    try:
        import_orders(feed)
    except FeedError as error:
        logger.error("import failed: %s", error)

## When to accept it
In a command, where the message goes to a person at a terminal who would be lost in a traceback.
"""

from __future__ import annotations

from collections.abc import Iterator

from scanner.rules.contexts import ModuleContext
from scanner.rules.fail_fast.handling import Handling, handlings
from scanner.rules.fail_fast.wording import around, clause
from scanner.rules.offences import Cost, Offence, millionths
from scanner.rules.records import module_rule

COST = millionths(1)
NAMED = millionths(0.5)


def _judge(context: ModuleContext) -> Iterator[Offence]:
    for handling in context.once(handlings):
        if _is_offender(handling):
            fact = handling.fact
            told = (
                "tells the error without" if handling.names_error else "tells neither the error nor"
            )
            yield Offence(
                line=fact.line,
                end_line=fact.end_line,
                symbol=fact.symbol,
                message=(
                    f"{clause(handling)}{around(fact.tried)} {told} its traceback, and goes on; "
                    "log the traceback, or catch the errors you expect, by type."
                ),
                costs=(Cost(_cost(handling), handling.site),),
                digest=fact.digest,
            )


def _cost(handling: Handling) -> int:
    return NAMED if handling.names_error or handling.fact.commented else COST


def _is_offender(handling: Handling) -> bool:
    return (
        handling.is_broad and handling.goes_on and handling.is_told and not handling.has_traceback
    )


RULE = module_rule("FF03", "broad-except", effort=5, page=__doc__, judge=_judge)
