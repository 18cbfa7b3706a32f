"""An import points outwards, from an inner layer to an outer one.

## What it finds
Layers, from the inside out: domain, application, infrastructure, presentation. A layer may import
itself and everything further inside. `shared` may be imported by all and imports none of them. An
import that goes the other way costs 3, inside a function too.

The outermost layer folder of a path decides. Layers are recognised only where a folder named
`domain` stands beside `application` or `infrastructure`, or a usual synonym of these: usecases,
use_cases, interactors, service_layer, services, ports; infra, adapters, persistence, repositories,
gateways, database, db, storage. There, presentation also goes by api, web, views, routers,
controllers, entrypoints, endpoints, routes, http, rest, graphql, cli, ui, handlers, and shared by
common, kernel, shared_kernel, seedwork. A folder of such a name that holds whole layered packages,
as in `services/orders/domain`, is no layer itself.

Ports and adapters: where `ports` stand beside `adapters`, layers are recognised too, and a `core`
beside them is the domain. Ports belong to the application, and the domain may import them, for
they say what the core needs. Adapters are infrastructure; those in `adapters/inbound` (or driving,
primary, in, input, incoming) are presentation.

Several packages: each layered package of a repository has layers of its own, and an import from
one into another is judged by the same direction. What one package presents, though, such as
`shipping/api`, the application and infrastructure of another may import: that is how one asks
the other. A folder beside a package that bears its name, `orders_infrastructure` beside `orders`,
is a layer of it.

Apps of Django and services of FastAPI are parts, not layers: their folders alone say nothing of a
direction. There, circles between the parts are shown, and layers are judged where declared.

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

from scanner.domain.layers import SHARED
from scanner.rules.contexts import Survey
from scanner.rules.layering.imports import import_graph, layering, outward_targets, site_of
from scanner.rules.offences import Cost, Offence, millionths
from scanner.rules.records import survey_rule

COST = millionths(3)


def _judge(survey: Survey) -> Iterator[Offence]:
    known = survey.once(layering)
    graph = survey.once(import_graph)
    for path, place in known.places.items():
        for statement in graph.statements[path]:
            outward = outward_targets(statement, path, known)
            if outward:
                target = outward[0]
                yield Offence(
                    path=path,
                    line=statement.fact.line,
                    end_line=statement.fact.end_line,
                    symbol=statement.fact.symbol,
                    message=_message(place.layer, known.layer(target), graph.index.name(target)),
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
