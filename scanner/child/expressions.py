"""The walk over expressions: branches for the complexity, and what else is watched for.

A table says for each class of node where its children are; classes that are not in it are leaves.
"""

from __future__ import annotations

import ast
from operator import attrgetter

from .newer import by_class

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Children = Iterable[ast.AST | None]
    Spread = Callable[..., Children]
    Table = dict[type[ast.AST], Spread]


def _call(node: ast.Call) -> Children:
    if node.keywords:
        return [node.func, *node.args, *[item.value for item in node.keywords]]
    return [node.func, *node.args]


def _lambda(node: ast.Lambda) -> Children:
    return [*node.args.defaults, *node.args.kw_defaults, node.body]


def _value(node: ast.Expr | ast.Return | ast.Await | ast.Yield | ast.YieldFrom) -> Children:
    return (node.value,)


def _elements(node: ast.ListComp | ast.SetComp | ast.GeneratorExp) -> Children:
    return (node.elt, *node.generators)


# attrgetter gives a tuple for two names or more only; a context or an operator is a leaf.
_BY_NAME: dict[str, Spread] = {
    "Expr": _value,
    "Assign": lambda node: (*node.targets, node.value),
    "AugAssign": attrgetter("target", "value"),
    "AnnAssign": attrgetter("target", "annotation", "value"),
    "Return": _value,
    "Raise": attrgetter("exc", "cause"),
    "Delete": attrgetter("targets"),
    "Assert": attrgetter("test", "msg"),
    "withitem": attrgetter("context_expr", "optional_vars"),
    "Attribute": attrgetter("value", "ctx"),
    "Subscript": attrgetter("value", "slice"),
    "Starred": attrgetter("value", "ctx"),
    "BinOp": attrgetter("left", "right"),
    "UnaryOp": attrgetter("operand", "op"),
    "BoolOp": attrgetter("values"),
    "IfExp": attrgetter("test", "body", "orelse"),
    "Compare": lambda node: (node.left, *node.comparators),
    "Call": _call,
    "Tuple": attrgetter("elts"),
    "List": attrgetter("elts"),
    "Set": attrgetter("elts"),
    "Dict": lambda node: (*node.keys, *node.values),
    "Slice": attrgetter("lower", "upper", "step"),
    "JoinedStr": attrgetter("values"),
    "TemplateStr": attrgetter("values"),
    "FormattedValue": attrgetter("value", "format_spec"),
    "Interpolation": attrgetter("value", "format_spec"),
    "NamedExpr": attrgetter("target", "value"),
    "Lambda": _lambda,
    "Await": _value,
    "Yield": _value,
    "YieldFrom": _value,
    "ListComp": _elements,
    "SetComp": _elements,
    "GeneratorExp": _elements,
    "DictComp": lambda node: (node.key, node.value, *node.generators),
    "comprehension": lambda node: (node.target, node.iter, *node.ifs),
}
SPREADS: Table = by_class(_BY_NAME)


class Branches:
    """Counts the branches in expressions as radon does."""

    __slots__ = ("count",)

    def __init__(self) -> None:
        self.count = 0

    def table(self) -> Table:
        """How a walk takes nodes apart while this counts."""
        return {
            **SPREADS,
            ast.BoolOp: self.bool_op,
            ast.IfExp: self._if_exp,
            ast.comprehension: self._for,
        }

    def bool_op(self, node: ast.BoolOp) -> Children:
        """Each `and` and `or` is a branch."""
        self.count += len(node.values) - 1
        return node.values

    def _if_exp(self, node: ast.IfExp) -> Children:
        self.count += 1
        return (node.test, node.body, node.orelse)

    def _for(self, node: ast.comprehension) -> Children:
        self.count += 1 + len(node.ifs)
        return (node.target, node.iter, *node.ifs)


def walk_expressions(stack: list[ast.AST], table: Table) -> None:
    """Empty the stack, children included; nested functions are no part of it."""
    spread_of, name, attribute = table.get, ast.Name, ast.Attribute
    pop, extend = stack.pop, stack.extend
    while stack:
        node = pop()
        kind = node.__class__
        while kind is attribute:
            node = node.value  # type: ignore[attr-defined]
            kind = node.__class__
        if kind is name:  # with attributes, two thirds of all
            continue
        spread = spread_of(kind)
        if spread is not None:
            extend(spread(node))  # type: ignore[arg-type]
