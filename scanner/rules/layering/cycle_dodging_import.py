"""An import inside a function hides a circle.

## What it finds
An import inside a function, of a module that imports this one at import time, directly or through
others: at the top of the file it would close a circle. Cost 1 for each module imported in this
way, at the first such import; the other lines are named in the detail. A way back through the
`__init__` of a package that the importing module lies in does not count, since that has always
started before. Not counted: imports
under `if TYPE_CHECKING:`, and of what the module also imports at its top, where the circle is open.

## Why it matters
The circle is still there, only hidden: the modules cannot be understood, tested or moved apart.
The import fails on the first call instead of at the start, and readers no longer see at the top
what a module needs.

## How to fix it
Move what both modules need into a third one, or hand the other module's part in as an argument.

Bad:

    # shop/customers.py; shop/orders.py imports Customer from here
    def orders_of(customer: Customer) -> list[Order]:
        from shop.orders import all_orders

        return [order for order in all_orders() if order.customer == customer]

Good:

    # shop/orders.py
    from shop.customers import Customer

    def orders_of(customer: Customer) -> list[Order]:
        return [order for order in all_orders() if order.customer == customer]

## When to accept it
When the import is put off for another reason too, such as the time it takes at start, and the
circle is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scanner.domain.graph import reaching, shortest_way
from scanner.domain.import_graph import ImportGraph, Statement, core_of
from scanner.rules.contexts import Survey
from scanner.rules.layering.imports import Edges, edges_of, import_graph, site_of
from scanner.rules.offences import Cost, Offence, millionths
from scanner.rules.records import survey_rule

COST = millionths(1)
NAMED = 4  # modules on the way back that the message names
STEPS = 400  # edges that the search for it may follow, for each finding
Pair = tuple[str, str]


def _judge(survey: Survey) -> Iterator[Offence]:
    graph = survey.once(import_graph)
    asked = _function_imports(survey)
    backwards = _backwards(survey, tuple(asked))
    for (importer, target), statements in asked.items():
        if (target, importer) in backwards:
            yield _offence(graph, importer, target, statements)


def _backwards(survey: Survey, asked: tuple[Pair, ...]) -> set[Pair]:
    """The pairs of target and importer with a way back from the one to the other."""
    lasting = survey.lasting
    return lasting.of(_ways_back, "", survey.once(edges_of), lasting.same(_backwards, "", asked))


def _ways_back(path: str, edges: Edges, asked: tuple[Pair, ...]) -> set[Pair]:
    return reaching(core_of(dict(edges)), ((target, importer) for importer, target in asked))


def _function_imports(survey: Survey) -> dict[Pair, list[Statement]]:
    """Imports that only a function makes, by importer and target, in the order of their lines."""
    graph = survey.once(import_graph)
    found: dict[Pair, list[Statement]] = {}
    for importer, deferred in survey.lasting.each(_deferred, graph.statements).items():
        for statement, target in ((item, to) for item in deferred for to in item.targets):
            if target in graph.statements and target not in graph.edges[importer]:
                found.setdefault((importer, target), []).append(statement)
    return found


def _deferred(path: str, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    return tuple([item for item in statements if _is_deferred(item)])


def _is_deferred(statement: Statement) -> bool:
    return statement.fact.in_function and not statement.fact.type_checking


def _offence(
    graph: ImportGraph, importer: str, target: str, statements: Sequence[Statement]
) -> Offence:
    first, *others = statements
    lines = ", ".join(str(statement.fact.line) for statement in others)
    return Offence(
        path=importer,
        line=first.fact.line,
        end_line=first.fact.end_line,
        symbol=first.fact.symbol,
        message=_message(graph, importer, target),
        costs=(Cost(COST, site_of(first)),),
        digest=first.fact.digest,
        detail=f"also imported on line {lines}" if others else "",
    )


def _message(graph: ImportGraph, importer: str, target: str) -> str:
    """What is imported, and the way back if it can be found in few steps."""
    name = graph.index.name(target)
    way = shortest_way(graph.core, target, importer, STEPS)[1:-1]
    through = ""
    if way:
        names = [graph.index.name(path) for path in way[:NAMED]]
        through = f", through {' -> '.join(names)}" + (" -> ..." if len(way) > NAMED else "")
    elif importer not in graph.core[target]:
        through = ", through other modules"
    return (
        f"Imports `{name}` inside a function; `{name}` imports this module{through}: the circle is "
        "hidden, not gone. Move what both need into a third module."
    )


RULE = survey_rule("LA05", "cycle-dodging-import", effort=30, page=__doc__, judge=_judge)
