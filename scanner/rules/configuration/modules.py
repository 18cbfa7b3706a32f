"""Which modules are there to hold configuration."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from scanner.domain.facts import Class
from scanner.rules.configuration.names import (
    CONFIGURATION_FILE,
    CONFIGURATION_FOLDERS,
    DEVELOPMENT_FILE,
)
from scanner.rules.contexts import ModuleContext

_SETTINGS_CLASSES: Final = ("Settings", "Config", "Configuration")
_SETTINGS_BASE: Final = "BaseSettings"
_PLAIN_BASES: Final = frozenset({"BaseModel", "NamedTuple", "TypedDict"})
_RECORDS: Final = frozenset({"dataclass", "define", "frozen", "mutable", "attrs"})
_FEWEST_CONSTANTS: Final = 5


def is_configuration(context: ModuleContext) -> bool:
    """Whether a module may read the environment: by its name, its folder, or a settings class."""
    folder, _, name = context.path.lower().rpartition("/")
    if CONFIGURATION_FILE.fullmatch(name.removesuffix(".py")):
        return True
    if not CONFIGURATION_FOLDERS.isdisjoint(folder.split("/")):
        return True
    return any(_derives_from_settings(item) for item in context.module.classes)


def is_development(context: ModuleContext) -> bool:
    """Whether a module holds what only developers and tests use, told by its name."""
    return bool(DEVELOPMENT_FILE.fullmatch(context.file_name.lower().removesuffix(".py")))


def settings(context: ModuleContext) -> Iterator[tuple[str, int]]:
    """Settings classes, and a settings module, each with its site and its number of fields."""
    for place, item in enumerate(context.module.classes):
        if item.fields and _is_settings_class(item):
            yield f"class {place}", item.fields
    if context.module.constants >= _FEWEST_CONSTANTS and is_configuration(context):
        yield "constants", context.module.constants


def _is_settings_class(item: Class) -> bool:
    if _derives_from_settings(item):
        return True
    if not item.name.endswith(_SETTINGS_CLASSES):
        return False
    parts = {name.rpartition(".")[2] for name in item.decorators}
    bases = {name.rpartition(".")[2] for name in item.bases}
    return not (parts.isdisjoint(_RECORDS) and bases.isdisjoint(_PLAIN_BASES))


def _derives_from_settings(item: Class) -> bool:
    return any(name.rpartition(".")[2].endswith(_SETTINGS_BASE) for name in item.bases)
