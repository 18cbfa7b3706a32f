"""All principles and rules, found by walking this package."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Final

import scanner.rules
from scanner.domain.errors import UserError
from scanner.domain.rubric import DEFAULT, KEYS, Rubric
from scanner.domain.rubric_file import load, read_values
from scanner.rules.records import Principle, Rule

_RULE: Final = "rules."


@dataclass(frozen=True, slots=True)
class Entry:
    """A principle with its rules, by code."""

    principle: Principle
    rules: tuple[Rule, ...]

    @property
    def surveys(self) -> bool:
        """Whether anything of it looks at all modules together."""
        return self.principle.survey_sites is not None or any(rule.survey for rule in self.rules)

    @property
    def surveyed(self) -> frozenset[str]:
        """The fields of modules that it looks at together; none where places alone matter."""
        return self.principle.surveyed


def _entries() -> Iterator[Entry]:
    for found in pkgutil.iter_modules(scanner.rules.__path__, "scanner.rules."):
        if found.ispkg:
            package = importlib.import_module(found.name)
            yield Entry(package.PRINCIPLE, tuple(sorted(_rules(package), key=lambda r: r.code)))


def _rules(package: ModuleType) -> Iterator[Rule]:
    for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        rule = getattr(importlib.import_module(found.name), "RULE", None)
        if isinstance(rule, Rule):
            yield rule


CATALOGUE: Final[tuple[Entry, ...]] = tuple(
    sorted(_entries(), key=lambda entry: KEYS.index(entry.principle.key))
)
"""The principles that are built, in the order of the rubric."""

PRINCIPLES: Final[Mapping[str, Principle]] = {
    entry.principle.key: entry.principle for entry in CATALOGUE
}
RULES: Final[Mapping[str, Rule]] = {rule.code: rule for entry in CATALOGUE for rule in entry.rules}
PRINCIPLE_OF: Final[Mapping[str, str]] = {
    rule.code: entry.principle.key for entry in CATALOGUE for rule in entry.rules
}


def read_rubric(data: bytes, base: Rubric = DEFAULT) -> Rubric:
    """Read a rubric file whose rules must exist.

    Raises UserError as `scanner.domain.rubric_file.load` does.
    """
    refuse_unknown_rules(read_values(data))
    return load(data, base)


def refuse_unknown_rules(names: Iterable[str]) -> None:
    """Raise UserError "rubric.invalid" when one of these names is of a rule that is not there."""
    codes = {name.removeprefix(_RULE) for name in names if name.startswith(_RULE)}
    if unknown := sorted(codes - RULES.keys()):
        raise UserError(
            "rubric.invalid",
            f"The rubric file is not valid: there is no rule {unknown[0][:60]}.",
            f"Rules are {', '.join(RULES)}.",
        )
