"""An annotation says Any, which says nothing.

## What it finds
Parameters annotated as `Any`, alone or in a union; each costs half a slot. A return of Any is shown
and costs nothing: what a look-up or a call gives back is often not to be known. Any inside a
container, as in `dict[str, Any]`, is let pass.

Exempt: `*args` and `**kwargs`; special methods such as `__getattr__`; what is exchanged with the
outside: parameters named json, annotation or hint, and functions whose name says that they load,
dump, parse, encode, decode, convert, coerce, cast, validate or serialize, or speaks of json;
parameters that begin with an underscore, which nobody reads; the return of a wrapper that takes
`*args` and `**kwargs`, which is that of any function; the return of a web route, whose response
model speaks for it; Any in a type stub, where someone has thought about it.

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

import re
from collections.abc import Iterator, Sequence
from typing import Final

from scanner.domain.facts import Function, Slot
from scanner.rules.contexts import ModuleContext
from scanner.rules.offences import Cost, Offence, millionths
from scanner.rules.records import module_rule
from scanner.rules.typing.signatures import signatures, slots_named
from scanner.rules.wording import brief

COST = 0.5
MINUTES_A_SLOT = 5
_OUTSIDE: Final = (
    "json load loads loader dump dumps parse parser parsed encode encoder decode decoder convert "
    "converter coerce cast validate validator serialize serializer deserialize unserialize "
    "deserializer marshal unmarshal"
)
_EDGE: Final = frozenset(_OUTSIDE.split())
_OPEN: Final = frozenset({"json", "annotation", "hint"})
_PARTS: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_ROUTES: Final = frozenset({"get", "post", "put", "patch", "delete", "head", "options", "route"})


def _judge(context: ModuleContext) -> Iterator[Offence]:
    for signature in context.once(signatures):
        function = signature.function
        written = frozenset(function.slots)
        found = [
            slot
            for slot in signature.slots
            if slot.annotation == "any" and slot in written and not _is_exempt(function, slot)
        ]
        if not found or signature.is_dunder or _is_at_the_edge(function):
            continue
        yield Offence(
            line=function.line,
            end_line=function.end_line,
            symbol=function.name,
            message=(
                f"{brief(function.name)} says Any for {slots_named(found)}; "
                "say what the body needs: a union, a protocol, a type variable or object."
            ),
            costs=(Cost(millionths(COST * _parameters(found)), signature.site),),
            effort=MINUTES_A_SLOT * len(found),
        )


def _is_exempt(function: Function, slot: Slot) -> bool:
    if slot.kind == "return":
        return _is_wrapper(function) or not _ROUTES.isdisjoint(
            name.rpartition(".")[2] for name in function.decorators if "." in name
        )
    return slot.kind == "star" or slot.name.startswith("_") or slot.name in _OPEN


def _parameters(slots: Sequence[Slot]) -> int:
    """How many of them are no returns."""
    return sum(slot.kind != "return" for slot in slots)


def _is_at_the_edge(function: Function) -> bool:
    """Whether its name says that it deals with values from outside."""
    name = function.name.rpartition(".")[2]
    return not _EDGE.isdisjoint(part.lower() for part in _PARTS.findall(name))


def _is_wrapper(function: Function) -> bool:
    """Whether it takes whatever another function takes."""
    return function.is_nested and sum(slot.kind == "star" for slot in function.slots) == 2


RULE = module_rule("TY02", "explicit-any", effort=MINUTES_A_SLOT, page=__doc__, judge=_judge)
