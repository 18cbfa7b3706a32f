"""Functions named like tests that check nothing by themselves."""

from __future__ import annotations

import ast

from .bodies import everything_below
from .names import UNKNOWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .names import Aliases
    from .scopes import FunctionNode
    from .statements import Walk

    Row = list[object]

_BEGINNINGS = ("assert", "expect", "check", "verify", "warns", "fail", "deprecated_call", "test")
_PARTS = ("assert", "raises", "should", "match_line")
_NAMES = frozenset({"eq_", "ne_", "is_", "is_not_", "is_true", "is_false", "in_", "ok_"})
_MOST_CALLS = 60


def unchecked_rows(walk: Walk) -> list[Row]:
    """Rows of functions called test... in which nothing is asserted, raised or expected."""
    return [
        [scope.symbol, node.lineno, calls]
        for node, scope in walk.functions
        if node.name[:4] == "test" and not scope.is_nested and not _checks_at_once(node)
        for calls in _calls(node, walk.aliases)
    ]


def _checks_at_once(node: FunctionNode) -> bool:
    """Whether a statement of its own checks, as in nearly every test; a short cut."""
    for statement in reversed(node.body):
        kind = statement.__class__
        if kind is ast.Assert:
            return True
        if isinstance(statement, (ast.With, ast.AsyncWith)):
            if any(_is_check(item.context_expr) for item in statement.items):
                return True
        elif kind is ast.Expr and _is_check(statement.value):  # type: ignore[attr-defined]
            return True
    return False


def _is_check(node: ast.AST) -> bool:
    """Whether it is a call of something named like a check."""
    if not isinstance(node, ast.Call):
        return False
    called = node.func
    if isinstance(called, ast.Attribute):
        return _checks(called.attr)
    return isinstance(called, ast.Name) and _checks(called.id)


def _calls(node: FunctionNode, aliases: Aliases) -> list[list[str]]:
    """What is called, by last names, as the only item; no item when something is checked."""
    names: set[str] = set()
    for found in everything_below(node.body):
        if isinstance(found, (ast.Assert, ast.Raise)):
            return []
        if isinstance(found, ast.Call):
            name = aliases.dotted(found.func).rpartition(".")[2]
            if _checks(name) or _is_check(found):
                return []
            names.add(name)
    return [sorted(names - {UNKNOWN})[:_MOST_CALLS]]


def _checks(name: str) -> bool:
    name = name.lower()
    if name in _NAMES:
        return True
    name = name.lstrip("_")
    return name.startswith(_BEGINNINGS) or any(part in name for part in _PARTS)
