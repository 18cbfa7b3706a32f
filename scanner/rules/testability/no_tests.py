"""The repository has no tests.

## What it finds
Repositories in which no function of a test module is named like a test: the cost of every
function with a body of its own, in one finding. Test modules are found by their folders (tests,
testing, e2e, ...) and names (`test_orders.py`, `orders_test.py`, `conftest.py`) wherever they lie,
inside packages too; a top-level folder in which at least half of the files are tests is a test
folder as well. A test file that could not be read counts as a test.

## Why it matters
Nobody can tell whether a change breaks something until a user does. So changes become rare, large
and dangerous, and code that should be mended is left alone.

## How to fix it
Begin with one test of the path that would hurt most if it broke, and run it on every change. Then
write one test for each mistake that is found.

Bad:

    # "It worked when I tried it."
    def total(lines):
        return sum(line.price for line in lines)

Good:

    # tests/test_orders.py
    def test_the_total_is_the_sum_of_the_lines():
        assert total([Line(price=2), Line(price=3)]) == 5

## When to accept it
When the tests live in a repository of their own and run on every change of this one.
"""

from __future__ import annotations

from collections.abc import Iterator

from scanner.domain.facts import MODULE
from scanner.domain.findings import MILLION
from scanner.rules.contexts import Survey
from scanner.rules.offences import WHOLE_FILE, Cost, Offence
from scanner.rules.records import survey_rule
from scanner.rules.testability.reach import testables, tests_of
from scanner.rules.wording import counted


def _judge(survey: Survey) -> Iterator[Offence]:
    counts = survey.once(testables)
    if not counts or survey.once(tests_of).exist:
        return
    total = sum(counts.values())
    yield Offence(
        path=next(iter(counts)),
        line=1,
        end_line=1,
        symbol=MODULE,
        message=f"The repository has no tests: {counted(total, 'function')} in "
        f"{counted(len(counts), 'module')} change by luck.",
        costs=tuple(Cost(count * MILLION, WHOLE_FILE, 1, path) for path, count in counts.items()),
    )


RULE = survey_rule("TE00", "no-tests", effort=480, page=__doc__, judge=_judge)
