"""A module imports very many others.

## What it finds
More than 20 different modules imported at import time: 0.25 for each one beyond, at most 5. Not
counted: imports inside functions, under `if TYPE_CHECKING:` and under the main guard, and the
modules `typing`, `typing_extensions`, `collections.abc` and `__future__`. Not judged: a package's
`__init__`, and modules that hold nothing but imports, since gathering names is their purpose.

## Why it matters
A module that needs so many others does too many things, or puts together what others should. It
breaks whenever one of them changes, and it is the place where circles of imports begin.

## How to fix it
Look for groups of imports that are used together by one part of the module, and move that part
with its imports into a module of its own.

Bad:

    # shop/views.py: orders, invoices and stock, 34 imports
    from shop.invoices import Invoice
    from shop.mail import send
    from shop.orders import Order
    from shop.pdf import render
    from shop.stock import Stock
    ...

Good:

    # shop/views/invoices.py: 9 imports
    from shop.invoices import Invoice
    from shop.pdf import render
    ...

## When to accept it
In the one module that puts the application together: a registry, a table of routes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scanner.domain.facts import MODULE
from scanner.domain.import_graph import Statement
from scanner.domain.resolution import FACADE
from scanner.rules.contexts import Survey
from scanner.rules.layering.imports import import_graph
from scanner.rules.offences import Cost, Offence, millionths
from scanner.rules.records import survey_rule

EACH = millionths(0.25)
MOST = millionths(5)
NOT_COUNTED = frozenset({"typing", "typing_extensions", "collections.abc", "__future__"})


def _judge(survey: Survey) -> Iterator[Offence]:
    limit = survey.rubric.limits.imports
    found = survey.lasting.each(_lines, survey.once(import_graph).statements)
    for path, lines in found.items():
        beyond = len(lines) - limit
        if beyond > 0 and not survey.modules[path].imports_only:
            yield Offence(
                path=path,
                line=lines[limit],
                end_line=lines[-1],
                symbol=MODULE,
                message=f"Imports {len(lines)} modules, limit {limit}; move a part that needs "
                "a group of them into a module of its own.",
                costs=(Cost(min(MOST, EACH * beyond)),),
            )


def _lines(path: str, statements: Sequence[Statement]) -> list[int]:
    """For each different module imported at import time, the line of its first import.

    What a package's `__init__` gathers does not count.
    """
    if path.rpartition("/")[2] == FACADE:
        return []
    first: dict[str, int] = {}
    for statement in statements:
        if statement.at_import_time:
            for name in _imported(statement):
                first.setdefault(name, statement.fact.line)
    return [line for name, line in first.items() if name not in NOT_COUNTED]


def _imported(statement: Statement) -> Iterator[str]:
    fact = statement.fact
    yield from statement.targets
    if not fact.is_from:
        yield from statement.outside or (() if statement.targets else fact.names)
    elif not statement.targets:
        yield f"{'.' * fact.level}{fact.module}"


RULE = survey_rule("LA04", "too-many-imports", effort=60, page=__doc__, judge=_judge)
