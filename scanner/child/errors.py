"""What becomes of a caught error inside its handler."""

from __future__ import annotations

import ast

from .bodies import found_in
from .carriers import Carriers, are_read_outside
from .failures import names_failure, speaks_of_failure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from .names import Aliases
    from .scopes import FunctionNode

    _Assignment = ast.Assign | ast.AugAssign | ast.AnnAssign | ast.NamedExpr
    _Keeper = _Assignment | ast.Return | ast.Yield | ast.YieldFrom

MAX_TRIED = 12  # calls that are named of a body that may fail
_FALSE = (False, None, 0)
_ASSIGNMENTS = (ast.Assign, ast.AugAssign, ast.AnnAssign)
_KEEPERS = (*_ASSIGNMENTS, ast.Return, ast.Yield, ast.YieldFrom, ast.NamedExpr)
_LOOPS = (ast.For, ast.AsyncFor)
_SAYING = (ast.Constant, ast.Name, ast.Attribute)
_WANTED = frozenset({ast.Call, ast.Raise, ast.Assert, *_KEEPERS, *_LOOPS, *_SAYING})
_CALLS = frozenset({ast.Call})


class ErrorUse:
    """The calls of one handler, whether it raises, keeps the error, or speaks of a failure.

    What is put into a plain name of a function is kept when the name is read outside the handler.
    """

    def __init__(
        self, handler: ast.ExceptHandler, aliases: Aliases, function: FunctionNode | None
    ) -> None:
        self.calls: list[list[object]] = []
        self.keeps_error = self.raises = self.says_failed = False
        self._aliases = aliases
        self._has_locals = function is not None
        self._locals: set[str] = set()
        nodes = found_in(handler.body, _WANTED)
        self._carriers = Carriers(handler, nodes, aliases)
        for node in nodes:
            self._look_at(node)
        if self._locals and function is not None and not self.keeps_error:
            self.keeps_error = are_read_outside(handler, function, self._locals)

    def _look_at(self, node: ast.AST) -> None:
        carries = self._carriers.carries
        if isinstance(node, _SAYING):
            self.says_failed = self.says_failed or speaks_of_failure(node)
        elif isinstance(node, ast.Call):
            self._add_call(node)
        elif isinstance(node, ast.Raise):
            self.raises = True
        elif isinstance(node, _KEEPERS):
            self._keep(node)
        elif isinstance(node, ast.Assert):
            self.keeps_error = self.keeps_error or carries(node.test)
        elif isinstance(node, _LOOPS) and carries(node.iter):
            self._carriers.spread([node.target])

    def _keep(self, node: _Keeper) -> None:
        if node.value is None:
            return
        targets = _targets(node)
        self.says_failed = self.says_failed or names_failure(targets, node.value)
        if self._carriers.carries(node.value):
            names = _bound_names(node) if self._has_locals else ()
            self._locals.update(names)
            self.keeps_error = self.keeps_error or not names
            self._carriers.spread(targets)

    def _add_call(self, node: ast.Call) -> None:
        keywords = node.keywords
        carries = self._carriers.carries
        self.calls.append(
            [
                self._aliases.dotted(node.func),
                any(item.arg == "exc_info" and _is_on(item.value) for item in keywords),
                any(map(carries, node.args)) or any(carries(item.value) for item in keywords),
            ]
        )


def _bound_names(node: _Keeper) -> Sequence[str]:
    """The plain names that are given the value; none where it also goes elsewhere."""
    if isinstance(node, ast.AugAssign):
        return ()
    targets = _targets(node)
    names = [target.id for target in targets if isinstance(target, ast.Name)]
    return names if len(names) == len(targets) else ()


def _targets(node: _Keeper) -> list[ast.expr]:
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
