"""Texts by which modules may be loaded."""

from __future__ import annotations

import re

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
    found = dict.fromkeys(item for pattern in _DOTTED for item in pattern.findall(text))
    short = [item for item in found if len(item) <= _LONGEST_DOTTED and item[-1] != "."]
    return [*_commands(text, aliases), *short][:_MOST_DOTTED]


def _commands(text: str, aliases: Aliases) -> list[str]:
    home = aliases.resolve("management")
    caller = aliases.resolve("call_command")
    if home != "django.core.management" and not caller.startswith("django."):
        return []
    return [f"{_COMMANDS}{name}" for name in dict.fromkeys(_COMMAND.findall(text))]
