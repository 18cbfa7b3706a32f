"""A rubric as a TOML file: the whole of it, or what differs from another.

    [principles.complexity]
    weight = 20
    [limits]
    function_lines = 40
    [rules]
    off = ["TY05"]

A file changes only what it names. `on` beside `off` takes a rule back that the inherited rubric has
switched off.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from scanner.domain.errors import UserError
from scanner.domain.rubric import DEFAULT, KEYS, Limits, Rubric, Terms
from scanner.domain.rubric_values import (
    LIMIT_NOTES,
    InvalidValuesError,
    Value,
    Values,
    is_known,
    limit_name,
    rule_name,
    settled,
    term_name,
    values_of,
)
from scanner.domain.toml_text import parse_toml

RUBRIC_BYTES: Final = 256_000
LONGEST: Final = 300  # characters of what is wrong, which may repeat the file
_TABLES: Final = ("principles", "limits", "rules")
_RULES: Final = "rules."


def load(data: bytes, base: Rubric = DEFAULT) -> Rubric:
    """Read a rubric file: the base with what the file changes.

    Raises UserError "rubric.unreadable" or "rubric.invalid" with the place of the first mistake.
    """
    wanted = read_values(data)
    try:
        return settled(base, wanted, strict=True)
    except InvalidValuesError as error:
        name, why = next(iter(error.mistakes.items()))
        raise _invalid(f"{name}: {why}" if name else why) from error


def read_values(data: bytes) -> dict[str, object]:
    """What a file names, by the names of `rubric_values`; the values are not judged.

    Raises UserError "rubric.unreadable" or "rubric.invalid".
    """
    content = _parsed(data)
    if unknown := sorted(set(content) - set(_TABLES)):
        raise _invalid(f"the key {unknown[0]!r} is unknown")
    principles, limits, rules = (_table(content, key) for key in _TABLES)
    if unknown := sorted(set(principles) - set(KEYS)):
        raise _invalid(f"there is no principle {unknown[0]!r}")
    found: dict[str, object] = {}
    for key in principles:
        found |= {term_name(key, term): each for term, each in _table(principles, key).items()}
    found |= {limit_name(name): each for name, each in limits.items()}
    if unknown := [name for name in found if not is_known(name)]:
        raise _invalid(f"{unknown[0]}: there is no such value")
    return found | _rules(rules)


def write_whole(rubric: Rubric, title: str, switched: Iterable[str] = ()) -> str:
    """All values. Loaded on any rubric whose rules off are among these or `switched`, it is equal.

    `switched` names rules that are on here and off in the rubric it was inherited from.
    """
    taken_back = (DEFAULT.rules_off | frozenset(switched)) - rubric.rules_off
    values = values_of(rubric) | {rule_name(code): True for code in sorted(taken_back)}
    return _written(values, [title, f"Version {rubric.version}. The whole rubric."])


def write_changes(changes: Values, title: str) -> str:
    """The changed values alone, in the order of the rubric."""
    order = {name: place for place, name in enumerate(values_of(DEFAULT))}
    ordered = dict(sorted(changes.items(), key=lambda item: (order.get(item[0], 999), item[0])))
    return _written(ordered, [title, "What it does not name follows the default."])


def _parsed(data: bytes) -> Mapping[str, object]:
    if len(data) > RUBRIC_BYTES:
        raise _unreadable(f"it is larger than {RUBRIC_BYTES // 1_000} kB")
    try:
        content: Mapping[str, object] = parse_toml(data)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _unreadable(f"it is not valid TOML: {error}") from error
    except (RecursionError, ValueError) as error:
        raise _unreadable(
            "it is nested too deeply, has too many dots in a line, or holds what is no value"
        ) from error
    return content


def _rules(table: Mapping[str, object]) -> dict[str, object]:
    if extra := sorted(set(table) - {"off", "on"}):
        raise _invalid(f"the key 'rules.{extra[0]}' is unknown")
    off, on = _codes(table, "off"), _codes(table, "on")
    if both := sorted(set(off) & set(on)):
        raise _invalid(f"{both[0]} is both on and off")
    found: dict[str, object] = {rule_name(code): False for code in off}
    return found | {rule_name(code): True for code in on}


def _codes(table: Mapping[str, object], key: str) -> list[str]:
    items = table.get(key, [])
    if not isinstance(items, list):
        raise _invalid(f"rules.{key}: it is no list of codes")
    codes = [item for item in items if isinstance(item, str)]
    if len(codes) < len(items):
        raise _invalid(f'rules.{key}: a code is text, like "TY05"')
    return codes


def _table(content: Mapping[str, object], key: str) -> Mapping[str, object]:
    value = content.get(key, {})
    if not isinstance(value, dict):
        raise _invalid(f"{key!r} is no table")
    return value


def _written(values: Values, remarks: Iterable[str]) -> str:
    lines = [f"# {_one_line(remark)}" for remark in remarks]
    for key in KEYS:
        lines += _section(f"principles.{key}", _terms(key, values))
    lines += _section("limits", _limits(values))
    lines += _section("rules", _lists(values))
    return "\n".join(lines) + "\n"


def _section(name: str, entries: Iterable[str]) -> list[str]:
    found = list(entries)
    return ["", f"[{name}]", *found] if found else []


def _terms(key: str, values: Values) -> Iterator[str]:
    for term in Terms.model_fields:
        name = term_name(key, term)
        if name in values:
            yield f"{term} = {_number(values[name])}"


def _limits(values: Values) -> Iterator[str]:
    for note in LIMIT_NOTES:
        name = limit_name(note.name)
        if name in values:
            words = f"{note.title}; {note.note}" if note.note else note.title
            yield f"{note.name} = {_number(values[name])}  # {words}"


def _lists(values: Values) -> Iterator[str]:
    for key, wanted in (("off", False), ("on", True)):
        codes = [
            name.removeprefix(_RULES)
            for name, judges in values.items()
            if name.startswith(_RULES) and judges is wanted
        ]
        if codes:
            yield f"{key} = [{_quoted(codes)}]"


def _quoted(codes: Iterable[str]) -> str:
    return ", ".join(f'"{code}"' for code in sorted(codes))


def _number(value: Value) -> str:
    """Whole where it is whole; else all digits, so that reading it gives the same number."""
    return str(int(value)) if value == int(value) else repr(float(value))


def _one_line(text: str) -> str:
    """A remark holds no character that TOML or a reader would stumble over."""
    return "".join(char if char.isprintable() else " " for char in text)


def _unreadable(why: str) -> UserError:
    return UserError(
        "rubric.unreadable",
        f"The rubric file cannot be read: {why}.",
        "Give a TOML file like the one on the rubric page.",
    )


def _invalid(why: str) -> UserError:
    return UserError(
        "rubric.invalid",
        f"The rubric file is not valid: {why[:LONGEST]}.",
        f"Principles are {', '.join(KEYS)}; limits are {', '.join(Limits.model_fields)}.",
    )
