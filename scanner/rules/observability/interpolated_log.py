"""A log message is put together before the logger sees it.

## What it finds
Messages built as an f-string with fields, with `%`, with `.format` or with `+`: cost 0.5. Exempt:
templates put together with `+` whose values are given beside them, f-strings without fields, and
sums of constants.

## Why it matters
Lines that differ only in a value no longer have one text, so they can be neither counted nor
grouped nor searched for. The text is also made when the level is off.

## How to fix it
Give the values apart from the message.

Bad:

    log.info(f"order {order.number} shipped")

Good:

    log.info("order %s shipped", order.number)

## When to accept it
Where the logger takes no arguments and the line is never searched for.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from scanner.rules.contexts import ModuleContext
from scanner.rules.observability.places import logs
from scanner.rules.offences import Cost, Offence, millionths
from scanner.rules.records import module_rule
from scanner.rules.wording import brief

COST: Final = millionths(0.5)
_WAYS: Final = {
    "f-string": "an f-string",
    "percent": "`%`",
    "format": "`format`",
    "concatenation": "`+`",
}


def _judge(context: ModuleContext) -> Iterator[Offence]:
    for site, call in logs(context):
        way = _WAYS.get(call.message)
        if way is not None:
            yield Offence(
                line=call.line,
                end_line=call.end_line,
                symbol=call.symbol,
                message=(
                    f"The message of {brief(call.name)} is built with {way}: "
                    "give its values as arguments."
                ),
                costs=(Cost(COST, site),),
                digest=call.digest,
            )


RULE = module_rule("OB02", "interpolated-log", effort=3, page=__doc__, judge=_judge)
