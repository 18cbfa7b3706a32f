"""The scope of a tree that changes step by step; each step costs what changed.

After each step it tells production code from the rest exactly as `scanner.domain.scope.sort_out`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scanner.domain.facts import Module, Unmeasured
from scanner.domain.project import ProjectConfig
from scanner.domain.scope import Layout

Facts = Module | Unmeasured


class Sorting:
    """The modules of a tree, told apart. Mappings are in the order of their paths."""

    def __init__(self) -> None:
        self.production: dict[str, Module] = {}
        self.others: dict[str, Module] = {}  # measured but left out
        self.unmeasured: dict[str, Unmeasured] = {}  # in scope
        self._facts: dict[str, Facts] = {}
        self._reasons: dict[str, str] = {}
        self._layout = Layout(frozenset(), frozenset(), ProjectConfig())

    def take(self, changed: Mapping[str, Facts | None], config: ProjectConfig) -> set[str]:
        """Go to the next tree; the paths that are new, differ, moved in or out of scope, or went.

        None means that the file is gone.
        """
        same_paths = all((path in self._facts) == bool(facts) for path, facts in changed.items())
        for path, facts in changed.items():
            if facts is None:
                self._facts.pop(path, None)
            else:
                self._facts[path] = facts
        layout = self._layout
        if not same_paths or config != layout.config:
            layout = Layout.of(self._facts, config)
        asked = changed if layout == self._layout else changed.keys() | self._facts.keys()
        self._layout = layout
        return self._place(asked, changed)

    def _place(self, asked: Iterable[str], changed: Mapping[str, Facts | None]) -> set[str]:
        touched = set(changed)
        for path in asked:
            facts = self._facts.get(path)
            reason = "" if facts is None else self._layout.reason(path, facts)
            if path in changed or reason != self._reasons.get(path, ""):
                touched.add(path)
                self._put(path, facts, reason)
        for mapping in (self.production, self.others, self.unmeasured):
            _in_order(mapping)
        return touched

    def _put(self, path: str, facts: Facts | None, reason: str) -> None:
        for mapping in (self.production, self.others, self.unmeasured):
            if not (mapping is self.production and isinstance(facts, Module) and not reason):
                mapping.pop(path, None)
        self._reasons.pop(path, None)
        if facts is None:
            return
        if reason:
            self._reasons[path] = reason
        if isinstance(facts, Module):
            (self.others if reason else self.production)[path] = facts
        elif not reason:
            self.unmeasured[path] = facts


def _in_order(mapping: dict[str, Module] | dict[str, Unmeasured]) -> None:
    """Sort the keys, in place; most steps leave them in order."""
    paths = list(mapping)
    ordered = sorted(paths)
    if paths != ordered:
        for path in ordered:
            mapping[path] = mapping.pop(path)  # type: ignore[assignment]
