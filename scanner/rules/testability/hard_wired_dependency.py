"""A business rule builds its own client of the outside world.

## What it finds
In the domain and application layers, calls that build a client of a network, database or vendor, or
that use one at once, such as `requests.get`, `boto3.client`, `create_engine` and `redis.Redis`: 1
each. How layers are recognised or declared is told at LA01; where none are known, this rule
does not apply. Code under a main guard is not judged.

## Why it matters
A rule that makes its own connection can only be tested with that server around, or by patching its
insides. And the address, the timeouts and the credentials are settled where nobody looks for them.

## How to fix it
Take what you need as a parameter, and build it once, where the application is put together.

Bad:

    def rate_of(currency):
        return requests.get(f"{BANK}/{currency}").json()["rate"]

Good:

    def rate_of(currency, bank):
        return bank.rate(currency)

## When to accept it
In the module that puts the application together, if it cannot move out of the layer yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from scanner.domain.findings import MILLION
from scanner.domain.layers import APPLICATION, DOMAIN
from scanner.rules.contexts import Survey
from scanner.rules.layering.imports import layering
from scanner.rules.offences import Cost, Offence
from scanner.rules.records import survey_rule
from scanner.rules.wording import brief

_KINDS: Final = frozenset({"network", "database", "client"})
_INNER: Final = frozenset({DOMAIN, APPLICATION})


def _judge(survey: Survey) -> Iterator[Offence]:
    for path, place in survey.once(layering).places.items():
        if place.layer not in _INNER:
            continue
        for call in survey.modules[path].resource_calls:
            if call.kind in _KINDS and not call.in_main_guard:
                yield Offence(
                    path=path,
                    line=call.line,
                    end_line=call.end_line,
                    symbol=call.symbol,
                    message=f"The {place.layer} layer reaches outside by itself with "
                    f"{brief(call.name)}; let it be handed in.",
                    costs=(Cost(MILLION),),
                    digest=call.digest,
                )


RULE = survey_rule("TE03", "hard-wired-dependency", effort=45, page=__doc__, judge=_judge)
