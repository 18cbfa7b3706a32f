"""Fail fast: whether errors are let out, or at least told."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.domain.findings import MILLION
from scanner.rules.contexts import ModuleContext
from scanner.rules.fail_fast.environment import required_reads
from scanner.rules.fail_fast.handling import handlings
from scanner.rules.fail_fast.places import jumps, runs, suppresses
from scanner.rules.offences import Site
from scanner.rules.records import Principle


def _sites(context: ModuleContext) -> Iterator[Site]:
    for handling in context.once(handlings):
        yield Site(handling.site, MILLION)
    for places in (suppresses(context), jumps(context), runs(context), required_reads(context)):
        for site, _ in places:
            yield Site(site, MILLION)


PRINCIPLE = Principle(
    key="fail-fast",
    title="Fail fast",
    unit="places that deal with errors",
    why=(
        "An error that is let out stops at the line that caused it, with a traceback. One that is "
        "swallowed goes on as wrong data, and shows days later in another place. What the program "
        "cannot run without should be missed at the start, not replaced by a guess."
    ),
    sites=_sites,
    one_a_site=True,
)
