"""Testability: whether tests reach the code, and whether the code lets itself be tested."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.domain.facts import Module, bodies_of
from scanner.domain.findings import MILLION
from scanner.rules.contexts import ModuleContext
from scanner.rules.offences import WHOLE_FILE, Site
from scanner.rules.records import Principle, with_functions


def testable(module: Module) -> int:
    """How many functions have a body of their own that a test could run."""
    return bodies_of(module)


def _sites(context: ModuleContext) -> Iterator[Site]:
    """One for all functions of a file: what is asked is whether tests reach the file."""
    count = testable(context.module)
    if count:
        yield Site(WHOLE_FILE, count * MILLION, count)


PRINCIPLE = Principle(
    key="testability",
    title="Testability",
    unit="functions",
    why=(
        "Code that no test reaches changes by luck. Code that reads files when it is imported, or "
        "builds its own database client in the middle of a rule, can only be tested with all of "
        "that around it, so it is not."
    ),
    applies=with_functions,
    sites=_sites,
    surveyed=frozenset(
        {"functions", "imports", "unchecked_tests", "dotted_texts", "resource_calls"}
    ),
)
