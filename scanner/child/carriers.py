"""Which names in a handler carry the caught error, or text made of it."""

from __future__ import annotations

import ast

from .bodies import found_below, found_in
from .expressions import SPREADS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from .names import Aliases
    from .scopes import FunctionNode

_QUESTIONS = frozenset({"isinstance", "issubclass", "type", "hasattr", "callable", "len", "bool"})
_TRACEBACKS = frozenset(
    {
        "sys.exc_info",
        "sys.exception",
        "traceback.format_exc",
        "traceback.format_exception",
        "traceback.format_exception_only",
    }
)
_NAMES = frozenset({ast.Name})
_READS = frozenset({ast.Name, ast.Global, ast.Nonlocal})
_TYPE_NAMES = frozenset({"__name__", "__qualname__"})


class Carriers:
    """The error of one handler and what it went into."""

    def __init__(
        self, handler: ast.ExceptHandler, nodes: Sequence[ast.AST], aliases: Aliases
    ) -> None:
        self._aliases = aliases
        self._names = {handler.name} if handler.name else set()
        self._has_traceback = any(
            isinstance(node, ast.Call) and aliases.dotted(node.func) in _TRACEBACKS
            for node in nodes
        )

    def spread(self, targets: Sequence[ast.expr]) -> None:
        """What the error went into carries it on."""
        for node in found_in(targets, _NAMES):
            if isinstance(node, ast.Name):
                self._names.add(node.id)

    def carries(self, expression: ast.expr) -> bool:
        """Whether the error, or text made of it, is part of a value; a mere question is not."""
        if not self._has_traceback and not self._names:
            return False
        stack: list[ast.AST | None] = [expression]
        while stack:
            node = stack.pop()
            if isinstance(node, ast.Name):
                if node.id in self._names:
                    return True
            elif isinstance(node, ast.Call) and (name := self._aliases.dotted(node.func)):
                if name in _TRACEBACKS:
                    return True
                if name in _QUESTIONS:
                    continue
            if node is not None and (spread := SPREADS.get(node.__class__)):
                stack.extend(_named_type(node) or spread(node))
        return False


def _named_type(node: ast.AST) -> Sequence[ast.expr]:
    """What `type(error).__name__` tells the kind of."""
    if not isinstance(node, ast.Attribute) or node.attr not in _TYPE_NAMES:
        return ()
    return node.value.args if isinstance(node.value, ast.Call) else ()


def are_read_outside(
    handler: ast.ExceptHandler, function: FunctionNode, names: Collection[str]
) -> bool:
    """Whether a function reads one of these names outside the handler, or shares it."""
    inside = range(handler.lineno, (handler.end_lineno or handler.lineno) + 1)
    for node in found_below(function.body, _READS):
        if isinstance(node, ast.Name):
            is_read = isinstance(node.ctx, ast.Load) and node.lineno not in inside
            if is_read and node.id in names:
                return True
        elif not set(names).isdisjoint(getattr(node, "names", ())):
            return True
    return False
