"""The domain imports a package that ties it to a framework, a network or a database.

## What it finds
In the domain layer, recognised or declared as for outward-import (LA01), an import of one of the
packages below, inside a function too: cost 3. Imports under `if TYPE_CHECKING:` break no rule.
The packages that count:

{packages}

## Why it matters
Business rules outlive the framework they were first written under. A domain that imports its ORM
or its HTTP client can only be tested with that machinery running, and every major version of the
package becomes a change to the business rules.

## How to fix it
Keep plain classes in the domain, and map to the package in the infrastructure layer.

Bad:

    # shop/domain/orders.py
    from sqlalchemy.orm import Session

    def overdue(session: Session) -> list[Order]:
        return session.query(Order).filter(Order.due < today()).all()

Good:

    # shop/domain/orders.py
    class Orders(Protocol):
        def due_before(self, day: date) -> list[Order]: ...

    def overdue(orders: Orders, today: date) -> list[Order]:
        return orders.due_before(today)

## When to accept it
When the team has decided that the framework's models are its domain model, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from scanner.domain.layers import DOMAIN
from scanner.rules.contexts import Survey
from scanner.rules.layering.imports import (
    documented_infrastructure,
    import_graph,
    infrastructure_in,
    layering,
    site_of,
)
from scanner.rules.offences import Cost, Offence, millionths
from scanner.rules.records import survey_rule
from scanner.rules.wording import listed

COST = millionths(3)


def _judge(survey: Survey) -> Iterator[Offence]:
    graph = survey.once(import_graph)
    places = survey.once(layering).places
    inside = [path for path, place in places.items() if place.layer == DOMAIN]
    for path in inside:
        for statement in graph.statements[path]:
            packages = infrastructure_in(statement)
            if packages and not statement.fact.type_checking:
                yield Offence(
                    path=path,
                    line=statement.fact.line,
                    end_line=statement.fact.end_line,
                    symbol=statement.fact.symbol,
                    message=f"The domain layer imports {listed(packages)}; keep business rules "
                    "free of infrastructure: describe what they need, and hand it in.",
                    costs=(Cost(COST, site_of(statement)),),
                    digest=statement.fact.digest,
                )


RULE = survey_rule(
    "LA02",
    "infrastructure-in-domain",
    effort=60,
    page=(__doc__ or "").replace("{packages}", documented_infrastructure()),
    judge=_judge,
)
