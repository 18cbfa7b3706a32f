"""Whether the name that holds the result of a call is ever read."""

from __future__ import annotations

import ast

from .bodies import found_below, found_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .scopes import FunctionNode

_ASSIGNMENTS = frozenset({ast.Assign, ast.AnnAssign})
_READS = frozenset({ast.Name, ast.Global, ast.Nonlocal})


def is_unread(node: ast.Call, function: FunctionNode | None) -> bool:
    """Whether the call is all that is assigned to a local name, and nothing reads that name."""
    if function is None:
        return False
    targets = _targets(node, function)
    names = [target.id for target in targets if isinstance(target, ast.Name)]
    is_local = bool(names) and len(names) == len(targets)
    return is_local and not any(_is_read(name, function) for name in names)


def _targets(node: ast.Call, function: FunctionNode) -> list[ast.expr]:
    """What the call is assigned to."""
    for found in found_in(function.body, _ASSIGNMENTS):
        if isinstance(found, ast.Assign) and found.value is node:
            return found.targets
        if isinstance(found, ast.AnnAssign) and found.value is node:
            return [found.target]
    return []


def _is_read(name: str, function: FunctionNode) -> bool:
    return any(name in names for names in map(_names, found_below(function.body, _READS)))


def _names(node: ast.AST) -> tuple[str, ...]:
    """The names that are read, or that live outside the function, in this node."""
    if isinstance(node, ast.Name):
        return (node.id,) if isinstance(node.ctx, ast.Load) else ()
    return tuple(getattr(node, "names", ()))
