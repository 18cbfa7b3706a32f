"""The places of fail-fast that are no handlers, each with the key of its site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, TypeVar

from scanner.domain.facts import FinallyJump, SubprocessCall, Suppress
from scanner.rules.contexts import ModuleContext

T = TypeVar("T")

RUN: Final = "subprocess.run"


def keyed(kind: str, facts: Iterable[T]) -> Iterator[tuple[str, T]]:
    """Facts with the keys of their sites: the kind and the place among its like."""
    return ((f"{kind} {place}", fact) for place, fact in enumerate(facts))


def suppresses(context: ModuleContext) -> Iterator[tuple[str, Suppress]]:
    """Uses of contextlib.suppress."""
    return keyed("suppress", context.module.suppresses)


def jumps(context: ModuleContext) -> Iterator[tuple[str, FinallyJump]]:
    """Jumps out of finally blocks."""
    return keyed("finally", context.module.finally_jumps)


def runs(context: ModuleContext) -> Iterator[tuple[str, SubprocessCall]]:
    """Calls of subprocess.run; its kin either check or hand the code back."""
    return keyed("run", (call for call in context.module.subprocess_calls if call.name == RUN))
