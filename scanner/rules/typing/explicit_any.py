"""An annotation says Any, which says nothing.

## What it finds
Parameters and returns annotated as `Any`, alone or in a union; each costs half a slot. `*args`,
`**kwargs` and special methods such as `__getattr__` are left out, and so is Any inside a container,
as in `dict[str, Any]`.

## Why it matters
Any switches the type checker off for the value and for everything that is derived from it, in this
module and in all that call it, while the code looks annotated.

## How to fix it
Say what the body needs: a protocol with the two methods it calls, a union of the kinds it handles,
a type variable where what comes in goes out again. `object` is right where a value is only handed
on or printed, since it forbids guessing.

Bad:

    def to_text(value: Any) -> Any:
        return f"<{value}>"

Good:

    def to_text(value: object) -> str:
        return f"<{value}>"

## When to accept it
At the very edge to untyped data, in the one function that checks and converts it.
"""

from __future__ import annotations

from collections.abc import Iterator

from scanner.rules.contexts import ModuleContext
from scanner.rules.offences import Cost, Offence, millionths
from scanner.rules.records import module_rule
from scanner.rules.typing.signatures import signatures, slots_named
from scanner.rules.wording import brief

COST = 0.5
MINUTES_A_SLOT = 5


def _judge(context: ModuleContext) -> Iterator[Offence]:
    for signature in context.once(signatures):
        found = [
            slot for slot in signature.slots if slot.annotation == "any" and slot.kind != "star"
        ]
        if not found or signature.is_dunder:
            continue
        function = signature.function
        yield Offence(
            line=function.line,
            end_line=function.end_line,
            symbol=function.name,
            message=(
                f"{brief(function.name)} says Any for {slots_named(found)}; "
                "say what the body needs: a union, a protocol, a type variable or object."
            ),
            costs=(Cost(millionths(COST * len(found)), signature.site),),
            effort=MINUTES_A_SLOT * len(found),
        )


RULE = module_rule("TY02", "explicit-any", effort=MINUTES_A_SLOT, page=__doc__, judge=_judge)
