"""Conditions that mean something: the main guard and TYPE_CHECKING."""

from __future__ import annotations

import ast

from .scopes import TYPE_CHECKING_ONLY


def is_main_guard(test: ast.expr) -> bool:
    """Whether a condition reads `__name__ == "__main__"`, either way round."""
    if not isinstance(test, ast.Compare) or len(test.comparators) != 1:
        return isinstance(test, ast.BoolOp) and any(is_main_guard(item) for item in test.values)
    sides = (test.left, test.comparators[0])
    names = [side.id for side in sides if isinstance(side, ast.Name)]
    texts = [side.value for side in sides if isinstance(side, ast.Constant)]
    return names == ["__name__"] and texts == ["__main__"] and isinstance(test.ops[0], ast.Eq)


def type_checking_branch(test: ast.expr) -> tuple[int, int]:
    """The flags that a condition adds to its body and to its else."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        then, other = type_checking_branch(test.operand)
        return other, then
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        if any(_is_type_checking(value) for value in test.values):
            return TYPE_CHECKING_ONLY, 0
        return 0, 0
    return (TYPE_CHECKING_ONLY if _is_type_checking(test) else 0), 0


def _is_type_checking(node: ast.expr) -> bool:
    if isinstance(node, ast.Compare) and isinstance(node.ops[0], (ast.Is, ast.Eq)):
        other = node.comparators[0]  # `TYPE_CHECKING is True`
        return _is_type_checking(node.left) if _is_true(other) else False
    if isinstance(node, ast.Attribute):
        return node.attr == "TYPE_CHECKING"
    return isinstance(node, ast.Name) and node.id == "TYPE_CHECKING"


def _is_true(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is True
