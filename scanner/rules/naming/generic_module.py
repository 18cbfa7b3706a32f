"""A module's name says nothing of what is in it.

## What it finds
Modules named utils, util, helpers, helper, common or misc that have at least 100 lines: 2 each.
Smaller ones are let pass, and packages of such a name are, as long as their modules have names.

## Why it matters
Everything fits into such a module, so everything ends up there. It is imported by all others and
soon imports them back, and nobody finds what they need, so it is written twice.

## How to fix it
Sort its functions by what they deal with, and name a module after each group. A function that is
used in one place only belongs to that place.

Bad:

    from shop.utils import parse_price, retry, slugify

Good:

    from shop.prices import parse_price
    from shop.retrying import retry
    from shop.slugs import slugify

## When to accept it
When the module is published under this name and others import from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from scanner.domain.facts import MODULE
from scanner.rules.contexts import ModuleContext
from scanner.rules.offences import WHOLE_FILE, Cost, Offence, millionths
from scanner.rules.records import module_rule
from scanner.rules.wording import brief, counted

NAMES: Final = frozenset(
    f"{name}.py" for name in ("utils", "util", "helpers", "helper", "common", "misc")
)
COST: Final = millionths(2)


def _judge(context: ModuleContext) -> Iterator[Offence]:
    lines = context.module.lines
    if context.file_name in NAMES and lines >= context.limits.generic_module_lines:
        yield Offence(
            line=1,
            end_line=lines,
            symbol=MODULE,
            message=f"{brief(context.file_name)} says nothing of its {counted(lines, 'line')}; "
            "name modules after what their functions deal with.",
            costs=(Cost(COST, WHOLE_FILE),),
        )


RULE = module_rule("NM04", "generic-module", effort=60, page=__doc__, judge=_judge)
