"""Tests load a module only by way of others.

## What it finds
Modules with functions that no test module imports itself and after which no test file is named,
though other modules that tests load import them; what counts is told at TE01. Advisory: whether
the tests of those others try this module too cannot be seen from here, and often they do.

Not listed: modules of at most 20 lines of functions; private ones (`_parsing.py`), which are tested
as a part of what uses them; and those of a package whose tests lie in the same folder
(`shop/tests/` or `shop/test_orders.py` for the modules of `shop/`).

## Why it matters
What is only loaded on the way to something else is often only tried on the way. Its own corners,
such as empty input and refusals, are where mistakes stay.

## How to fix it
See with a coverage tool which of its lines the tests run, and write a test file named after it for
the rest.

Bad:

    # tests/test_orders.py, the only test that comes near shop/taxes.py
    def test_total():
        assert total(Order([Line(2)])) == 2.38

Good:

    # tests/test_taxes.py
    from shop.taxes import vat_of

    def test_vat_is_rounded_half_up():
        assert vat_of(0.05) == 0.01

## When to accept it
When the tests of what uses it try its corners as well, as tests over HTTP often do.
"""

from __future__ import annotations

from collections.abc import Iterator

from scanner.domain.facts import MODULE
from scanner.rules.contexts import Survey
from scanner.rules.offences import Offence
from scanner.rules.records import survey_rule
from scanner.rules.testability.reach import Tests, tests_of, untested
from scanner.rules.wording import brief, counted


def _judge(survey: Survey) -> Iterator[Offence]:
    tests = survey.once(tests_of)
    few = survey.rubric.limits.untested_lines
    for path, count in survey.once(untested).items():
        module = survey.modules[path]
        lines = sum(function.lines for function in module.functions)
        if path in tests.reached and lines > few and not _is_part(path, tests):
            name = brief(path.rpartition("/")[2])
            yield Offence(
                path=path,
                line=1,
                end_line=module.lines,
                symbol=MODULE,
                message=f"Tests load {name} only by way of others, and none is named after it: "
                f"{counted(count, 'function')}.",
            )


def _is_part(path: str, tests: Tests) -> bool:
    """Whether a module is tested as a part of something larger, by its name or its place."""
    folder, _, name = path.rpartition("/")
    is_private = name.startswith("_") and not name.startswith("__")
    return is_private or folder in tests.homes


RULE = survey_rule(
    "TE05", "indirectly-tested-module", effort=30, page=__doc__, judge=_judge, is_advisory=True
)
