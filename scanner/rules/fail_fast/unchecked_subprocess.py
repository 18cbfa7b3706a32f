"""A command is run, and nobody asks whether it worked.

## What it finds
`subprocess.run` without `check`, whose result is thrown away, in a function that never reads a
return code: cost 0.5. An explicit `check=False` is a decision and costs nothing.

## Why it matters
Unlike Python functions, commands do not raise when they fail. A failed copy, migration or build
is taken for done, and the next step works on what is not there.

## How to fix it
Pass `check=True`, or look at the return code and act on it. Pass `check=False` where failing is
fine, so that the reader knows.

Bad:

    subprocess.run(["rsync", "-a", source, target])

Good:

    subprocess.run(["rsync", "-a", source, target], check=True)

## When to accept it
Rarely: `check=False` says the same in the code itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from scanner.rules.contexts import ModuleContext
from scanner.rules.fail_fast.places import runs
from scanner.rules.offences import Cost, Offence, millionths
from scanner.rules.records import module_rule

COST = millionths(0.5)


def _judge(context: ModuleContext) -> Iterator[Offence]:
    for site, call in runs(context):
        if not call.has_check and call.is_discarded and not call.reads_returncode:
            yield Offence(
                line=call.line,
                end_line=call.end_line,
                symbol=call.symbol,
                message=(
                    "`subprocess.run` without `check`, its result thrown away: a command that "
                    "fails goes unnoticed. Pass check=True."
                ),
                costs=(Cost(COST, site),),
                digest=call.digest,
            )


RULE = module_rule("FF07", "unchecked-subprocess", effort=5, page=__doc__, judge=_judge)
