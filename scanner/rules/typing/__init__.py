"""Typing: how much of the code says what it takes and gives."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.rules.contexts import ModuleContext
from scanner.rules.offences import Site, millionths
from scanner.rules.records import Principle, with_functions
from scanner.rules.typing.signatures import signatures


def _sites(context: ModuleContext) -> Iterator[Site]:
    for signature in context.once(signatures):
        count = len(signature.slots)
        yield Site(signature.site, millionths(count), count)


PRINCIPLE = Principle(
    key="typing",
    title="Typing",
    unit="annotation slots",
    why=(
        "An annotation is documentation that a machine checks on every change. Where it is "
        "missing, or says Any, the reader has to find every caller to learn what a function "
        "takes, and the type checker stays silent about the mistake that reaches production."
    ),
    applies=with_functions,
    sites=_sites,
)
