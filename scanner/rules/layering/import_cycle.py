"""Modules import each other in a circle.

## What it finds
Imports that run when a module is first imported, in a circle: a imports b and b imports a, or a
longer way round. One finding for each group of modules that hang together in circles. Each import
that lies on a circle costs 1, at its statement; the message spells out the shortest circle.

An import of the `__init__` of a package that the module itself lies in is milder, since that
`__init__` has always started before: it costs 0.25, and where a circle closes only through such
imports, the others in it cost nothing, for they are not what closes it.

An import is what a statement names: in `from package import name` the submodule of that name, or
else the package's `__init__`. That Python also runs the `__init__` of every package on the way is
not counted, or a package that gathers its names in one place would tie all its modules together.
Imports inside functions, under `if TYPE_CHECKING:` and under the main guard are no part of a
circle.

## Why it matters
Modules in a circle are one module in several files: none can be read, tested or moved without the
others. Which of them works depends on which is imported first, so a harmless new import can break
a program with "cannot import name ... from partially initialized module".

## How to fix it
Move what both need into a third module that imports neither, or let one of them take the other's
part as an argument. Import under `if TYPE_CHECKING:` what only annotations need.

Bad:

    # shop/orders.py
    from shop.customers import Customer

    # shop/customers.py
    from shop.orders import Order

Good:

    # shop/records.py
    class Customer: ...
    class Order: ...

    # shop/orders.py and shop/customers.py
    from shop.records import Customer, Order

## When to accept it
Rarely. A large group is best opened one import at a time, beginning with the shortest circle; the
score follows each step.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from scanner.domain.facts import MODULE
from scanner.domain.findings import Place
from scanner.domain.import_graph import ImportGraph
from scanner.domain.resolution import is_own_package
from scanner.rules.contexts import Survey
from scanner.rules.layering.imports import Knot, Ring, import_graph, rings, site_of
from scanner.rules.offences import Cost, Offence, millionths
from scanner.rules.records import survey_rule

EDGE = millionths(1)
OWN_PACKAGE = millionths(0.25)
SPELLED_OUT = 12  # modules of a cycle that the message names
MINUTES_AN_IMPORT = 15
MOST_MINUTES = 960


def _judge(survey: Survey) -> Iterator[Offence]:
    graph = survey.once(import_graph)
    for ring in survey.once(rings):
        yield _offence(graph, ring)


def _offence(graph: ImportGraph, ring: Ring) -> Offence:
    members, knots, cycle = ring
    costs = tuple(_costs(graph, members, knots))
    first, second = cycle[:2]
    statement = graph.edges[first][second].fact
    return Offence(
        path=first,
        line=statement.line,
        end_line=statement.end_line,
        symbol=MODULE,
        message=_message(graph, members, cycle),
        costs=costs,
        related=tuple(_related(graph, members, first)),
        effort=min(MOST_MINUTES, MINUTES_AN_IMPORT * len(costs)),
    )


def _costs(graph: ImportGraph, members: Sequence[str], knots: Sequence[Knot]) -> Iterator[Cost]:
    """What each import statement that closes a circle bears."""
    knot_of = {path: knot for knot in knots for path in knot}
    inside = set(members)
    for importer in members:
        amounts: Counter[tuple[int, str]] = Counter()
        for imported, statement in graph.edges[importer].items():
            key = (statement.fact.line, site_of(statement))
            if imported in inside and is_own_package(importer, imported):
                amounts[key] += OWN_PACKAGE
            elif imported in knot_of.get(importer, ()):
                amounts[key] += EDGE
        for (line, site), amount in sorted(amounts.items()):
            yield Cost(amount, site=site, line=line, path=importer)


def _related(graph: ImportGraph, members: Sequence[str], first: str) -> Iterator[Place]:
    """The other files, each with its first import of the group."""
    inside = set(members)
    for path in members:
        if path != first:
            imports = graph.edges[path].items()
            yield Place(path, min(found.fact.line for to, found in imports if to in inside))


def _message(graph: ImportGraph, members: Sequence[str], cycle: Sequence[str]) -> str:
    names = [graph.index.name(path) for path in cycle]
    if len(names) > SPELLED_OUT:
        names[SPELLED_OUT:] = [f"... ({len(cycle) - SPELLED_OUT} more)"]
    way = " -> ".join([*names, graph.index.name(cycle[0])])
    if len(members) == len(cycle):
        return f"{len(members)} modules import each other in a circle: {way}."
    return f"{len(members)} modules hang together in circles of imports; the shortest: {way}."


RULE = survey_rule("LA03", "import-cycle", effort=60, page=__doc__, judge=_judge)
