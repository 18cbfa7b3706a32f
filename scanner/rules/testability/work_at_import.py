"""A module does work when it is imported.

## What it finds
Calls at module or class level that read or write files, start programs, fetch from the network or
connect to a database: 2 each. Not judged: code under a main guard, command-line code (by its name,
its folder, or since it imports a parser of arguments), files that no import can name
(`sync-versions.py`), bodies of lambdas, clients that connect only when they are used, such as
`create_engine` and `redis.Redis`, and files where importlib.resources is imported, which reads what
is installed with the package.

## Why it matters
Whoever imports the module pays for the work and needs all that it touches, tests first. If it
fails, the import fails, in a place that has nothing to do with it and where nobody can catch it.

## How to fix it
Put the work into a function, and remember its result if it is wanted often.

Bad:

    RATES = json.load(open("rates.json"))

Good:

    @cache
    def rates():
        with open("rates.json") as file:
            return json.load(file)

## When to accept it
For a small file that lies in the package itself and cannot be missing, such as its version.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from scanner.domain.facts import Import
from scanner.rules.contexts import ModuleContext
from scanner.rules.offences import Cost, Offence, millionths
from scanner.rules.records import module_rule
from scanner.rules.wording import brief

_RESOURCES: Final = ("importlib.resources", "importlib_resources")
COST: Final = millionths(2)
_DOES: Final = {
    "file": "touches a file",
    "process": "starts a program",
    "network": "uses the network",
    "database": "connects to a database",
}


def _judge(context: ModuleContext) -> Iterator[Offence]:
    for call in context.module.resource_calls:
        if call.in_function or call.in_main_guard or call.kind not in _DOES:
            continue
        if context.is_command_line or not context.file_name[:-3].isidentifier():
            return
        if call.kind == "file" and any(map(_brings_resources, context.module.imports)):
            continue
        yield Offence(
            line=call.line,
            end_line=call.end_line,
            symbol=call.symbol,
            message=f"{brief(call.name)} {_DOES[call.kind]} when the module is imported; do it in "
            "a function.",
            costs=(Cost(COST),),
            digest=call.digest,
        )


def _brings_resources(fact: Import) -> bool:
    names = (f"{fact.module}.{name}" for name in fact.names) if fact.is_from else fact.names
    return any(name.startswith(_RESOURCES) for name in names)


RULE = module_rule("TE02", "work-at-import", effort=20, page=__doc__, judge=_judge)
