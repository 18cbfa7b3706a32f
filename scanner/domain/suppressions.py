"""Suppression comments: `# codevitals: ignore[CX01] reason`, on the line of the finding.

A comment without a reason, or without a rule, does not count and is listed. A finding about a whole
file is suppressed from any line of it.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import Final

from scanner.domain.facts import Module, Pragma

KIND: Final = "codevitals"


def suppressing(module: Module) -> tuple[Pragma, ...]:
    """The comments of a module that suppress something and say why."""
    return tuple(pragma for pragma in _own(module) if pragma.codes and pragma.reason)


def covers(pragma: Pragma, rule: str, lines: Container[int] | None) -> bool:
    """Whether a comment speaks of this rule on one of these lines; None is any line of the file."""
    return rule in pragma.codes and (lines is None or pragma.line in lines)


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
