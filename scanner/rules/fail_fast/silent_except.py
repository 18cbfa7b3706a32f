"""Every error is swallowed, and nobody is told.

## What it finds
`except Exception`, `except BaseException` and bare `except:` whose body neither raises, nor logs,
nor uses the error, nor speaks of a failure: cost 3. Use is handing it on (to a function, a
callback, a future, one whose name speaks of errors), storing, returning, asserting, formatting or
showing it, and ending the program.

Cost 1 where a comment explains it (inside, just above, or above a try of two statements at most if
it speaks of errors); where the body of the try imports something optional, or is one statement that
only reads or converts a value; in a predicate (a function named is_, has_, can_, should_,
supports_, verify_, check_, validate_ or allowed_) that returns a constant; and in a function whose
name says that it passes over errors (safe_, try_, maybe_, quiet_, silent_, or_none).

Exempt: bodies of try that only ask a foreign object to show, hash, iterate, copy or pickle itself,
which may raise anything; `__del__`, `__repr__` and `__str__`, which must not fail; functions that
close something, by the first word of its name (close, exit, shutdown, stop, terminate, disconnect,
quit, dispose, finalize, cleanup, teardown, release, kill, perhaps after `force_` or `safe_`) or by
its last (on_close, wait_closed), and bodies of try that call nothing else; clean-up inside a
handler that raises.

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
        if handling.is_broad and handling.is_silent and not _is_exempt(handling):
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


def _is_exempt(handling: Handling) -> bool:
    return handling.is_closing or (handling.asks_foreign_object and not handling.is_bare)


def _excuse(handling: Handling) -> str:
    excuses = (
        (handling.fact.commented, "a comment explains it"),
        (handling.fact.tries_import, "an optional import"),
        (handling.is_predicate, "a yes-or-no question"),
        (handling.is_promised, "the name of the function says so"),
        (handling.tries_a_look, "one look at a value"),
    )
    return next((f"costs less: {why}" for holds, why in excuses if holds), "")


RULE = module_rule("FF01", "silent-except", effort=10, page=__doc__, judge=_judge)
