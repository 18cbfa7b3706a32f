"""What becomes of a caught error inside its handler."""

from __future__ import annotations

import ast

from .bodies import found_in
from .expressions import SPREADS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from .names import Aliases

MAX_TRIED = 12  # calls that are named of a body that may fail
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
_FALSE = (False, None, 0)
_ASSIGNMENTS = (ast.Assign, ast.AugAssign, ast.AnnAssign)
_KEEPERS = (*_ASSIGNMENTS, ast.Return, ast.Yield, ast.YieldFrom, ast.NamedExpr)
_LOOPS = (ast.For, ast.AsyncFor)
_WANTED = frozenset({ast.Call, ast.Raise, *_KEEPERS, *_LOOPS})
_CALLS = frozenset({ast.Call})
_NAMES = frozenset({ast.Name})


class ErrorUse:
    """The calls of one handler, whether it raises, and whether it keeps the error."""

    def __init__(self, handler: ast.ExceptHandler, aliases: Aliases) -> None:
        self.calls: list[list[object]] = []
        self.keeps_error = self.raises = False
        self._aliases = aliases
        self._carriers = {handler.name} if handler.name else set()
        nodes = found_in(handler.body, _WANTED)
        self._is_traceless = not any(
            isinstance(node, ast.Call) and aliases.dotted(node.func) in _TRACEBACKS
            for node in nodes
        )
        for node in nodes:
            self._look_at(node)

    def _look_at(self, node: ast.AST) -> None:
        if isinstance(node, ast.Call):
            self._add_call(node)
        elif isinstance(node, ast.Raise):
            self.raises = True
        elif isinstance(node, _KEEPERS):
            if node.value is not None and self._carries(node.value):
                self.keeps_error = True
                self._spread(_targets(node))
        elif isinstance(node, _LOOPS) and self._carries(node.iter):
            self._spread([node.target])

    def _spread(self, targets: Sequence[ast.expr]) -> None:
        """What the error went into carries it on."""
        for node in found_in(targets, _NAMES):
            if isinstance(node, ast.Name):
                self._carriers.add(node.id)

    def _carries(self, expression: ast.expr) -> bool:
        """Whether the error, or text made of it, is part of a value; a mere question is not."""
        if self._is_traceless and not self._carriers:
            return False
        stack: list[ast.AST | None] = [expression]
        while stack:
            node = stack.pop()
            if isinstance(node, ast.Name):
                if node.id in self._carriers:
                    return True
            elif isinstance(node, ast.Call):
                name = self._aliases.dotted(node.func)
                if name in _TRACEBACKS:
                    return True
                if name in _QUESTIONS:
                    continue
            if node is not None and (spread := SPREADS.get(node.__class__)):
                stack.extend(spread(node))
        return False

    def _add_call(self, node: ast.Call) -> None:
        keywords = node.keywords
        self.calls.append(
            [
                self._aliases.dotted(node.func),
                any(item.arg == "exc_info" and _is_on(item.value) for item in keywords),
                any(map(self._carries, node.args))
                or any(self._carries(item.value) for item in keywords),
            ]
        )


def _targets(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Assign):
        return node.targets
    if isinstance(node, (ast.AugAssign, ast.AnnAssign, ast.NamedExpr)):
        return [node.target]
    return []


def _is_on(value: ast.expr) -> bool:
    return not (isinstance(value, ast.Constant) and value.value in _FALSE)


def tried_calls(body: Sequence[ast.stmt], aliases: Aliases) -> list[str]:
    """The names of the first calls of a block that may fail, definitions not entered."""
    calls = found_in(body, _CALLS)[:MAX_TRIED]
    return [aliases.dotted(call.func) for call in calls if isinstance(call, ast.Call)]
