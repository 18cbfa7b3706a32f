"""A print where a log line belongs.

## What it finds
`print` and `pprint` in code that is not run at a terminal: cost 1. Exempt:

- prints with `file=`, and prints in modules that define a `print` of their own
- what only a terminal needs: empty lines, `end=` and `flush=`
- prints in a main guard
- functions, classes and files whose name says that they print, show, dump, report, debug, trace or
  stand for a terminal
- a print under a condition that asks whether to be verbose or quiet, to show, or to debug
- a print in a block that ends the program, and one in a function that reads what a person types
- command-line code: modules with a main guard or an argument parser, top-level modules, modules in
  folders such as `cli`, `cmd`, `scripts` and `commands`, or named like `cli.py`
- support for tests, told by an import of pytest or unittest: there, prints are captured and shown

## Why it matters
A print has no level, no time and no name, and cannot be switched off. In a server it is lost or
mixed into somebody else's output.

## How to fix it
Log it.

Bad:

    def ship(order):
        print("shipping", order.number)

Good:

    def ship(order):
        log.info("shipping", extra={"order": order.number})

## When to accept it
Where the module talks to a person at a terminal, and nothing in its name or imports says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from scanner.domain.facts import PrintCall
from scanner.rules.contexts import ModuleContext
from scanner.rules.observability.places import prints
from scanner.rules.offences import Cost, Offence, millionths
from scanner.rules.records import module_rule

COST: Final = millionths(1)
_SHOWING: Final = re.compile(
    r"(?:^|_)(?:p{0,2}print|show|display|dump|report|help|usage|main|debug|trace|profil|repr|write"
    r"|output|summary|banner|echo|console|term)",
    re.IGNORECASE,
)
_STREAMS: Final = frozenset({"file", "stream", "**"})
_LAYOUT: Final = frozenset({"end", "flush"})
_OPTIONAL: Final = re.compile(
    r"verbos|quiet|silent|debug|trace|bench|interactive|isatty|dry_?run|print|show|dump",
    re.IGNORECASE,
)


def has_own_print(context: ModuleContext) -> bool:
    """Whether the module defines a `print`."""
    return any(function.name == "print" for function in context.module.functions)


def goes_elsewhere(call: PrintCall) -> bool:
    """Whether it says where it goes, or may say so."""
    return not _STREAMS.isdisjoint(call.keywords)


def is_typography(call: PrintCall) -> bool:
    """Whether it is about the layout of a terminal, which no log line has."""
    return call.is_blank or not _LAYOUT.isdisjoint(call.keywords)


def is_shown(context: ModuleContext, call: PrintCall) -> bool:
    """Whether the function, class or file around says by its name that it prints."""
    around = (*call.symbol.split(".")[-2:], context.file_name)
    return any(_SHOWING.search(part) for part in around)


def is_optional(call: PrintCall) -> bool:
    """Whether it can be switched off: a condition around it asks for that."""
    return any(_OPTIONAL.search(name) for name in call.conditions)


def is_said_to_a_person(call: PrintCall) -> bool:
    """Whether a person reads it at once: last words, and dialogues."""
    return call.ends_program or call.in_dialogue


def is_meant(context: ModuleContext, call: PrintCall) -> bool:
    """Whether this print is exempt, for whatever reason."""
    if call.in_main_guard or goes_elsewhere(call) or is_typography(call):
        return True
    return is_shown(context, call) or is_optional(call) or is_said_to_a_person(call)


def _is_fair(context: ModuleContext) -> bool:
    """Whether all prints of the module are exempt."""
    return context.is_command_line or has_own_print(context) or context.supports_tests


def _judge(context: ModuleContext) -> Iterator[Offence]:
    if not context.module.print_calls or _is_fair(context):
        return
    for site, call in prints(context):
        if (
            goes_elsewhere(call)
            or is_typography(call)
            or call.in_main_guard
            or is_shown(context, call)
        ):
            continue
        if not is_optional(call) and not is_said_to_a_person(call):
            yield Offence(
                line=call.line,
                end_line=call.end_line,
                symbol=call.symbol,
                message="`print` has no level and no name, and cannot be switched off: log it.",
                costs=(Cost(COST, site),),
                digest=call.digest,
            )


RULE = module_rule("OB01", "print-call", effort=5, page=__doc__, judge=_judge)
