"""Errors of a wide kind are passed over in silence. Shown, not scored.

## What it finds
A handler that holds `pass` alone, for a kind of error that many different faults share (OSError,
RuntimeError, ConnectionError and the base errors of HTTP and database libraries), around two
statements or more. Advisory: it costs nothing, since syntax alone cannot tell whether it is right.

Left out: handlers with a comment, in a loop, with an else, around an import, on the way to closing
something, in a predicate, and in clean-up inside a handler that raises.

## Why it matters
OSError is a missing file, but also a full disk and a forgotten permission. Passing over all of them
makes the rare fault look like the everyday one.

## How to fix it
Name the narrowest error that you expect, and put only the statement that raises it into the try.

Bad:

    try:
        data = path.read_bytes()
        cache.store(data)
    except OSError:
        pass

Good:

    with contextlib.suppress(FileNotFoundError):
        cache.store(path.read_bytes())

## When to accept it
When every error of the kind means the same here; say so in a comment.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from scanner.rules.contexts import ModuleContext
from scanner.rules.fail_fast.calls import words
from scanner.rules.fail_fast.handling import Handling, handlings
from scanner.rules.fail_fast.wording import around, clause
from scanner.rules.offences import Cost, Offence
from scanner.rules.records import module_rule

WIDE: Final = words(
    "OSError IOError EnvironmentError RuntimeError RequestException HTTPError SQLAlchemyError "
    "DatabaseError OperationalError ClientError BotoCoreError RedisError HTTPStatusError "
    "SSHException SubprocessError CalledProcessError MemoryError ArithmeticError StandardError "
    "ConnectionError TransportError ApiError APIError"
)
FEWEST_STATEMENTS: Final = 2


def _judge(context: ModuleContext) -> Iterator[Offence]:
    for handling in context.once(handlings):
        if _is_wide(handling) and handling.is_silent and not _is_usual(handling):
            fact = handling.fact
            yield Offence(
                line=fact.line,
                end_line=fact.end_line,
                symbol=fact.symbol,
                message=(
                    f"{clause(handling)}{around(fact.tried)} does nothing, whatever the fault was. "
                    "Name the narrowest error you expect."
                ),
                costs=(Cost(0, handling.site),),
                digest=fact.digest,
            )


def _is_wide(handling: Handling) -> bool:
    names = {name.rpartition(".")[2] for name in handling.fact.types}
    return not handling.is_broad and not WIDE.isdisjoint(names)


def _is_usual(handling: Handling) -> bool:
    fact = handling.fact
    return (
        fact.shape != "pass"
        or fact.tried_statements < FEWEST_STATEMENTS
        or fact.commented
        or fact.in_loop
        or fact.tries_import
        or fact.has_else
        or handling.is_closing
    )


RULE = module_rule("FF04", "silent-typed-except", effort=10, page=__doc__, judge=_judge)
