"""A file is longer than one can keep in mind.

## What it finds
Files of more than 500 physical lines. Each line beyond the limit costs one line.
Tables made only of literals, over 20 lines long and at module or class level, do not count towards
the limit: they are data. Over 1,000 lines the message says "god file".

## Why it matters
Nobody reads such a file as a whole. Unrelated changes meet in it and conflict, its
name no longer says what is inside, and its tests grow as unreadable as the file.

## How to fix it
Look for groups of functions and classes that use each other and little else, and
move each group into a module named after what it does. Keep the old name as a package whose
`__init__` imports what callers need, so that no caller has to change on the same day.

Bad:

    # billing.py, 1,400 lines: tax rules, invoice layout, dunning letters, bank files

Good:

    # billing/__init__.py
    from billing.dunning import send_reminder
    from billing.invoices import Invoice, render
    from billing.taxes import vat_of

## When to accept it
A single algorithm or a published table of code that is only readable in one
piece, and that changes once in years.
"""

from __future__ import annotations

from collections.abc import Iterator

from scanner.domain.facts import MODULE
from scanner.rules.contexts import ModuleContext
from scanner.rules.offences import WHOLE_FILE, Cost, Offence, millionths
from scanner.rules.records import module_rule
from scanner.rules.wording import counted

LINES_A_MINUTE = 8  # when code is moved, not rewritten


def _judge(context: ModuleContext) -> Iterator[Offence]:
    limits, lines = context.limits, context.module.lines
    if lines <= limits.file_lines:
        return
    tables = _table_lines(context)
    beyond = lines - tables - limits.file_lines
    if beyond <= 0:
        return
    kind = "a god file of " if lines - tables > limits.god_file_lines else ""
    data = f", {tables:,} of them literal tables that do not count" if tables else ""
    yield Offence(
        line=1,
        end_line=lines,
        symbol=MODULE,
        message=(
            f"`{context.file_name}` is {kind}{counted(lines, 'line')}{data}; limit "
            f"{limits.file_lines}. Move {counted(beyond, 'line')} into modules of their own."
        ),
        costs=(Cost(millionths(beyond), WHOLE_FILE),),
        effort=max(RULE.effort, beyond // LINES_A_MINUTE),
    )


def _table_lines(context: ModuleContext) -> int:
    """Lines in long literal tables, which never overlap."""
    lengths = [table.end_line - table.line + 1 for table in context.module.literal_tables]
    return sum(length for length in lengths if length > context.limits.table_lines)


RULE = module_rule("FS01", "long-file", effort=30, page=__doc__, judge=_judge)
