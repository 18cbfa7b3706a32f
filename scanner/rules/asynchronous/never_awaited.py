"""A coroutine is called and never awaited: nothing runs.

## What it finds
A call, as a statement of its own, of a plain coroutine of the same module, or of a coroutine method
of the same class through `self`: cost 3. Decorated functions are exempt, since a decorator may turn
them into something else, and so is a name that is also defined without `async`.

## Why it matters
Calling a coroutine function only makes a coroutine object. Without `await` its body is never
entered; the only trace is a warning when the object is collected.

## How to fix it
Await it, or start it as a task that is held.

Bad:

    async def close(self):
        self.flush()

    async def flush(self):
        await self.stream.drain()

Good:

    async def close(self):
        await self.flush()

    async def flush(self):
        await self.stream.drain()

## When to accept it
Never for a coroutine; a decorated one is not reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from scanner.domain.facts import AsyncCall, Module
from scanner.rules.contexts import ModuleContext
from scanner.rules.offences import Cost, Offence, millionths
from scanner.rules.records import module_rule
from scanner.rules.wording import brief

COST: Final = millionths(3)


def _plain_coroutines(module: Module) -> frozenset[str]:
    """Qualified names of coroutines that nothing decorates or defines again."""
    others = {
        function.name
        for function in module.functions
        if not function.is_async or function.decorators
    }
    return frozenset(f.name for f in module.functions if f.is_async and f.name not in others)


def _owner_of(symbol: str, classes: frozenset[str]) -> str:
    """The class of the method that a symbol stands in, or nothing."""
    while symbol and symbol not in classes:
        symbol = symbol.rpartition(".")[0]
    return symbol


def _target(call: AsyncCall, module: Module, classes: frozenset[str]) -> str:
    """The qualified name that a call means, if it is a function here."""
    receiver, _, name = call.name.rpartition(".")
    if receiver in ("self", "cls"):
        owner = _owner_of(call.symbol, classes)
        return f"{owner}.{name}" if owner else ""
    return "" if receiver or _is_shadowed(name, call.symbol, module) else name


def _is_shadowed(name: str, symbol: str, module: Module) -> bool:
    """Whether a parameter or an inner function around the call has the same name."""
    for function in module.functions:
        if symbol == function.name or symbol.startswith(f"{function.name}."):
            if any(slot.name == name for slot in function.slots):
                return True
            if any(other.name == f"{function.name}.{name}" for other in module.functions):
                return True
    return False


def _judge(context: ModuleContext) -> Iterator[Offence]:
    module = context.module
    discarded = [call for call in module.async_calls if call.use == "discarded"]
    if not discarded:
        return
    coroutines = _plain_coroutines(module)
    classes = frozenset(item.name for item in module.classes)
    for call in discarded:
        if _target(call, module, classes) in coroutines:
            yield Offence(
                line=call.line,
                end_line=call.end_line,
                symbol=call.symbol,
                message=f"{brief(call.name)} is a coroutine and never awaited: nothing of it runs.",
                costs=(Cost(COST),),
                digest=call.digest,
            )


RULE = module_rule("AS04", "never-awaited", effort=5, page=__doc__, judge=_judge)
