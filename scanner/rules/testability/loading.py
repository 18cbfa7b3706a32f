"""Modules that no import statement names: a framework or a walk over a package loads them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from typing import Final

from scanner.domain.facts import CALLED_COMMANDS, Import, Module
from scanner.domain.resolution import ModuleIndex, folder_of
from scanner.rules.contexts import Survey

WALKER: Final = "pkgutil"
_COMMANDS: Final = "/management/commands/"
_APP_FILES: Final = frozenset({"apps.py", "admin.py", "models.py"})
_TAGS: Final = "templatetags"


def named_in_texts(survey: Survey, index: ModuleIndex) -> Iterator[str]:
    """Modules whose dotted names stand in a text, as in settings, routes and patches."""
    for path, module in (*survey.modules.items(), *survey.others.items()):
        for text in module.dotted_texts:
            yield from index.resolve(path, _as_import(text)).targets


def walked_packages(survey: Survey) -> Iterator[str]:
    """The modules of packages that are walked with pkgutil."""
    walked = tuple(
        f"{folder_of(path)}/"
        for path, module in survey.modules.items()
        if any(_walks(fact) for fact in module.imports) and "/" in path
    )
    return (path for path in survey.modules if path.startswith(walked))


def called_commands(survey: Survey, tests: Mapping[str, Module]) -> Iterator[str]:
    """The management commands that tests run with Django's `call_command`."""
    commands: dict[str, list[str]] = defaultdict(list)
    for path in survey.modules:
        if _COMMANDS in path:
            commands[path.rpartition("/")[2].removesuffix(".py")].append(path)
    for module in tests.values():
        for text in module.dotted_texts:
            if text.startswith(CALLED_COMMANDS):
                yield from commands.get(text.removeprefix(CALLED_COMMANDS), ())


def loaded_by_django(survey: Survey, reached: Set[str]) -> Iterator[str]:
    """What Django loads by its place in an app: where another module of the app is reached."""
    apps = {folder_of(path) for path in reached}
    for path, module in survey.modules.items():
        folder, _, name = path.rpartition("/")
        if name in _APP_FILES:
            app = folder
        elif folder.rpartition("/")[2] == _TAGS:
            app = folder_of(folder)
        else:
            continue
        if app in apps and any(_is_of_django(fact) for fact in module.imports):
            yield path


def _as_import(text: str) -> Import:
    module, _, name = text.rpartition(".")
    return Import(0, 0, "", True, module, (name,), 0, False, False, False, False, "")


def _walks(fact: Import) -> bool:
    return fact.module == WALKER if fact.is_from else WALKER in fact.names


def _is_of_django(fact: Import) -> bool:
    modules = (fact.module,) if fact.is_from else fact.names
    return not fact.level and any(name.partition(".")[0] == "django" for name in modules)
