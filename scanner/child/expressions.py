"""The walk over expressions: branches for the complexity, and what stands in calls.

A table says for each class of node where its children are; classes that are not in it are leaves.
"""

from __future__ import annotations

import ast
from operator import attrgetter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .calls import CallWatch

    Spread = Callable[..., Iterable[ast.AST | None]]
    Table = dict[type[ast.AST], Spread]


def _call(node: ast.Call) -> list[ast.expr]:
    children = [node.func, *node.args]
    if node.keywords:
        children += [item.value for item in node.keywords]
    return children


def _compare(node: ast.Compare) -> list[ast.expr]:
    return [node.left, *node.comparators]


def _dict(node: ast.Dict) -> list[ast.expr | None]:
    return [*node.keys, *node.values]


def _lambda(node: ast.Lambda) -> list[ast.expr | None]:
    return [*node.args.defaults, *node.args.kw_defaults, node.body]


def _comprehension(node: ast.comprehension) -> list[ast.expr]:
    return [node.target, node.iter, *node.ifs]


def _assign(node: ast.Assign) -> list[ast.expr]:
    return [*node.targets, node.value]


# attrgetter gives a tuple only for two names or more: the context, a leaf, is a free second.
_SPREADS: dict[str, Spread] = {
    "Expr": lambda node: (node.value,),
    "Assign": _assign,
    "AugAssign": attrgetter("target", "value"),
    "AnnAssign": attrgetter("target", "annotation", "value"),
    "Return": lambda node: (node.value,),
    "Raise": attrgetter("exc", "cause"),
    "Delete": attrgetter("targets"),
    "Assert": attrgetter("test", "msg"),
    "Attribute": attrgetter("value", "ctx"),
    "Subscript": attrgetter("value", "slice"),
    "Starred": attrgetter("value", "ctx"),
    "BinOp": attrgetter("left", "right"),
    "UnaryOp": attrgetter("operand", "op"),
    "BoolOp": attrgetter("values"),
    "IfExp": attrgetter("test", "body", "orelse"),
    "Compare": _compare,
    "Call": _call,
    "Tuple": attrgetter("elts"),
    "List": attrgetter("elts"),
    "Set": attrgetter("elts"),
    "Dict": _dict,
    "Slice": attrgetter("lower", "upper", "step"),
    "JoinedStr": attrgetter("values"),
    "TemplateStr": attrgetter("values"),
    "FormattedValue": attrgetter("value", "format_spec"),
    "Interpolation": attrgetter("value", "format_spec"),
    "NamedExpr": attrgetter("target", "value"),
    "Lambda": _lambda,
    "Await": lambda node: (node.value,),
    "Yield": lambda node: (node.value,),
    "YieldFrom": lambda node: (node.value,),
    "ListComp": lambda node: (node.elt, *node.generators),
    "SetComp": lambda node: (node.elt, *node.generators),
    "GeneratorExp": lambda node: (node.elt, *node.generators),
    "DictComp": lambda node: (node.key, node.value, *node.generators),
    "comprehension": _comprehension,
}
SPREADS: Table = {
    getattr(ast, name): spread for name, spread in _SPREADS.items() if hasattr(ast, name)
}


class ExpressionWalk:
    """Walks expressions and counts branches, as radon does."""

    def __init__(self, watch: CallWatch | None) -> None:
        self.branches = 0
        self._watch = watch
        self._table: Table = {
            **SPREADS,
            **({} if watch is None else watch.table()),
            ast.BoolOp: self._bool_op,
            ast.IfExp: self._if_exp,
            ast.comprehension: self._for,
        }

    def walk(self, stack: list[ast.AST]) -> None:
        """Empty the stack, children included; nested functions are no part of it."""
        spread_of = self._table.get
        pop, extend = stack.pop, stack.extend
        while stack:
            node = pop()
            spread = spread_of(node.__class__)
            if spread is not None:
                extend(spread(node))  # type: ignore[arg-type]

    def _bool_op(self, node: ast.BoolOp) -> Iterable[ast.AST | None]:
        self.branches += len(node.values) - 1
        if self._watch is not None:
            self._watch.offer_fallback(node)
        return node.values

    def _if_exp(self, node: ast.IfExp) -> Iterable[ast.AST | None]:
        self.branches += 1
        return (node.test, node.body, node.orelse)

    def _for(self, node: ast.comprehension) -> Iterable[ast.AST | None]:
        self.branches += 1 + len(node.ifs)
        return [node.target, node.iter, *node.ifs]
