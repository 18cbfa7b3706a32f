"""A test checks nothing.

## What it finds
Test functions in which nothing is asserted, raised or expected, and which call nothing that the
tests themselves define and that may check for them. Advisory: a test may well show that
something does not fail, and syntax cannot tell.

Not listed: tests of one line or without a body, skipped and abstract ones, fixtures, benchmarks,
and tests whose names end in `ok`, `smoke`, `no_error` or `not_raise` and the like.

## Why it matters
Such a test runs the code and stays green whatever comes out. It looks like cover in every report
and holds nothing.

## How to fix it
Say what must come out, or be changed, by the call. If the point is that nothing is raised, let the
name say so.

Bad:

    def test_total():
        order = Order([Line(2), Line(3)])
        order.total()

Good:

    def test_total():
        order = Order([Line(2), Line(3)])
        assert order.total() == 5

## When to accept it
When the absence of an error is the result.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from scanner.domain.facts import Function, Module
from scanner.rules.contexts import Survey
from scanner.rules.offences import Offence
from scanner.rules.records import survey_rule
from scanner.rules.testability.reach import tests_of
from scanner.rules.wording import brief

_DECORATORS: Final = ("fixture", "abstract", "skip", "benchmark", "xfail")
_ENDINGS: Final = (
    "doesnt_raise",
    "not_raise",
    "no_raise",
    "no_error",
    "no_errors",
    "ok",
    "smoke",
)


def _judge(survey: Survey) -> Iterator[Offence]:
    tests = survey.once(tests_of)
    names = [survey.lasting.of(_defined, path, found) for path, found in tests.modules.items()]
    defined = frozenset[str]().union(*names)
    for path, module in tests.modules.items():
        if not module.unchecked_tests:
            continue
        suspects = {
            (test.symbol, test.line)
            for test in module.unchecked_tests
            if defined.isdisjoint(test.calls)
        }
        for function in module.functions:
            if (function.name, function.line) in suspects and not _is_exempt(function):
                yield Offence(
                    path=path,
                    line=function.line,
                    end_line=function.end_line,
                    symbol=function.name,
                    message=f"{brief(function.name)} asserts nothing; say what must come out.",
                )


def _defined(path: str, module: Module) -> frozenset[str]:
    """Names of the functions that a test module defines beside the tests."""
    return frozenset([function.name.rpartition(".")[2] for function in module.functions])


def _is_exempt(function: Function) -> bool:
    if function.is_stub or function.lines <= 1 or function.name.endswith(_ENDINGS):
        return True
    if any(slot.name == "benchmark" for slot in function.slots):
        return True
    return any(word in decorator for decorator in function.decorators for word in _DECORATORS)


RULE = survey_rule(
    "TE04", "assertion-free-test", effort=10, page=__doc__, judge=_judge, is_advisory=True
)
