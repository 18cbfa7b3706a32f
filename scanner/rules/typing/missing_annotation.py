"""A function does not say what it takes or gives.

## What it finds
Functions with parameters or returns that have no annotation; one finding a function, each missing
one costs one slot. `self`, `cls` and the return of `__init__` need none, and neither does an
implementation behind `@overload`. A type stub beside the module, or on a package that re-exports
the function, speaks for it. Where a stub stands beside the module, its private and nested functions
need no annotations either: no type checker reads them there.

## Why it matters
Without annotations a reader searches for callers to learn what may be passed, and a type checker
skips the body: it treats what comes in and goes out as Any, there and in every caller.

## How to fix it
Begin with the functions that others call most. Write what the body already assumes; where that is
hard to write down, the function takes too many kinds of things. Let mypy's --disallow-untyped-defs
keep what has been won, module by module.

Bad:

    def total(lines, discount=None):
        return sum(line.price for line in lines) - (discount or 0)

Good:

    def total(lines: Iterable[Line], discount: Decimal | None = None) -> Decimal:
        return sum((line.price for line in lines), Decimal()) - (discount or Decimal())

## When to accept it
Code that is generated or about to be removed, and small nested callbacks whose types the caller
already fixes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scanner.domain.facts import Slot
from scanner.rules.contexts import ModuleContext
from scanner.rules.offences import Cost, Offence, millionths
from scanner.rules.records import module_rule
from scanner.rules.typing.signatures import Signature, signatures, slots_named
from scanner.rules.wording import brief


def _judge(context: ModuleContext) -> Iterator[Offence]:
    for signature in context.once(signatures):
        missing = [slot for slot in signature.slots if slot.annotation == "none"]
        if missing:
            yield _offence(signature, missing)


def _offence(signature: Signature, missing: Sequence[Slot]) -> Offence:
    function, all_slots = signature.function, len(signature.slots)
    if len(missing) == all_slots > 1:
        lacks = f"has none of its {all_slots} annotations"
    elif len(missing) == 1:
        lacks = "lacks one annotation" if all_slots > 1 else "lacks its only annotation"
    else:
        lacks = f"lacks {len(missing)} of {all_slots} annotations"
    return Offence(
        line=function.line,
        end_line=function.end_line,
        symbol=function.name,
        message=f"{brief(function.name)} {lacks}; annotate {slots_named(missing)}.",
        costs=(Cost(millionths(len(missing)), signature.site),),
        effort=RULE.effort + len(missing) // 2,
    )


RULE = module_rule("TY01", "missing-annotation", effort=2, page=__doc__, judge=_judge)
