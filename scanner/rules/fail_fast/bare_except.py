"""A bare `except:` catches even the wish to stop.

## What it finds
`except:` without a type that does not raise again, by itself or by a function or context whose name
says so (`save_and_reraise`): cost 2. Cost 1 where it logs the traceback or a comment explains it.

## Why it matters
A bare clause catches KeyboardInterrupt, SystemExit and the cancellation of a task too. A program
that holds one cannot be stopped with Ctrl-C at that place, and a worker told to end goes on.

## How to fix it
Name the errors that you expect. If it must be everything, write `except Exception`; if something
has to be undone first, raise again afterwards.

Bad:

    try:
        sync(account)
    except:
        log.exception("sync failed")

Good:

    try:
        sync(account)
    except ConnectionError:
        log.exception("sync of %s failed", account.id)

## When to accept it
Where foreign code is run that may raise anything, and stopping is seen to in another way.
"""

from __future__ import annotations

from collections.abc import Iterator

from scanner.rules.contexts import ModuleContext
from scanner.rules.fail_fast.handling import handlings
from scanner.rules.fail_fast.wording import around
from scanner.rules.offences import Cost, Offence, millionths
from scanner.rules.records import module_rule

COST = millionths(2)
EXCUSED = millionths(1)


def _judge(context: ModuleContext) -> Iterator[Offence]:
    for handling in context.once(handlings):
        fact = handling.fact
        if handling.is_bare and not handling.raises:
            excused = handling.has_traceback or fact.commented
            yield Offence(
                line=fact.line,
                end_line=fact.end_line,
                symbol=fact.symbol,
                message=(
                    f"Bare `except:`{around(fact.tried)} also catches Ctrl-C and SystemExit, and "
                    "does not raise again. Name the errors you expect."
                ),
                costs=(Cost(EXCUSED if excused else COST, handling.site),),
                digest=fact.digest,
            )


RULE = module_rule("FF02", "bare-except", effort=5, page=__doc__, judge=_judge)
