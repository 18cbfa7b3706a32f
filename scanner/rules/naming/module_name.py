"""A module or package is not named in snake_case.

## What it finds
Modules inside a package whose names are not made of small letters, digits and underscores, and
packages whose folders are not: 1 each. So do names that Python keeps for itself, such as `import`
or `class`. A file outside a package is no module to import but a program, so it may be called as it
likes.

## Why it matters
Whoever writes the import has to remember the capitals. On systems that do not tell capitals
from small letters the wrong spelling works, and breaks on the next machine. A hyphen, a leading
digit or a word of the language cannot be imported at all.

## How to fix it
Rename the file, and leave the old name behind for a release when others import it.

Bad:

    from shop.OrderLines import OrderLine

Good:

    from shop.order_lines import OrderLine

## When to accept it
When the name is that of a published module which others import, and the day to change it is later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from keyword import iskeyword
from typing import Final

from scanner.domain.facts import MODULE
from scanner.domain.findings import MILLION
from scanner.domain.resolution import FACADE
from scanner.rules.contexts import Survey
from scanner.rules.offences import WHOLE_FILE, Cost, Offence
from scanner.rules.records import survey_rule
from scanner.rules.wording import brief

_SNAKE: Final = re.compile(r"[a-z_][a-z0-9_]*")


def _judge(survey: Survey) -> Iterator[Offence]:
    packages = {
        path.rpartition("/")[0]
        for path in survey.project.paths
        if path.rpartition("/")[2] == FACADE
    }
    for path, module in survey.modules.items():
        folder, _, file_name = path.rpartition("/")
        if not folder or folder not in packages:
            continue
        is_package = file_name == FACADE
        name = folder.rpartition("/")[2] if is_package else file_name.removesuffix(".py")
        wrong = _wrong(name)
        if wrong:
            kind = "package" if is_package else "module"
            yield Offence(
                path=path,
                line=1,
                end_line=max(1, module.lines),
                symbol=MODULE,
                message=f"The {kind} {brief(name)} is {wrong}.",
                costs=(Cost(MILLION, WHOLE_FILE),),
            )


def _wrong(name: str) -> str:
    """What a name is that it should not be; "" for a good one."""
    if not _SNAKE.fullmatch(name):
        return "not named in snake_case: small letters, digits and underscores"
    return "named like a word of Python, which no import can name" if iskeyword(name) else ""


RULE = survey_rule("NM01", "module-name", effort=15, page=__doc__, judge=_judge)
