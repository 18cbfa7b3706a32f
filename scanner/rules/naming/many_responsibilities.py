"""A module holds many large classes.

## What it finds
Modules of more than 500 lines with more than five subjects at their top: 1 for each subject beyond,
at most 5. A public class is a subject; classes that inherit from one another, or from one base in
the same module, are variants of one subject and count once. Shorter modules can be read as a whole.

Not counted: classes of at most 20 lines, exceptions, enumerations, protocols, and classes that only
hold data (dataclasses, attrs classes, models of pydantic, named tuples, typed dicts).

## Why it matters
A module that holds six subjects has a name for none of them. Whoever changes one class reads the
other five, and every import of one brings along what all of them need.

## How to fix it
Give each class, with the functions that serve it, a module named after it. A package whose
`__init__` imports them keeps the old import working.

Bad:

    # shop/models.py: Order, Customer, Invoice, Parcel, Supplier, Voucher and Refund

Good:

    # shop/models/__init__.py
    from shop.models.customers import Customer
    from shop.models.orders import Order

## When to accept it
When the classes are variants of one thing which are read side by side.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from scanner.domain.facts import MODULE, Class, Module
from scanner.domain.findings import MILLION
from scanner.rules.contexts import ModuleContext
from scanner.rules.naming.symbols import is_data, is_error, last, public_classes
from scanner.rules.offences import WHOLE_FILE, Cost, Offence
from scanner.rules.records import module_rule
from scanner.rules.wording import listed

MOST_COST: Final = 5
_DATA_BASES: Final = frozenset(
    {
        "BaseModel",
        "SQLModel",
        "Schema",
        "TypedDict",
        "NamedTuple",
        "Enum",
        "StrEnum",
        "IntEnum",
        "Flag",
        "IntFlag",
        "Protocol",
    }
)


def _judge(context: ModuleContext) -> Iterator[Offence]:
    limit = context.limits.public_classes
    found = _subjects(context.module, context.limits.small_class_lines)
    beyond = len(found) - limit
    if beyond > 0 and context.module.lines > context.limits.file_lines:
        yield Offence(
            line=found[limit].line,
            end_line=found[-1].end_line,
            symbol=MODULE,
            message=f"{len(found)} subjects in the public classes of one module, limit {limit}: "
            f"{listed(each.name for each in found)}. Give each subject its own module.",
            costs=(Cost(min(MOST_COST, beyond) * MILLION, WHOLE_FILE),),
        )


def _subjects(module: Module, small: int) -> list[Class]:
    """The first class of each family that counts."""
    family: dict[str, str] = {}
    for found in module.classes:
        known = [family[base] for base in found.bases if base in family]
        family[found.name] = known[0] if known else found.name
        for other in known[1:]:
            family = {name: known[0] if of == other else of for name, of in family.items()}
    first: dict[str, Class] = {}
    for found in public_classes(module):
        if _counts(found, small):
            first.setdefault(family[found.name], found)
    return list(first.values())


def _counts(found: Class, small: int) -> bool:
    if "." in found.name or found.end_line - found.line + 1 <= small or is_error(found):
        return False
    return not (is_data(found) or any(last(base) in _DATA_BASES for base in found.bases))


RULE = module_rule("NM07", "many-responsibilities", effort=60, page=__doc__, judge=_judge)
