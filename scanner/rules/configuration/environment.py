"""Reads of the environment and writes into it, as places of configuration."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from scanner.domain.facts import EnvironmentRead, EnvironmentWrite
from scanner.rules.configuration.modules import is_configuration
from scanner.rules.configuration.names import CONFIGURATION_SYMBOL, is_platform, is_switch
from scanner.rules.contexts import ModuleContext

_HARMLESS: Final = frozenset({"setdefault", "remove"})


def reads(context: ModuleContext) -> Iterator[tuple[str, EnvironmentRead]]:
    """Reads of what a team sets, with the keys of their sites; the platform's own are left out."""
    for place, read in enumerate(context.module.environment_reads):
        if not is_platform(read.key):
            yield f"read {place}", read


def scattered(context: ModuleContext) -> Iterator[tuple[str, EnvironmentRead]]:
    """Those of them that stand where nobody looks for configuration."""
    if context.is_command_line or context.once(is_configuration):
        return
    for site, read in reads(context):
        if read.key and not _is_switch(read) and not _gathers(read.symbol):
            yield site, read


def lasting_writes(context: ModuleContext) -> Iterator[EnvironmentWrite]:
    """Changes of the environment that stay, made by code that is neither a command nor settings."""
    if not context.is_command_line and not context.once(is_configuration):
        yield from filter(_stays, context.module.environment_writes)


def _is_switch(read: EnvironmentRead) -> bool:
    """Whether it only turns something on or off, when the module is loaded or for its authors."""
    if read.in_main_guard or is_switch(read.key):
        return True
    return read.is_switch and not read.in_function


def _stays(write: EnvironmentWrite) -> bool:
    if write.way in _HARMLESS or write.is_restored or write.in_main_guard:
        return False
    return bool(write.key) and not is_platform(write.key)


def _gathers(symbol: str) -> bool:
    """Whether a function or class is there to gather configuration, told by a name."""
    return any(CONFIGURATION_SYMBOL.fullmatch(name) for name in symbol.split("."))
