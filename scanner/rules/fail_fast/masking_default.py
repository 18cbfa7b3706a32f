"""A missing secret is replaced by a default.

## What it finds
A read of an environment value whose name ends in SECRET, SECRET_KEY, PASSWORD, TOKEN, API_KEY,
PRIVATE_KEY, ACCESS_KEY, DSN or DATABASE_URL, with a constant default, as second argument or after
`or`: cost 1. A default of "" costs 0.5: it is missed later, as a refusal from far away. It costs
nothing where the module asks whether the value is there (`if not token: ...`).

What counts as a place for this principle are reads by subscript, `os.environ["KEY"]`, which fail at
once, and all reads of such names. A default of None, and one that is worked out, cost nothing.

## Why it matters
The value works on every developer's machine. In production, where someone forgot to set it, the
program starts happily with a key that everyone can read in the repository, or talks to the wrong
database.

## How to fix it
Read it without a default, in one place, at the start. Give developers their values in a file that
is not part of the code.

Bad:

    SECRET_KEY = os.environ.get("SECRET_KEY", "dev")

Good:

    SECRET_KEY = os.environ["SECRET_KEY"]

## When to accept it
When the value is optional, and the default says so: without a SENTRY_DSN nothing is reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from scanner.domain.facts import EnvironmentRead
from scanner.rules.contexts import ModuleContext
from scanner.rules.fail_fast.environment import is_secret, required_reads
from scanner.rules.offences import Cost, Offence, millionths
from scanner.rules.records import module_rule
from scanner.rules.wording import brief

COSTS: Final[Mapping[str, int]] = {"constant": millionths(1), "empty": millionths(0.5)}


def _judge(context: ModuleContext) -> Iterator[Offence]:
    for site, read in required_reads(context):
        if is_secret(read.key) and _masks(read):
            default = "an empty text" if read.default == "empty" else "a constant"
            yield Offence(
                line=read.line,
                end_line=read.line,
                symbol=read.symbol,
                message=(
                    f"{brief(read.key)} falls back to {default} when it is not set; "
                    "let the program fail at the start instead."
                ),
                costs=(Cost(COSTS[read.default], site),),
                digest=read.digest,
            )


def _masks(read: EnvironmentRead) -> bool:
    return read.default in COSTS and not (read.default == "empty" and read.is_tested)


RULE = module_rule("FF06", "masking-default", effort=10, page=__doc__, judge=_judge)
