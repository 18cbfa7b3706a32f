"""A task is started, and nobody holds it.

## What it finds
`asyncio.create_task`, `ensure_future` and `create_task` of an event loop as a statement, their
result thrown away, or kept in a local name that nothing reads: cost 2. Task groups and nurseries
hold their tasks and are exempt.

## Why it matters
The event loop keeps only a weak reference to a task: one that nobody holds can be collected in the
middle of its work. Its error is told when it is collected, or never.

## How to fix it
Start it in a task group, or keep it in a set until it is done.

Bad:

    async def accept(order):
        asyncio.create_task(ship(order))

Good:

    async def accept(order, tasks):
        task = asyncio.create_task(ship(order))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

## When to accept it
Where the coroutine registers itself elsewhere before its first await.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from scanner.domain.facts import AsyncCall
from scanner.rules.contexts import ModuleContext
from scanner.rules.offences import Cost, Offence, millionths
from scanner.rules.records import module_rule
from scanner.rules.wording import brief

COST: Final = millionths(2)
_LOOP: Final = re.compile(r"(?:.*_)?loop(?:\(\))?")


def _starts_task(call: AsyncCall) -> bool:
    receiver, _, name = call.name.rpartition(".")
    if name not in ("create_task", "ensure_future"):
        return False
    last = receiver.rpartition(".")[2]
    return receiver == "asyncio" or _LOOP.fullmatch(last) is not None


def _judge(context: ModuleContext) -> Iterator[Offence]:
    for call in context.module.async_calls:
        if call.use in ("discarded", "unread") and _starts_task(call):
            yield Offence(
                line=call.line,
                end_line=call.end_line,
                symbol=call.symbol,
                message=(
                    f"{brief(call.name)} starts a task that nobody holds: it may vanish half-way, "
                    "and its error with it."
                ),
                costs=(Cost(COST),),
                digest=call.digest,
            )


RULE = module_rule("AS02", "untracked-task", effort=15, page=__doc__, judge=_judge)
