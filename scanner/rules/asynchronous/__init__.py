"""Async: whether one task can hold up, lose or forget the others."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.domain.findings import MILLION
from scanner.rules.contexts import ModuleContext
from scanner.rules.offences import Site
from scanner.rules.records import Principle, with_async_functions


def _sites(context: ModuleContext) -> Iterator[Site]:
    for place, function in enumerate(context.module.functions):
        if function.is_async:
            yield Site(f"function {place}", MILLION)


PRINCIPLE = Principle(
    key="async",
    title="Async",
    unit="async functions",
    why=(
        "One blocking call inside an async function stops every other task of the process, and a "
        "task that nobody holds, awaits or limits in time fails where nobody looks. Such mistakes "
        "pass every test and show under load."
    ),
    applies=with_async_functions,
    sites=_sites,
)
