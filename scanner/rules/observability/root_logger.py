"""The root logger is used instead of one named after the module.

## What it finds
Calls such as `logging.info` and `logging.error`, on the module itself: cost 0.5.

## Why it matters
The line does not say where it comes from, and its level cannot be set for one part of the program.
Where nothing is configured yet, the call also configures the root logger by itself.

## How to fix it
Make a logger for the module.

Bad:

    logging.warning("stock is low")

Good:

    log = logging.getLogger(__name__)
    log.warning("stock is low")

## When to accept it
In a script of one file, where the root logger is the only one.
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


def _judge(context: ModuleContext) -> Iterator[Offence]:
    for site, call in logs(context):
        receiver, _, _ = call.name.rpartition(".")
        if receiver == "logging":
            yield Offence(
                line=call.line,
                end_line=call.end_line,
                symbol=call.symbol,
                message=(
                    f"{brief(call.name)} goes to the root logger: "
                    "use `logging.getLogger(__name__)`."
                ),
                costs=(Cost(COST, site),),
                digest=call.digest,
            )


RULE = module_rule("OB03", "root-logger", effort=3, page=__doc__, judge=_judge)
