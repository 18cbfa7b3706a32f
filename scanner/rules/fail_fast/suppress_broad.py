"""`contextlib.suppress` swallows every error.

## What it finds
`contextlib.suppress` with Exception or BaseException: cost 2, or 1 in a function whose name says
that it passes over errors (safe_, try_, drop_, quiet_ and the like). Exempt: functions that close
something, by name, `__del__`, `__repr__` and `__str__`, and bodies that call nothing but what
closes, as for silent-except (FF01).

## Why it matters
It is an empty `except Exception` in a shorter form: mistakes in the program vanish together with
the errors that were meant.

## How to fix it
Name the error that you expect.

Bad:

    with contextlib.suppress(Exception):
        cache.delete(key)

Good:

    with contextlib.suppress(CacheMissError):
        cache.delete(key)

## When to accept it
Around code that must never disturb its host, such as a monitoring hook.
"""

from __future__ import annotations

from collections.abc import Iterator

from scanner.rules.contexts import ModuleContext
from scanner.rules.fail_fast.handling import is_broad, is_closing, is_promised
from scanner.rules.fail_fast.places import suppresses
from scanner.rules.fail_fast.wording import around
from scanner.rules.offences import Cost, Offence, millionths
from scanner.rules.records import module_rule

COST = millionths(2)
PROMISED = millionths(1)


def _judge(context: ModuleContext) -> Iterator[Offence]:
    for site, fact in suppresses(context):
        if is_broad(fact.types) and not is_closing(fact.symbol, fact.tried):
            names = ", ".join(name.rpartition(".")[2] for name in fact.types)
            yield Offence(
                line=fact.line,
                end_line=fact.end_line,
                symbol=fact.symbol,
                message=(
                    f"`suppress({names[:80]})`{around(fact.tried)} swallows every error; "
                    "name the one you expect."
                ),
                costs=(Cost(PROMISED if is_promised(fact.symbol) else COST, site),),
                digest=fact.digest,
            )


RULE = module_rule("FF08", "suppress-broad", effort=5, page=__doc__, judge=_judge)
