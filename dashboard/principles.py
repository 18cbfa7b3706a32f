"""The ten principles as pages name them, those not yet built included."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from scanner.domain.rubric import DEFAULT, KEYS
from scanner.rules.catalogue import PRINCIPLES


@dataclass(frozen=True, slots=True)
class Label:
    """How a principle is named. `short` fits over a table cell."""

    key: str
    name: str
    short: str
    unit: str
    weight: float
    why: str
    built: bool


# key: name, name over a cell, unit, why
_NAMES: Final = {
    "file-size": ("File size", "Size", "lines", ""),
    "complexity": ("Complexity", "Cplx", "function lines", ""),
    "typing": ("Typing", "Types", "slots", ""),
    "layering": ("Layering", "Layer", "imports", ""),
    "fail-fast": ("Fail fast", "Fail", "handlers", ""),
    "async": (
        "Async",
        "Async",
        "async functions",
        "One blocking call inside an async function stops every other task of the process.",
    ),
    "observability": (
        "Observability",
        "Obs",
        "output sites",
        "What a program does in production is known by what it logs, and how.",
    ),
    "configuration": (
        "Configuration",
        "Conf",
        "settings",
        "What differs between machines belongs in the environment, and secrets never in code.",
    ),
    "testability": (
        "Testability",
        "Tests",
        "functions",
        "Code that no test reaches changes by luck.",
    ),
    "naming": (
        "Naming",
        "Names",
        "names",
        "Names and docstrings are the first thing a reader meets, and often the last.",
    ),
}


def _label(key: str) -> Label:
    name, short, unit, why = _NAMES[key]
    built = PRINCIPLES.get(key)
    return Label(
        key=key,
        name=built.title if built else name,
        short=short,
        unit=built.unit if built else unit,
        weight=DEFAULT.by_key[key].weight,
        why=built.why if built else why,
        built=built is not None,
    )


LABELS: Final[Mapping[str, Label]] = {key: _label(key) for key in KEYS}
"""By key, in the order of the rubric."""
