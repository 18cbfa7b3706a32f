"""Suppression comments: `# codevitals: ignore[CX01] reason`, on the line of the finding.

A comment without a reason, or without a rule, does not count and is listed. A finding about a whole
file is suppressed from any line of it.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from scanner.domain.facts import Module, Pragma

KIND: Final = "codevitals"


@dataclass(frozen=True, slots=True)
class Suppressions:
    """What the comments of one module suppress, with a reason each."""

    at: frozenset[tuple[str, int]]  # (rule, line)
    anywhere: frozenset[str]  # rules named on any line

    def cover(self, rule: str, lines: Iterable[int] | None) -> bool:
        """Whether a comment speaks of this rule on one of these lines; None is any line."""
        if rule not in self.anywhere:
            return False
        return lines is None or any((rule, line) in self.at for line in lines)


def suppressions(module: Module) -> Suppressions:
    """Read a module's comments."""
    at = {(code, pragma.line) for pragma in _own(module) if pragma.reason for code in pragma.codes}
    return Suppressions(frozenset(at), frozenset(code for code, _ in at))


def complaints(modules: Mapping[str, Module], rules: Container[str]) -> Iterator[str]:
    """A sentence for each suppression comment that does not count."""
    for path, module in modules.items():
        for pragma in _own(module):
            place = f"{path}:{pragma.line}"
            if not pragma.codes:
                yield f"{place} suppresses no rule by name; it does not count"
            elif not pragma.reason:
                names = ", ".join(pragma.codes)
                yield f"{place} suppresses {names} and gives no reason; it does not count"
            else:
                unknown = [code for code in pragma.codes if code not in rules]
                if unknown:
                    yield f"{place} suppresses {', '.join(unknown)}, which is no rule"


def _own(module: Module) -> Iterator[Pragma]:
    return (pragma for pragma in module.pragmas if pragma.kind == KIND)
