"""Texts by which modules may be loaded."""

from __future__ import annotations

import re

from .suspicion import suspicion

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .names import Aliases

# One pattern for each quote: a search that begins with one sign runs at the speed of a memory scan.
_DOTTED = (
    re.compile(r'"([A-Za-z_]\w*\.[\w.]+)"'),
    re.compile(r"'([A-Za-z_]\w*\.[\w.]+)'"),
)
_LONGEST_DOTTED = 200
_MOST_DOTTED = 500
_COMMAND = re.compile(r"call_command\(\s*[\"'](\w+)[\"']")
_COMMANDS = "management.commands."


def loaded_texts(text: str, aliases: Aliases) -> list[str]:
    """Short quoted texts of the form a.b.c, each once: what may be loaded by its name.

    The names of Django's management commands that are called stand behind `management.commands.`.
    """
    commands = _commands(text, aliases)
    found = _DOTTED[0].findall(text) + _DOTTED[1].findall(text)
    if not found:
        return commands
    short = [item for item in dict.fromkeys(found) if len(item) <= _LONGEST_DOTTED]
    told = (item for item in short if item[-1] != "." and not suspicion(item))
    return [*commands, *told][:_MOST_DOTTED]


def _commands(text: str, aliases: Aliases) -> list[str]:
    home = aliases.resolve("management")
    caller = aliases.resolve("call_command")
    if home != "django.core.management" and not caller.startswith("django."):
        return []
    return [f"{_COMMANDS}{name}" for name in dict.fromkeys(_COMMAND.findall(text))]
