"""Values made of literals alone, and the tables they form."""

from __future__ import annotations

import ast

from .functions import end_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TABLE_LINES = 5
_DISPLAYS = (ast.List, ast.Tuple, ast.Set, ast.Dict)
_WRAPPERS = frozenset({"frozenset", "set", "tuple", "list", "dict"})


def is_literal(node: ast.expr) -> bool:
    """Whether an expression is a constant, or a display or sum of constants."""
    stack: list[ast.expr | None] = [node]
    while stack:
        item = stack.pop()
        if isinstance(item, (ast.List, ast.Tuple, ast.Set)):
            stack += item.elts
        elif isinstance(item, ast.Dict):
            stack += item.keys
            stack += item.values
        elif isinstance(item, ast.UnaryOp):
            stack.append(item.operand)
        elif isinstance(item, ast.BinOp):
            stack += [item.left, item.right]
        elif not isinstance(item, ast.Constant):
            return False
    return True


def literal_tables(statements: Iterable[ast.AST]) -> Iterator[list[object]]:
    """Rows of the tables among the simple statements of a module or a class."""
    for node in statements:
        if not isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign)):
            continue
        if end_line(node) - node.lineno < TABLE_LINES or node.value is None:
            continue
        value = _unwrapped(node.value)
        if isinstance(value, _DISPLAYS) and is_literal(value):
            yield [node.lineno, end_line(node)]


def _unwrapped(node: ast.expr) -> ast.expr:
    """The display inside `frozenset({...})` and its kin."""
    if not isinstance(node, ast.Call) or len(node.args) != 1 or node.keywords:
        return node
    known = isinstance(node.func, ast.Name) and node.func.id in _WRAPPERS
    return node.args[0] if known else node
