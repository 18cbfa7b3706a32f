"""Complexity: how many ways lead through a function, and how long and deep they are."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.domain.facts import Function
from scanner.rules.contexts import ModuleContext
from scanner.rules.offences import Site, millionths
from scanner.rules.records import Principle, with_functions


def site_of(function: Function) -> str:
    """The key of a function's site: no two defs begin on one line."""
    return f"{function.line}"


def _sites(context: ModuleContext) -> Iterator[Site]:
    for function in context.module.functions:
        yield Site(site_of(function), millionths(function.lines))


PRINCIPLE = Principle(
    key="complexity",
    title="Complexity",
    unit="function lines",
    why=(
        "Every branch doubles what a reader must check and a test must cover. Functions with many "
        "branches, many lines or deep nesting are where defects gather and where fixing one makes "
        "the next."
    ),
    applies=with_functions,
    sites=_sites,
)
