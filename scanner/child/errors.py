"""What becomes of a caught error inside its handler."""

from __future__ import annotations

import ast

from .expressions import SPREADS
from .tries import statements_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
_FORMATTERS = frozenset({"str", "repr", "format", "ascii"})


class ErrorUse:
    """The calls of one handler, and whether it keeps the error."""

    def __init__(self, handler: ast.ExceptHandler, aliases: Aliases) -> None:
        self._aliases = aliases
        self._carriers = {handler.name} if handler.name else set()
        self.calls: list[list[object]] = []
        self.keeps_error = False
        for statement in statements_in(handler.body):
            self._look_at(statement)

    def _look_at(self, statement: ast.stmt) -> None:
        expressions = list(_expressions_of(statement))
        for expression in expressions:
            for node in _walk(expression):
                if isinstance(node, ast.Call):
                    self._add_call(node)
                elif isinstance(node, (ast.Yield, ast.YieldFrom, ast.NamedExpr)):
                    self._keep(node.value)
        if isinstance(statement, (ast.Assign, ast.AugAssign, ast.AnnAssign)):
            if self._keep(statement.value):
                self._spread_to(statement)
        elif isinstance(statement, ast.Return):
            self._keep(statement.value)
        elif isinstance(statement, (ast.For, ast.AsyncFor)) and self._carries(statement.iter):
            self._name(statement.target)

    def _keep(self, value: ast.expr | None) -> bool:
        kept = value is not None and self._carries(value)
        self.keeps_error = self.keeps_error or kept
        return kept

    def _spread_to(self, statement: ast.Assign | ast.AugAssign | ast.AnnAssign) -> None:
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        for target in targets:
            self._name(target)

    def _name(self, target: ast.expr) -> None:
        for node in _walk(target):
            if isinstance(node, ast.Name):
                self._carriers.add(node.id)

    def _carries(self, expression: ast.expr) -> bool:
        """Whether the error, or text made of it, is part of a value; a mere question is not."""
        stack: list[ast.AST | None] = [expression]
        while stack:
            node = stack.pop()
            if node is None:
                continue
            if isinstance(node, ast.Name):
                if node.id in self._carriers:
                    return True
            elif isinstance(node, ast.Call):
                name = self._aliases.dotted(node.func)
                if name in _TRACEBACKS:
                    return True
                if name in _QUESTIONS:
                    continue
            spread = SPREADS.get(node.__class__)
            if spread is not None:
                stack.extend(spread(node))
        return False

    def _add_call(self, node: ast.Call) -> None:
        arguments = [*node.args, *(item.value for item in node.keywords)]
        self.calls.append(
            [
                self._aliases.dotted(node.func),
                any(item.arg == "exc_info" and _is_on(item.value) for item in node.keywords),
                any(self._carries(argument) for argument in arguments),
            ]
        )


def _is_on(value: ast.expr) -> bool:
    return not (isinstance(value, ast.Constant) and value.value in _FALSE)


def _expressions_of(statement: ast.stmt) -> Iterator[ast.expr]:
    """The expressions of a statement itself, its blocks left out."""
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return
    if isinstance(statement, (ast.With, ast.AsyncWith)):
        for item in statement.items:
            yield item.context_expr
        return
    for value in _field_values(statement):
        if isinstance(value, ast.expr):
            yield value


def _field_values(statement: ast.stmt) -> Iterator[object]:
    for name in statement._fields:
        value = getattr(statement, name, None)
        if isinstance(value, list):
            yield from value
        else:
            yield value


def _walk(expression: ast.expr) -> Iterable[ast.AST]:
    """An expression's nodes in source order, as far as values go."""
    stack: list[ast.AST | None] = [expression]
    while stack:
        node = stack.pop()
        if node is None:
            continue
        yield node
        spread = SPREADS.get(node.__class__)
        if spread is not None:
            stack.extend(reversed(list(spread(node))))


def calls_in(body: Iterable[ast.stmt]) -> Iterator[ast.AST]:
    """Calls and awaits of a body, definitions not entered, in source order."""
    for statement in statements_in(list(body)):
        for expression in _expressions_of(statement):
            for node in _walk(expression):
                if isinstance(node, (ast.Call, ast.Await)):
                    yield node
