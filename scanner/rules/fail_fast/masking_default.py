"""A missing secret is replaced by a default.

## What it finds
A read of an environment value whose name ends in SECRET, SECRET_KEY, PASSWORD, TOKEN, API_KEY,
PRIVATE_KEY, ACCESS_KEY, DSN or DATABASE_URL, with a constant default, as second argument or after
`or`: cost 1. A default of "" is let pass: it is how an optional value is written, and whoever needs
it is refused instead of let in.

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

from collections.abc import Iterator
from typing import Final

from scanner.rules.contexts import ModuleContext
from scanner.rules.fail_fast.environment import is_secret, required_reads
from scanner.rules.offences import Cost, Offence, millionths
from scanner.rules.records import module_rule
from scanner.rules.wording import brief

COST: Final = millionths(1)
CONSTANT: Final = "constant"


def _judge(context: ModuleContext) -> Iterator[Offence]:
    for site, read in required_reads(context):
        if is_secret(read.key) and read.default == CONSTANT:
            yield Offence(
                line=read.line,
                end_line=read.line,
                symbol=read.symbol,
                message=(
                    f"{brief(read.key)} falls back to a constant when it is not set; "
                    "let the program fail at the start instead."
                ),
                costs=(Cost(COST, site),),
                digest=read.digest,
            )


RULE = module_rule("FF06", "masking-default", effort=10, page=__doc__, judge=_judge)
