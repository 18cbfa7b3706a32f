"""An annotation names a container and not what is in it.

## What it finds
Parameters and returns annotated with a bare container, such as `dict`, `list`, `tuple`, `set` or
their kin from `typing` and `collections.abc`, alone or in a union; each costs a quarter of a slot.

## Why it matters
`dict` is `dict[Any, Any]`: what comes out of it is unchecked, and the reader still has to find the
code that filled it to learn what the keys and values are.

## How to fix it
Write the contents: `dict[str, int]`, `list[Order]`, `tuple[str, ...]`. Where a dict has fixed keys,
a dataclass or a TypedDict says so. Parameters are best as `Iterable`, `Sequence` or `Mapping` of
something, which accept more and promise less.

Bad:

    def by_name(orders: list) -> dict:
        return {order.name: order for order in orders}

Good:

    def by_name(orders: Iterable[Order]) -> dict[str, Order]:
        return {order.name: order for order in orders}

## When to accept it
A function that works on the container alone, whatever is in it, such as one that measures it.
"""

from __future__ import annotations

from collections.abc import Iterator

from scanner.rules.contexts import ModuleContext
from scanner.rules.offences import Cost, Offence, millionths
from scanner.rules.records import module_rule
from scanner.rules.typing.signatures import signatures, slots_named
from scanner.rules.wording import brief

COST = 0.25
MINUTES_A_SLOT = 2


def _judge(context: ModuleContext) -> Iterator[Offence]:
    for signature in context.once(signatures):
        found = [slot for slot in signature.slots if slot.annotation == "bare"]
        if not found:
            continue
        function = signature.function
        yield Offence(
            line=function.line,
            end_line=function.end_line,
            symbol=function.name,
            message=(
                f"{brief(function.name)} names a container without its contents for "
                f"{slots_named(found)}; say what is in it, like list[str]."
            ),
            costs=(Cost(millionths(COST * len(found)), signature.site),),
            effort=MINUTES_A_SLOT * len(found),
        )


RULE = module_rule("TY03", "bare-generic", effort=MINUTES_A_SLOT, page=__doc__, judge=_judge)
