"""The part of a module's facts that rules over all modules may look at.

Two versions of a module with equal views change nothing for a survey rule but lines in messages, so
a survey need not be judged again for a trend. A law test holds this against judging from scratch.
"""

from __future__ import annotations

from typing import Final

from scanner.domain.facts import Module

_MODULE_ONLY: Final = frozenset(
    {
        "lines",
        "header",
        "statements",
        "handlers",
        "suppresses",
        "finally_jumps",
        "subprocess_calls",
        "environment_reads",
        "mutable_defaults",
        "literal_tables",
        "async_calls",
        "log_calls",
        "print_calls",
        "environment_writes",
        "suspected_secrets",
        "endpoints",
        "constants",
    }
)
_PLACES: Final = frozenset(
    {"line", "end_line", "first_line", "lines", "complexity", "depth", "slots", "digest"}
)


def survey_view(module: Module) -> object:
    """Everything but what only rules over one module read, and but places."""
    kept = [name for name in module._fields if name not in _MODULE_ONLY]
    return tuple(_without_places(getattr(module, name)) for name in kept)


def _without_places(value: object) -> object:
    if not isinstance(value, tuple):
        return value
    names = getattr(value, "_fields", None)
    if names is None:
        return tuple([_without_places(each) for each in value])
    return tuple([each for name, each in zip(names, value, strict=True) if name not in _PLACES])
