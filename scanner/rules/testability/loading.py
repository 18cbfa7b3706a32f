"""Modules that no import statement names: a framework or a walk over a package loads them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Set
from typing import Final

from scanner.domain.resolution import folder_of
from scanner.rules.testability.ways import Ways

_COMMANDS: Final = "/management/commands/"
_APP_FILES: Final = frozenset({"apps.py", "admin.py", "models.py"})
_TAGS: Final = "templatetags"


def walked_packages(ways: Ways) -> Iterator[str]:
    """The modules of packages that are walked with pkgutil."""
    walked = tuple(
        f"{folder_of(path)}/" for path, way in ways.production if way.walks and "/" in path
    )
    return (path for path, _ in ways.production if path.startswith(walked))


def called_commands(ways: Ways) -> Iterator[str]:
    """The management commands that tests run with Django's `call_command`."""
    commands: dict[str, list[str]] = defaultdict(list)
    for path, _ in ways.production:
        if _COMMANDS in path:
            commands[path.rpartition("/")[2].removesuffix(".py")].append(path)
    for command in ways.called:
        yield from commands.get(command, ())


def loaded_by_django(ways: Ways, reached: Set[str]) -> Iterator[str]:
    """What Django loads by its place in an app: where another module of the app is reached."""
    apps = {folder_of(path) for path in reached}
    for path, way in ways.production:
        folder, _, name = path.rpartition("/")
        if name in _APP_FILES:
            app = folder
        elif folder.rpartition("/")[2] == _TAGS:
            app = folder_of(folder)
        else:
            continue
        if way.is_django and app in apps:
            yield path
