"""Naming: whether names and docstrings tell a reader what to expect."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.domain.findings import MILLION
from scanner.rules.contexts import ModuleContext
from scanner.rules.naming.symbols import public_classes, public_functions, site_of
from scanner.rules.offences import WHOLE_FILE, Site
from scanner.rules.records import Principle


def _sites(context: ModuleContext) -> Iterator[Site]:
    yield Site(WHOLE_FILE, MILLION)
    for found in public_classes(context.module):
        yield Site(site_of(found), MILLION)
    for function in public_functions(context.module):
        yield Site(site_of(function), MILLION)


PRINCIPLE = Principle(
    key="naming",
    title="Naming",
    unit="public names",
    why=(
        "Names and docstrings are the first thing a reader meets, and often the last. A name that "
        "follows the convention says at once what it stands for; one that says nothing sends every "
        "reader into the body."
    ),
    sites=_sites,
)
