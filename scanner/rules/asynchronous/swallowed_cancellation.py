"""A loop that cannot be cancelled: it catches the cancellation and goes on.

## What it finds
In a loop of an async function, a handler of CancelledError, or a bare one or one of BaseException
around an await, that neither raises nor leaves the loop nor hands the error on: cost 2. Exempt: a
handler around nothing but the await of another task, which was cancelled on purpose, and functions
that close something, by name.

## Why it matters
Cancelling is how a server stops a task: at shutdown, after a timeout, when the client has gone. A
loop that swallows it runs on, and shutdown hangs until the process is killed.

## How to fix it
Raise it again, or leave the loop.

Bad:

    async def watch(queue):
        while True:
            try:
                handle(await queue.get())
            except asyncio.CancelledError:
                log.info("cancelled")

Good:

    async def watch(queue):
        while True:
            try:
                handle(await queue.get())
            except asyncio.CancelledError:
                log.info("cancelled")
                raise

## When to accept it
Where the loop itself decides when it ends and its owner knows that it cannot be cancelled.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from scanner.rules.contexts import ModuleContext
from scanner.rules.fail_fast.handling import Handling, handlings
from scanner.rules.offences import Cost, Offence, millionths
from scanner.rules.records import module_rule

COST: Final = millionths(2)
_GOING_ON: Final = frozenset({"pass", "continue", "assign", "other"})


def _catches_cancellation(handling: Handling) -> bool:
    names = {name.rpartition(".")[2] for name in handling.fact.types}
    if "CancelledError" in names:
        return True
    return handling.fact.tries_await and (handling.is_bare or "BaseException" in names)


def _awaits_another(handling: Handling) -> bool:
    """`try: await task`: the cancellation is that of the task."""
    fact = handling.fact
    return fact.tries_await and fact.tried_statements == 1 and not fact.tried


def _swallows(handling: Handling) -> bool:
    fact = handling.fact
    if not (fact.in_async and fact.in_loop) or fact.leaves_loop or fact.shape not in _GOING_ON:
        return False
    if not handling.goes_on or handling.is_closing or _awaits_another(handling):
        return False
    return _catches_cancellation(handling)


def _judge(context: ModuleContext) -> Iterator[Offence]:
    for handling in context.once(handlings):
        if _swallows(handling):
            fact = handling.fact
            yield Offence(
                line=fact.line,
                end_line=fact.end_line,
                symbol=fact.symbol,
                message="The loop goes on after it was cancelled: raise the error again, or leave.",
                costs=(Cost(COST),),
                digest=fact.digest,
            )


RULE = module_rule("AS03", "swallowed-cancellation", effort=15, page=__doc__, judge=_judge)
