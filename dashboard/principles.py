"""The ten principles as pages name them, those not yet built included."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from scanner.domain.rubric import KEYS, Rubric
from scanner.domain.rubric_values import LIMIT_NOTES
from scanner.rules.catalogue import PRINCIPLES


@dataclass(frozen=True, slots=True)
class Label:
    """How a principle is named. `short` fits over a table cell."""

    key: str
    name: str
    short: str
    unit: str  # of masses and costs
    places: str  # what is looked at, counted by n
    why: str
    applies: str  # where it applies, decided by structure and never by findings
    built: bool


# key: name, name over a cell, unit, places, why
_NAMES: Final = {
    "file-size": ("File size", "Size", "lines", "files", ""),
    "complexity": ("Complexity", "Cplx", "function lines", "functions", ""),
    "typing": ("Typing", "Types", "slots", "slots", ""),
    "layering": ("Layering", "Layer", "imports", "imports", ""),
    "fail-fast": ("Fail fast", "Fail", "places", "error-handling places", ""),
    "async": (
        "Async",
        "Async",
        "async functions",
        "async functions",
        "One blocking call inside an async function stops every other task of the process.",
    ),
    "observability": (
        "Observability",
        "Obs",
        "output sites",
        "output sites",
        "What a program does in production is known by what it logs, and how.",
    ),
    "configuration": (
        "Configuration",
        "Conf",
        "settings",
        "settings",
        "What differs between machines belongs in the environment, and secrets never in code.",
    ),
    "testability": (
        "Testability",
        "Tests",
        "functions",
        "functions",
        "Code that no test reaches changes by luck.",
    ),
    "naming": (
        "Naming",
        "Names",
        "names",
        "names",
        "Names and docstrings are the first thing a reader meets, and often the last.",
    ),
}


_APPLIES: Final = {
    "complexity": "where there is a function",
    "typing": "where there is a function",
    "layering": "where there are two modules",
    "async": "where there is an async function",
    "testability": "where there is a function",
}


def limits_of(rubric: Rubric, key: str) -> tuple[tuple[str, int], ...]:
    """What a principle compares with, in plain words."""
    return tuple(
        (note.title, getattr(rubric.limits, note.name))
        for note in LIMIT_NOTES
        if note.principle == key
    )


def _label(key: str) -> Label:
    name, short, unit, places, why = _NAMES[key]
    built = PRINCIPLES.get(key)
    return Label(
        key=key,
        name=built.title if built else name,
        short=short,
        unit=built.unit if built else unit,
        places=places,
        why=built.why if built else why,
        applies=_APPLIES.get(key, "always"),
        built=built is not None,
    )


LABELS: Final[Mapping[str, Label]] = {key: _label(key) for key in KEYS}
"""By key, in the order of the rubric."""
