"""An outgoing connection may wait for ever.

## What it finds
`timeout=None` given to httpx or aiohttp, and `asyncio.open_connection` awaited outside
`asyncio.timeout`, `asyncio.wait_for` and their kin in anyio: cost 1. Exempt:

- a coroutine of the module that is itself called inside a timeout
- functions whose name says that they keep a stream open: stream, listen, subscribe, watch, events,
  sse or websocket
- Unix sockets, which a process of the same machine accepts at once or not at all

## Why it matters
A server that accepts and never answers holds the task, its connection and its memory. Enough of
them and the process serves nobody, without a single error.

## How to fix it
Say how long an answer may take.

Bad:

    reader, writer = await asyncio.open_connection(host, port)

Good:

    async with asyncio.timeout(10):
        reader, writer = await asyncio.open_connection(host, port)

## When to accept it
For streams that are meant to stay open, where something else notices a dead peer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from scanner.domain.facts import AsyncCall, Module
from scanner.rules.contexts import ModuleContext
from scanner.rules.offences import Cost, Offence, millionths
from scanner.rules.records import module_rule
from scanner.rules.wording import brief

COST: Final = millionths(1)
_CONNECTION: Final = "asyncio.open_connection"
_STREAMING: Final = re.compile(
    r"stream|listen|subscri|watch|events|(?:^|_)(?:sse|ws)(?:_|$)|websocket", re.IGNORECASE
)
_CLIENTS: Final = ("httpx.", "aiohttp.")


def _timed_names(module: Module) -> frozenset[str]:
    """Last names of what is called inside a timeout."""
    return frozenset(c.name.rpartition(".")[2] for c in module.async_calls if c.is_timed)


def _is_endless(call: AsyncCall, timed: frozenset[str]) -> bool:
    name = call.symbol.rpartition(".")[2]
    if _STREAMING.search(name):
        return False
    if call.name.startswith(_CLIENTS):
        return call.timeout == "none"
    if call.name != _CONNECTION or call.use != "awaited" or call.is_timed:
        return False
    return name not in timed


def _judge(context: ModuleContext) -> Iterator[Offence]:
    timed = _timed_names(context.module)
    for call in context.module.async_calls:
        if _is_endless(call, timed):
            yield Offence(
                line=call.line,
                end_line=call.end_line,
                symbol=call.symbol,
                message=f"{brief(call.name)} may wait for ever: give it a timeout.",
                costs=(Cost(COST),),
                digest=call.digest,
            )


RULE = module_rule("AS05", "no-timeout", effort=10, page=__doc__, judge=_judge)
