"""Rows of functions and classes."""

from __future__ import annotations

import ast

from .annotations import annotation_kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .names import Aliases
    from .scopes import FunctionNode, Scope

    Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    Row = list[object]


def first_line(node: ast.stmt) -> int:
    """Where a statement begins, its decorators included."""
    if isinstance(node, _DEFINITIONS) and node.decorator_list:
        return node.decorator_list[0].lineno
    return node.lineno


def end_line(node: ast.stmt | ast.expr | ast.excepthandler) -> int:
    """The last line of a node."""
    return node.end_lineno or node.lineno


def has_docstring(body: list[ast.stmt]) -> bool:
    """Whether a body opens with a docstring."""
    if not body or not isinstance(body[0], ast.Expr):
        return False
    value = body[0].value
    return isinstance(value, ast.Constant) and isinstance(value.value, str)


_SETTINGS = ("Settings", "Config", "Configuration")
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


class SlotTable:
    """The slots of a module, each kind once; functions name them by number."""

    __slots__ = ("numbers",)

    def __init__(self) -> None:
        self.numbers: dict[tuple[str, str, str], int] = {}

    def rows(self) -> list[tuple[str, str, str]]:
        """All slots by number."""
        return list(self.numbers)


def function_row(node: FunctionNode, scope: Scope, aliases: Aliases, slots: SlotTable) -> Row:
    """The fields of a function, in the order of the contract."""
    documented = has_docstring(node.body)
    own = node.body[1:] if documented else node.body
    last = node.end_lineno or node.lineno  # that of its last statement
    lines = last - first_line(own[0]) + 1 - scope.nested_lines if own else 0
    decorators = [aliases.callee(item) for item in node.decorator_list]
    return [
        scope.symbol,
        node.lineno,
        node.decorator_list[0].lineno if decorators else node.lineno,
        last,
        lines,
        scope.branches,
        scope.depth,
        _slots(node, bool(scope.owner) and "staticmethod" not in decorators, aliases, slots),
        decorators,
        scope.owner,
        scope.is_async,
        scope.is_nested,
        documented,
        _is_stub(own),
    ]


def class_row(node: ast.ClassDef, scope: Scope, aliases: Aliases) -> Row:
    """The fields of a class, in the order of the contract."""
    return [
        scope.symbol,
        node.lineno,
        end_line(node),
        [aliases.callee(base) for base in node.bases],
        [aliases.callee(item) for item in node.decorator_list],
        scope.in_function,
        has_docstring(node.body),
        [item.arg for item in node.keywords if item.arg],
        _fields(node),
    ]


def _fields(node: ast.ClassDef) -> int:
    """The names declared in a class of settings; of other classes nobody asks."""
    if not node.name.endswith(_SETTINGS) and not any(
        isinstance(base, (ast.Name, ast.Attribute))
        and (base.id if isinstance(base, ast.Name) else base.attr).endswith(_SETTINGS)
        for base in node.bases
    ):
        return 0
    return len([item for item in node.body if isinstance(item, (ast.Assign, ast.AnnAssign))])


def _slots(node: FunctionNode, has_receiver: bool, aliases: Aliases, table: SlotTable) -> list[int]:
    arguments = node.args
    positional = arguments.posonlyargs + arguments.args
    if has_receiver:
        del positional[:1]
    stars = [star for star in (arguments.vararg, arguments.kwarg) if star is not None]
    slots: list[int] = []
    numbers = table.numbers
    for place, items in (
        ("parameter", positional),
        ("parameter", arguments.kwonlyargs),
        ("star", stars),
    ):
        for item in items:
            given = item.annotation
            kind = "none" if given is None else annotation_kind(given, aliases)
            slots.append(numbers.setdefault((item.arg, place, kind), len(numbers)))
    if node.name != "__init__":
        kind = "none" if node.returns is None else annotation_kind(node.returns, aliases)
        slots.append(numbers.setdefault(("return", "return", kind), len(numbers)))
    return slots


def _is_stub(body: list[ast.stmt]) -> bool:
    for node in body:
        if isinstance(node, ast.Expr):
            if not isinstance(node.value, ast.Constant) or node.value.value is not ...:
                return False
        elif not isinstance(node, (ast.Pass, ast.Raise)):
            return False
    return True
