"""A module holds many large classes.

## What it finds
Modules with more than five public classes at their top: 1 for each one beyond, at most 5. Not
counted: classes of at most 20 lines, exceptions, enumerations, protocols, and classes that only
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

from scanner.domain.facts import MODULE, Class
from scanner.domain.findings import MILLION
from scanner.rules.contexts import ModuleContext
from scanner.rules.naming.symbols import is_error, last, public_classes
from scanner.rules.offences import WHOLE_FILE, Cost, Offence
from scanner.rules.records import module_rule
from scanner.rules.wording import listed

MOST_COST: Final = 5
_DATA_DECORATORS: Final = frozenset(
    {"dataclass", "define", "frozen", "mutable", "attrs", "s", "attributes"}
)
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
    small = context.limits.small_class_lines
    counted = [found for found in public_classes(context.module) if _counts(found, small)]
    beyond = len(counted) - limit
    if beyond > 0:
        yield Offence(
            line=counted[limit].line,
            end_line=counted[-1].end_line,
            symbol=MODULE,
            message=f"{len(counted)} public classes in one module, limit {limit}: "
            f"{listed(found.name for found in counted)}. Give each subject its own module.",
            costs=(Cost(min(MOST_COST, beyond) * MILLION, WHOLE_FILE),),
        )


def _counts(found: Class, small: int) -> bool:
    if "." in found.name or found.end_line - found.line + 1 <= small or is_error(found):
        return False
    if any(last(decorator) in _DATA_DECORATORS for decorator in found.decorators):
        return False
    return not any(last(base) in _DATA_BASES for base in found.bases)


RULE = module_rule("NM07", "many-responsibilities", effort=60, page=__doc__, judge=_judge)
