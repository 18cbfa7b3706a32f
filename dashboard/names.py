"""Names of rules and principles in plain words, from the catalogue."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.principles import LABELS
from scanner.rules.catalogue import RULES


def rule_title(code: str) -> str:
    """A rule: "Long file"; its code when the catalogue no longer holds it."""
    rule = RULES.get(code)
    return rule.name.replace("-", " ").capitalize() if rule else code


def parser_title(engine: str) -> str:
    """The parser of an engine: "CPython 3.13"."""
    return engine.rpartition("+")[2].replace("cpython-", "CPython ")


def principle_title(key: str) -> str:
    """A principle: "Fail fast"."""
    label = LABELS.get(key)
    return label.name if label else key


def rule_choices(codes: Iterable[str]) -> list[tuple[str, str]]:
    """These rules as choices of a form."""
    return [(code, f"{code} {rule_title(code)}") for code in codes]


def principle_choices() -> list[tuple[str, str]]:
    """The principles that are built, in the order of the rubric."""
    return [(key, label.name) for key, label in LABELS.items() if label.built]
