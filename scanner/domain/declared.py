"""`[tool.codevitals]` out of the bytes of a hostile pyproject.toml: data only, never a limit.

    [tool.codevitals]
    source_roots = ["backend"]
    exclude = ["legacy/**"]

    [tool.codevitals.layers]
    domain = ["app/core/**"]

Nothing here raises: what is wrong is named in plain words, and the rest still counts.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TypeGuard

from scanner.domain.project import ProjectConfig
from scanner.domain.toml_text import parse_toml

PYPROJECT: Final = "pyproject.toml"
DECLARATION_BYTES: Final = 256_000
LAYERS: Final = ("domain", "application", "infrastructure", "presentation", "shared")
MAX_GLOBS: Final = 100
MAX_LENGTH: Final = 200
MAX_NAMED: Final = 20  # unknown keys that are named


def read_declaration(data: bytes) -> ProjectConfig:
    """What the table says; an empty configuration with a problem when it cannot be read."""
    if len(data) > DECLARATION_BYTES:
        return _unread(f"is larger than {DECLARATION_BYTES // 1_000} kB")
    try:
        content: dict[str, object] = parse_toml(data)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return _unread("is not valid TOML")
    except (RecursionError, ValueError):
        return _unread("cannot be read")
    tool = content.get("tool", {})
    table = tool.get("codevitals", {}) if isinstance(tool, dict) else {}
    if not isinstance(table, dict):
        return ProjectConfig(problems=("[tool.codevitals] is no table",))
    return _config(table)


def _unread(why: str) -> ProjectConfig:
    return ProjectConfig(problems=(f"{PYPROJECT} {why}, so [tool.codevitals] was not read",))


def _config(table: Mapping[str, object]) -> ProjectConfig:
    problems: list[str] = []
    layers = table.get("layers", {})
    if not isinstance(layers, dict):
        problems.append("layers is no table")
        layers = {}
    return ProjectConfig(
        layers=tuple(
            (layer, _globs(f"layers.{layer}", layers[layer], problems))
            for layer in LAYERS
            if layer in layers
        ),
        source_roots=tuple(_roots(_globs("source_roots", table.get("source_roots"), problems))),
        exclude=_globs("exclude", table.get("exclude"), problems),
        unknown_keys=tuple(_unknown(table, layers)),
        problems=tuple(problems),
    )


def _unknown(table: Mapping[str, object], layers: Mapping[str, object]) -> list[str]:
    keys = [_printable(key) for key in table if key not in ("layers", "source_roots", "exclude")]
    keys += [f"layers.{_printable(key)}" for key in layers if key not in LAYERS]
    return sorted(keys)[:MAX_NAMED]


def _globs(key: str, value: object, problems: list[str]) -> tuple[str, ...]:
    """The texts of a list, with a word for each thing that is none."""
    if value is None:
        return ()
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list):
        problems.append(f"{key} is no list of texts")
        return ()
    if len(items) > MAX_GLOBS:
        problems.append(f"{key} has more than {MAX_GLOBS} entries; the rest is ignored")
    usable = tuple(item for item in items[:MAX_GLOBS] if _is_usable(item))
    if len(usable) < len(items[:MAX_GLOBS]):
        problems.append(f"{key} holds an entry that is no text of 1 to {MAX_LENGTH} characters")
    return usable


def _is_usable(item: object) -> TypeGuard[str]:
    return isinstance(item, str) and bool(item.strip()) and len(item) <= MAX_LENGTH


def _roots(texts: Iterable[str]) -> Iterator[str]:
    """Folders without dots and slashes at their ends; "." is the top and reads ""."""
    for text in texts:
        parts = [part for part in text.strip().split("/") if part not in ("", ".")]
        if ".." not in parts:
            yield "/".join(parts)


def _printable(key: str) -> str:
    """A hostile key, shortened, with what cannot be printed shown as an escape."""
    text = key[:60] + ("…" if len(key) > 60 else "")
    return "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in text)
