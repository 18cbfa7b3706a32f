"""Dotted names, resolved through a module's imports."""

from __future__ import annotations

import ast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

UNKNOWN = "?"


def words(text: str) -> frozenset[str]:
    """A set of names, written as one text."""
    return frozenset(text.split())


def last_name(node: ast.AST) -> str:
    """What a dotted name ends in; most calls are told from those of interest by that alone."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


class Aliases:
    """What the names of a module stand for, as its imports say.

    Imports at module or class level win over those inside functions; among equals the first wins,
    so that the fallback of a `try: import ... except ImportError` does not.
    """

    __slots__ = ("_local", "_top")

    def __init__(self) -> None:
        self._top: dict[str, str] = {}
        self._local: dict[str, str] = {}

    def table(self, in_function: bool) -> dict[str, str]:
        """Where an import writes what its names stand for, unless they are there already."""
        return self._local if in_function else self._top

    def settle(self) -> None:
        """All imports are known: make look-ups single."""
        self._top = {**self._local, **self._top}

    def names_of(self, targets: Collection[str]) -> set[str]:
        """The names that stand for one of these."""
        return {name for name, target in self._top.items() if target in targets}

    def items(self) -> Iterable[tuple[str, str]]:
        """Names with what they stand for."""
        return self._top.items()

    def resolve(self, name: str) -> str:
        """What a plain name stands for."""
        return self._top.get(name, name)

    def dotted(self, node: ast.AST | None) -> str:
        """The resolved dotted name of an expression; `?` for what is no plain name."""
        if isinstance(node, ast.Name):
            return self._top.get(node.id, node.id)
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        parts.append(self.resolve(node.id) if isinstance(node, ast.Name) else UNKNOWN)
        parts.reverse()
        return ".".join(parts)

    def callee(self, node: ast.expr) -> str:
        """The dotted name of a decorator or a base: arguments and subscripts left out."""
        if isinstance(node, ast.Call):
            node = node.func
        if isinstance(node, ast.Subscript):
            node = node.value
        return self.dotted(node)

    def called(self, node: ast.expr) -> str:
        """The same for a function, where a call may come before the last dot: `get_loop().run`."""
        if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Call):
            return self.dotted(node)
        return f"{self.dotted(node.value.func)}().{node.attr}"
