"""Every error is swallowed, and nobody is told.

## What it finds
`except Exception`, `except BaseException` and bare `except:` whose body neither raises, nor logs,
nor uses the error: cost 3. Use is handing it on (to a function, a callback, a future, one whose
name speaks of errors), storing, returning, formatting or showing it, and ending the program.

Cost 1 where a comment explains it, where the body of the try imports something optional, and in a
predicate (a function named is_, has_, can_, should_, supports_, verify_, check_, validate_ or
allowed_) that returns a constant.

Exempt: `__del__`, `__repr__` and `__str__`, which must not fail; functions that close something,
by the first word of its name (close, exit, shutdown, stop, terminate, disconnect, quit, dispose,
finalize, cleanup, teardown, release, kill) or by its last (on_close, wait_closed), and bodies of
try that call nothing else; clean-up inside a handler that
raises.

## Why it matters
The catch is as wide as it can be, so it also hides typing errors, missing imports and full disks.
The program goes on with data that was never read or never written, and what is wrong shows days
later somewhere else, without a trace.

## How to fix it
Catch the errors that you expect there, by type, and let the others out. If the program must go on
whatever happens, log with the traceback.

Bad:

    try:
        settings = json.loads(path.read_text())
    except Exception:
        pass

Good:

    try:
        settings = json.loads(path.read_text())
    except FileNotFoundError:
        settings = {}

## When to accept it
At the edge of the program, around code that must never disturb its host, such as a monitoring
hook; say so in a comment.
"""

from __future__ import annotations

from collections.abc import Iterator

from scanner.rules.contexts import ModuleContext
from scanner.rules.fail_fast.handling import Handling, handlings
from scanner.rules.fail_fast.wording import around, clause, outcome
from scanner.rules.offences import Cost, Offence, millionths
from scanner.rules.records import module_rule

COST = millionths(3)
EXCUSED = millionths(1)


def _judge(context: ModuleContext) -> Iterator[Offence]:
    for handling in context.once(handlings):
        if handling.is_broad and handling.is_silent and not handling.is_closing:
            fact = handling.fact
            excuse = _excuse(handling)
            yield Offence(
                line=fact.line,
                end_line=fact.end_line,
                symbol=fact.symbol,
                message=(
                    f"{clause(handling)}{around(fact.tried)} {outcome(handling)}: every error is "
                    "swallowed and nobody is told. Catch the errors you expect, by type."
                ),
                costs=(Cost(EXCUSED if excuse else COST, handling.site),),
                digest=fact.digest,
                detail=excuse,
            )


def _excuse(handling: Handling) -> str:
    if handling.fact.commented:
        return "costs less: a comment explains it"
    if handling.fact.tries_import:
        return "costs less: an optional import"
    return "costs less: a yes-or-no question" if handling.is_predicate else ""


RULE = module_rule("FF01", "silent-except", effort=10, page=__doc__, judge=_judge)
