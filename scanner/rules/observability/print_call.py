"""A print where a log line belongs.

## What it finds
`print` in code that is not run at a terminal: cost 1. Exempt: prints with `file=`, in a main guard,
in functions, classes and files whose name says that they print, show, dump or report, in modules
that define a `print` of their own, and in command-line code: modules with a main guard or an
argument parser, in folders such as `cli`, `scripts` and `commands`, or named like `cli.py`.

## Why it matters
A print has no level, no time and no name, and cannot be switched off. In a server it is lost or
mixed into somebody else's output.

## How to fix it
Log it.

Bad:

    def ship(order):
        print("shipping", order.number)

Good:

    def ship(order):
        log.info("shipping", extra={"order": order.number})

## When to accept it
Where the module talks to a person at a terminal, and nothing in its name or imports says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from scanner.rules.contexts import ModuleContext
from scanner.rules.observability.places import prints
from scanner.rules.offences import Cost, Offence, millionths
from scanner.rules.records import module_rule

COST: Final = millionths(1)
_SHOWING: Final = re.compile(
    r"(?:^|_)(?:p{0,2}print|show|display|dump|report|help|usage|main|debug|profil|repr|write|output"
    r"|summary|echo|console)",
    re.IGNORECASE,
)


def _is_meant(symbol: str, file_name: str) -> bool:
    """Whether the function, class or file around says by its name that it prints."""
    return any(_SHOWING.search(part) for part in (*symbol.split(".")[-2:], file_name))


def _judge(context: ModuleContext) -> Iterator[Offence]:
    own = {function.name for function in context.module.functions}
    if not context.module.print_calls or context.is_command_line or "print" in own:
        return
    for site, call in prints(context):
        if call.has_file or call.in_main_guard or _is_meant(call.symbol, context.file_name):
            continue
        yield Offence(
            line=call.line,
            end_line=call.end_line,
            symbol=call.symbol,
            message="`print` has no level and no name, and cannot be switched off: log it.",
            costs=(Cost(COST, site),),
            digest=call.digest,
        )


RULE = module_rule("OB01", "print-call", effort=5, page=__doc__, judge=_judge)
