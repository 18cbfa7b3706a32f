"""An import points outwards, from an inner layer to an outer one.

## What it finds
Layers, from the inside out: domain, application, infrastructure, presentation. A layer may import
itself and everything further inside. `shared` may be imported by all and imports none of them. An
import that goes the other way costs 3, inside a function too.

The outermost layer folder of a path decides. Layers are recognised only where a folder named
`domain` stands beside `application` or `infrastructure`, or a usual synonym of these: usecases,
use_cases, interactors, service_layer, services; infra, adapters, persistence, repositories,
gateways, database, db, storage. There, presentation also goes by api, web, views, routers,
controllers, entrypoints, endpoints, routes, http, rest, graphql, cli, ui, handlers, and shared by
common, kernel, shared_kernel, seedwork. A folder of such a name that holds whole groups of layers,
as in `services/orders/domain`, is no layer itself.

Elsewhere, declare the layers in pyproject.toml, under `[tool.codevitals.layers]`, as lists of
patterns: `domain = ["shop/core/**"]` and `infrastructure = ["shop/db/**", "shop/mail/**"]`. What is
declared stands instead of what could be recognised; of several patterns that match, the longest
wins, stars not counted.

Where no layers are known, this rule does not apply. Imports under `if TYPE_CHECKING:` break it
never.

## Why it matters
The core is what the software is about; the outside is what it happens to use this year. Once the
core imports the outside, it cannot be tested without a database, and no part of the outside can be
replaced without touching the core.

## How to fix it
Let the inner layer say what it needs, as a Protocol of its own, and hand the outer part in where
the application is put together.

Bad:

    # shop/domain/orders.py
    from shop.infrastructure.mail import send_mail

    def confirm(order: Order) -> None:
        send_mail(order.customer, "Confirmed")

Good:

    # shop/domain/orders.py
    class Notifier(Protocol):
        def tell(self, customer: str, text: str) -> None: ...

    def confirm(order: Order, notifier: Notifier) -> None:
        notifier.tell(order.customer, "Confirmed")

## When to accept it
In a module whose very purpose is to put the layers together, if it cannot move out of the inner
layer yet.
"""

from __future__ import annotations

from collections.abc import Iterator

from scanner.domain.layers import SHARED, may_import
from scanner.rules.contexts import Survey
from scanner.rules.layering.imports import import_graph, layers, site_of
from scanner.rules.offences import Cost, Offence, millionths
from scanner.rules.records import survey_rule

COST = millionths(3)


def _judge(survey: Survey) -> Iterator[Offence]:
    layer_of = survey.once(layers)
    graph = survey.once(import_graph)
    for path, layer in layer_of.items():
        for statement in graph.statements[path]:
            if statement.fact.type_checking:
                continue
            outward = [
                target
                for target in statement.targets
                if target in layer_of and not may_import(layer, layer_of[target])
            ]
            if outward:
                target = outward[0]
                yield Offence(
                    path=path,
                    line=statement.fact.line,
                    end_line=statement.fact.end_line,
                    symbol=statement.fact.symbol,
                    message=_message(layer, layer_of[target], graph.index.name(target)),
                    costs=(Cost(COST, site_of(statement)),),
                    digest=statement.fact.digest,
                )


def _message(layer: str, outer: str, name: str) -> str:
    if layer == SHARED:
        return f"Shared code imports `{name}` of the {outer} layer; shared code imports no layer."
    return (
        f"The {layer} layer imports `{name}` of the {outer} layer; imports must point inwards: "
        "let this layer say what it needs, and hand the other in."
    )


RULE = survey_rule("LA01", "outward-import", effort=60, page=__doc__, judge=_judge)
