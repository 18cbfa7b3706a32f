"""What counts as command-line code: there, printing and reading the environment are fair."""

from __future__ import annotations

from typing import Final

from scanner.domain.facts import Import, Module

NAMES: Final = frozenset(
    {"__main__.py", "cli.py", "main.py", "manage.py", "console.py", "setup.py", "terminal.py"}
)
FOLDERS: Final = frozenset(
    {
        "cli",
        "scripts",
        "script",
        "commands",
        "command",
        "cmd",
        "cmds",
        "bin",
        "tools",
        "management",
        "ci",
        "contrib",
    }
)
PARSERS: Final = frozenset({"argparse", "optparse", "click", "typer", "cleo", "docopt", "fire"})


def is_command_line(path: str, module: Module) -> bool:
    """Whether a module is run at a terminal: by its name, its folder, a main guard, its imports."""
    folder, _, name = path.lower().rpartition("/")
    if not folder or name in NAMES or module.has_main_guard:
        return True
    if not FOLDERS.isdisjoint(folder.split("/")):
        return True
    return any(_imports_parser(item) for item in module.imports)


def _imports_parser(item: Import) -> bool:
    if item.is_from:
        return not item.level and item.module.partition(".")[0] in PARSERS
    return any(name.partition(".")[0] in PARSERS for name in item.names)
