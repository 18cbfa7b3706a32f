"""Scopes of a module: where a statement stands, and what waits to be looked at there."""

from __future__ import annotations

import ast

MODULE = "<module>"

IN_LOOP = 1
IN_TRY = 2
TYPE_CHECKING_ONLY = 4
IN_RERAISING_HANDLER = 8

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


class Scope:
    """A module, a class, a function, or the block of a main guard.

    `roots` are the statements and expressions whose branches count towards the scope's
    complexity; `quiet` are those that do not (decorators, defaults, assertions).
    """

    __slots__ = (
        "branches",
        "depth",
        "function",
        "in_function",
        "in_main_guard",
        "is_async",
        "is_class",
        "is_nested",
        "nested_lines",
        "outer",
        "owner",
        "quiet",
        "roots",
        "symbol",
    )

    def __init__(self, symbol: str, parent: Scope | None = None) -> None:
        self.symbol = symbol
        self.function: FunctionNode | None = None
        self.is_class = False
        self.is_nested: bool = parent is not None and parent.in_function
        self.in_function: bool = parent is not None and parent.in_function
        self.is_async: bool = parent is not None and parent.is_async
        self.in_main_guard: bool = parent is not None and parent.in_main_guard
        self.outer = parent
        self.owner = ""
        self.branches = 1
        self.depth = 0
        self.nested_lines = 0
        self.roots: list[ast.AST] = []
        self.quiet: list[ast.AST] = []

    def qualify(self, name: str) -> str:
        """The qualified name of something defined here."""
        return name if self.symbol == MODULE else f"{self.symbol}.{name}"
