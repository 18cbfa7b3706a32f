"""The environment is read where nobody looks for configuration.

## What it finds
A read of `os.environ` or `os.getenv`, resolved through the imports, outside configuration: cost
0.5. Configuration is a module whose name says settings, config, conf, env, constants, defaults or
options, a module in a folder of such a name, a module with a class that derives from
`BaseSettings`, and a function or class named after settings, configuration or the environment.

Not reported are values that the platform or a driver defines, such as PATH, HOME, CI, PGHOST,
proxies, the terminal's and those of the host; reads in command-line code and main guards; switches
for finding faults or for turning something off, told by words such as DEBUG, DISABLE, NO and SKIP;
switches that a module only asks or compares when it is loaded; and reads whose key is no literal,
since a helper for reads is a part of the configuration itself.

## Why it matters
Nobody can list what the program needs. A value that is missing is noticed on the day the function
runs, not at the start; a test has to patch the environment of the whole process; and two places
read the same variable with different defaults.

## How to fix it
Read everything in one module or settings class at the start, check it there, and hand the values to
those who need them.

Bad:

    def send(mail):
        host = os.environ.get("SMTP_HOST", "localhost")

Good:

    class Settings(BaseSettings):
        smtp_host: str

    def send(mail, settings: Settings):
        host = settings.smtp_host

## When to accept it
In a library that has no configuration of its own, and documents the variable.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from scanner.rules.configuration.environment import scattered
from scanner.rules.contexts import ModuleContext
from scanner.rules.offences import Cost, Offence, millionths
from scanner.rules.records import module_rule
from scanner.rules.wording import brief

COST: Final = millionths(0.5)


def _judge(context: ModuleContext) -> Iterator[Offence]:
    for site, read in scattered(context):
        yield Offence(
            line=read.line,
            end_line=read.line,
            symbol=read.symbol,
            message=f"{brief(read.key)} is read from the environment outside configuration.",
            costs=(Cost(COST, site),),
            digest=read.digest,
        )


RULE = module_rule("CF03", "scattered-environment-read", effort=10, page=__doc__, judge=_judge)
