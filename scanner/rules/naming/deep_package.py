"""A package lies too deep inside others.

## What it finds
Packages that lie inside four others or more, so that their modules have at least six parts in their
names: 1 each. Only folders with an `__init__` count, so `src` and the like do not. Folders that
Django demands, `management` and its `commands`, do not count either.

## Why it matters
Deep trees hide code. The imports grow longer than what they import, one word of the path must be
known to guess the next, and moving anything changes half of the tree.

## How to fix it
Take out the levels that hold only one folder, and let the names of the rest carry the meaning.

Bad:

    from shop.core.orders.lines.prices.taxes import vat_of

Good:

    from shop.taxes import vat_of

## When to accept it
Where the folders mirror something outside, such as a schema or the address space of a device.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from scanner.domain.facts import MODULE
from scanner.domain.findings import MILLION
from scanner.domain.resolution import FACADE, folders_above
from scanner.rules.contexts import Survey
from scanner.rules.offences import WHOLE_FILE, Cost, Offence
from scanner.rules.records import survey_rule
from scanner.rules.wording import brief

_DEMANDED: Final = re.compile(r"/management(?:/commands)?$")


def _judge(survey: Survey) -> Iterator[Offence]:
    limit = survey.rubric.limits.package_levels
    packages = {
        path.rpartition("/")[0]
        for path in survey.project.paths
        if path.rpartition("/")[2] == FACADE
    }
    for path, module in survey.modules.items():
        folder, _, name = path.rpartition("/")
        if name != FACADE:
            continue
        depth = _depth(folder, packages)
        if depth > limit:
            yield Offence(
                path=path,
                line=1,
                end_line=max(1, module.lines),
                symbol=MODULE,
                message=f"The package {brief(folder.rpartition('/')[2])} is the {depth}th level of "
                f"packages, limit {limit}; take out levels that hold little.",
                costs=(Cost(MILLION, WHOLE_FILE),),
            )


def _depth(folder: str, packages: set[str]) -> int:
    """How many packages lie around a folder without a gap, itself included."""
    depth = 0
    for above in folders_above(folder):
        if above not in packages:
            break
        depth += not _DEMANDED.search(f"/{above}")
    return depth


RULE = survey_rule("NM05", "deep-package", effort=60, page=__doc__, judge=_judge)
