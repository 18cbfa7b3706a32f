"""The environment of the process is changed while it runs.

## What it finds
An assignment to `os.environ`, an update of it, or `os.putenv`, outside command-line code and
configuration modules. Advisory: it is shown and costs nothing, since the code alone does not say
whether a library or a child process can be told in any other way.

Not reported are `setdefault`, which lets the environment win; removals; values that the same
function, or a `finally` or `__exit__`, puts back; main guards; values that belong to the platform,
such as PATH, TZ, LC_ALL and DJANGO_SETTINGS_MODULE; and keys that are no literals.

## Why it matters
The environment belongs to the whole process. Every thread, every library and every child process
sees the change from then on, code that has already read the value does not, and no signature says
that the function does it.

## How to fix it
Hand the value to whoever needs it: an argument, a setting, `env=` for a child process. Where only
the environment will do, put back what was there.

Bad:

    def export(rows, region):
        os.environ["EXPORT_REGION"] = region
        run_export(rows)

Good:

    def export(rows, region):
        run_export(rows, region=region)

## When to accept it
When a library can be set up in no other way, and it happens once at the start.
"""

from __future__ import annotations

from collections.abc import Iterator

from scanner.rules.configuration.environment import lasting_writes
from scanner.rules.contexts import ModuleContext
from scanner.rules.offences import Offence
from scanner.rules.records import module_rule
from scanner.rules.wording import brief


def _judge(context: ModuleContext) -> Iterator[Offence]:
    for write in lasting_writes(context):
        yield Offence(
            line=write.line,
            end_line=write.end_line,
            symbol=write.symbol,
            message=f"{brief(write.key)} is written into the environment of the whole process.",
            digest=write.digest,
        )


RULE = module_rule("CF04", "environment-write", effort=20, page=__doc__, judge=_judge)
