"""Suppression comments: `# codevitals: ignore[CX01] reason`, on the line of the finding.

A comment without a reason, or without a rule, does not count and is listed. A finding about a whole
file is suppressed from any line of it.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from scanner.domain.facts import Module, Pragma
from scanner.domain.findings import UncountedComment

KIND: Final = "codevitals"


@dataclass(frozen=True, slots=True)
class Suppressions:
    """What the comments of one module suppress, with a reason each."""

    at: Mapping[tuple[str, int], str]  # reason by (rule, line)
    anywhere: Mapping[str, str]  # the first reason by rule

    def reason(self, rule: str, lines: Iterable[int] | None) -> str | None:
        """What a comment says of this rule on one of these lines; None in `lines` is any line."""
        if rule not in self.anywhere or lines is None:
            return self.anywhere.get(rule)
        return next((self.at[rule, line] for line in lines if (rule, line) in self.at), None)


def suppressions(module: Module) -> Suppressions:
    """Read a module's comments."""
    at: dict[tuple[str, int], str] = {}
    anywhere: dict[str, str] = {}
    for pragma in _own(module):
        if pragma.reason:
            for code in pragma.codes:
                at.setdefault((code, pragma.line), pragma.reason)
                anywhere.setdefault(code, pragma.reason)
    return Suppressions(at, anywhere)


def complaints(modules: Mapping[str, Module], rules: Container[str]) -> Iterator[UncountedComment]:
    """The suppression comments that do not count."""
    for path, module in modules.items():
        for pragma in _own(module):
            text = _complaint(pragma, rules)
            if text:
                yield UncountedComment(path, pragma.line, text)


def _complaint(pragma: Pragma, rules: Container[str]) -> str:
    """What is wrong with a comment; "" when nothing is."""
    names = ", ".join(pragma.codes)
    if not pragma.codes:
        return "suppresses no rule by name; it does not count"
    if not pragma.reason:
        return f"suppresses {names} and gives no reason; it does not count"
    unknown = [code for code in pragma.codes if code not in rules]
    return f"suppresses {', '.join(unknown)}, which is no rule" if unknown else ""


def _own(module: Module) -> Iterator[Pragma]:
    return (pragma for pragma in module.pragmas if pragma.kind == KIND)
