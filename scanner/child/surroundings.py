"""What stands around a statement: the conditions it depends on, and what its block ends in."""

from __future__ import annotations

import ast

from .bodies import found_in
from .names import last_name, words
from .tries import blocks_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_ENDINGS = words("exit _exit quit abort")
_NAMED = frozenset({ast.Name, ast.Attribute, ast.Constant})
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
MAX_CONDITIONS = 12
MAX_TEXT = 40


class Surroundings:
    """Everything around one place of a module, definitions included."""

    def __init__(self, tree: ast.Module, node: ast.expr) -> None:
        self.conditions: list[str] = []  # what the tests of the ifs around name, at most twelve
        self.ends_program = False  # whether a block around it in its function ends the program
        self._line, self._column = node.lineno, node.col_offset
        block: Sequence[ast.stmt] | None = tree.body
        while block is not None:
            self.ends_program = self.ends_program or _ends_program(block)
            block = self._inner(block)
        del self.conditions[MAX_CONDITIONS:]

    def _inner(self, block: Sequence[ast.stmt]) -> Sequence[ast.stmt] | None:
        """The block below this one that holds the place, if there is one."""
        for statement in block:
            if self._holds(statement, statement):
                return self._block_of(statement)
        return None

    def _block_of(self, statement: ast.stmt) -> Sequence[ast.stmt] | None:
        if isinstance(statement, _DEFINITIONS):
            self.ends_program = False
            return statement.body
        for block in blocks_of(statement):
            if block and self._holds(block[0], block[-1]):
                if isinstance(statement, ast.If):
                    self.conditions += map(_said, found_in([statement.test], _NAMED))
                return block
        return None

    def _holds(self, first: ast.stmt, last: ast.stmt) -> bool:
        begin = first.lineno, first.col_offset
        end = last.end_lineno or last.lineno, last.end_col_offset or 0
        return begin <= (self._line, self._column) < end


def _said(node: ast.AST) -> str:
    """A name, or the text that may name a setting."""
    if isinstance(node, ast.Constant):
        return node.value[:MAX_TEXT] if isinstance(node.value, str) else ""
    return last_name(node)


def _ends_program(block: Sequence[ast.stmt]) -> bool:
    """Whether a block ends in a call that ends the program, or in raising SystemExit."""
    last = block[-1]
    if isinstance(last, ast.Raise):
        raised = last.exc.func if isinstance(last.exc, ast.Call) else last.exc
        return isinstance(raised, ast.Name) and raised.id == "SystemExit"
    call = last.value if isinstance(last, ast.Expr) else None
    return isinstance(call, ast.Call) and last_name(call.func) in _ENDINGS
