"""The output sites of a module, each with the key of its site."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.domain.facts import LogCall, PrintCall
from scanner.rules.contexts import ModuleContext


def logs(context: ModuleContext) -> Iterator[tuple[str, LogCall]]:
    """Calls of loggers."""
    return ((f"log {place}", call) for place, call in enumerate(context.module.log_calls))


def prints(context: ModuleContext) -> Iterator[tuple[str, PrintCall]]:
    """Calls of print."""
    return ((f"print {place}", call) for place, call in enumerate(context.module.print_calls))
