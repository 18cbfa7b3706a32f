"""An unexpected error is logged without its traceback.

## What it finds
A log call of level error, critical or fatal in a handler that catches everything and does not
raise, without `exc_info`, where the handler tells the traceback in no other way: cost 0.5. Exempt:
handlers that end the program, and clean-up inside another handler that raises.

## Why it matters
Nobody knew which error would come, so its message alone does not say where it came from.

## How to fix it
Log it with `exception`, or with `exc_info=True`.

Bad:

    try:
        ship(order)
    except Exception as error:
        log.error("not shipped: %s", error)

Good:

    try:
        ship(order)
    except Exception:
        log.exception("not shipped")

## When to accept it
Where the same error comes by the thousand and its place is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from scanner.domain.facts import LogCall
from scanner.rules.contexts import ModuleContext
from scanner.rules.fail_fast.calls import Deed
from scanner.rules.fail_fast.handling import Handling, handlings
from scanner.rules.observability.places import logs
from scanner.rules.offences import Cost, Offence, millionths
from scanner.rules.records import module_rule
from scanner.rules.wording import brief

COST: Final = millionths(0.5)
_LEVELS: Final = ("error", "critical", "fatal")


def _innermost(call: LogCall, all_handlings: tuple[Handling, ...]) -> Handling | None:
    """The handler that the call stands in, of the same function."""
    around = [
        handling
        for handling in all_handlings
        if handling.fact.symbol == call.symbol
        and handling.fact.line <= call.line <= handling.fact.end_line
    ]
    return max(around, key=lambda handling: handling.fact.line, default=None)


def _loses_traceback(handling: Handling) -> bool:
    fact = handling.fact
    if not handling.is_broad or fact.raises or fact.in_reraising_handler:
        return False
    return not handling.has_traceback and Deed.ENDED not in handling.deeds


def _judge(context: ModuleContext) -> Iterator[Offence]:
    for site, call in logs(context):
        if call.has_exc_info or call.name.rpartition(".")[2] not in _LEVELS:
            continue
        handling = _innermost(call, context.once(handlings))
        if handling is not None and _loses_traceback(handling):
            yield Offence(
                line=call.line,
                end_line=call.end_line,
                symbol=call.symbol,
                message=(
                    f"{brief(call.name)} tells an unexpected error without its traceback: "
                    "pass exc_info=True."
                ),
                costs=(Cost(COST, site),),
                digest=call.digest,
            )


RULE = module_rule("OB04", "error-without-traceback", effort=3, page=__doc__, judge=_judge)
