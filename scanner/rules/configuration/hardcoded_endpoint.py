"""The address of a service is written into a call.

## What it finds
An address on this machine or in a private network, with its port, or the URL of a database or
broker, handed as it is to a call that connects, told by its name: an HTTP request, a client, an
engine, a connection, or an argument such as `base_url` or `broker`: cost 1. The address of a public
API in a request is shown and costs nothing. Credentials in an address are never shown.

Not reported are defaults (of parameters, fields, options and look-ups), what this process listens
on itself, comparisons, and addresses in configuration modules, command-line code, main guards, and
modules named after development or tests.

## Why it matters
The service is somewhere else in every environment. Code that says `localhost` works on the machine
where it was written, and needs a change, or a trick of the network, everywhere else.

## How to fix it
Make it a setting with a name, and hand it in.

Bad:

    def rates():
        return httpx.get("http://localhost:9100/rates").json()

Good:

    def rates(settings: Settings):
        return httpx.get(f"{settings.rates_url}/rates").json()

## When to accept it
When the service always runs beside this process, such as a sidecar at a fixed port.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from scanner.rules.configuration.endpoints import PUBLIC, connections
from scanner.rules.contexts import ModuleContext
from scanner.rules.offences import Cost, Offence, millionths
from scanner.rules.records import module_rule
from scanner.rules.wording import NAME_LENGTH, brief

COST: Final = millionths(1)


def _judge(context: ModuleContext) -> Iterator[Offence]:
    for site, endpoint in connections(context):
        costs = () if endpoint.kind == PUBLIC else (Cost(COST, site),)
        yield Offence(
            line=endpoint.line,
            end_line=endpoint.end_line,
            symbol=endpoint.symbol,
            message=(
                f"The address {_quoted(endpoint.address)} is written into the call of "
                f"{brief(endpoint.callee)}; make it a setting."
            ),
            costs=costs,
            digest=endpoint.digest,
        )


def _quoted(address: str) -> str:
    """An address, cut to a readable length; its dots are no parts of a name."""
    return f"`{address[:NAME_LENGTH]}`"


RULE = module_rule("CF02", "hardcoded-endpoint", effort=15, page=__doc__, judge=_judge)
