"""Pages of long lists: the keys of one page first, read from whichever end is nearer.

To reach a page the database walks over all rows before it, so it walks over narrow ones, and over
half of them at most. The rows themselves are fetched for the keys of the page alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import F, Model, QuerySet
from django.db.models.expressions import Combinable, OrderBy

Order = str | OrderBy
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class KeyPage:
    """The keys of one page, in order; `first` is the number of its first row, 0 without rows."""

    keys: tuple[int, ...]
    total: int
    number: int
    pages: int
    first: int


def keys_of_page(found: QuerySet[Row], orders: Sequence[Order], number: int, size: int) -> KeyPage:
    """One page of an order that leaves no ties; a number beyond the end is the last page."""
    total = found.count()
    pages = max(1, -(-total // size))
    number = min(max(number, 1), pages)
    start, stop = (number - 1) * size, min(number * size, total)
    if total - stop < start:
        last = found.order_by(*map(_reversed, orders)).values_list("pk", flat=True)
        keys = tuple(last[total - stop : total - start])[::-1]
    else:
        keys = tuple(found.order_by(*orders).values_list("pk", flat=True)[start:stop])
    return KeyPage(keys, total, number, pages, start + 1 if total else 0)


def _reversed(order: Order) -> OrderBy:
    if isinstance(order, str):
        field = F(order.removeprefix("-"))
        return field.asc() if order.startswith("-") else field.desc()
    expression = order.expression
    if not isinstance(expression, Combinable):
        raise TypeError("an order is of a column or of an expression")
    return OrderBy(expression, descending=not order.descending)
