"""What lies in a block: its statements and expressions together."""

from __future__ import annotations

import ast
from operator import attrgetter

from .expressions import SPREADS
from .newer import by_class

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from .expressions import Spread, Table

_BY_NAME: dict[str, Spread] = {
    "If": lambda node: (node.test, *node.body, *node.orelse),
    "While": lambda node: (node.test, *node.body, *node.orelse),
    "For": lambda node: (node.target, node.iter, *node.body, *node.orelse),
    "AsyncFor": lambda node: (node.target, node.iter, *node.body, *node.orelse),
    "With": lambda node: (*node.items, *node.body),
    "AsyncWith": lambda node: (*node.items, *node.body),
    "Try": lambda node: (*node.body, *node.handlers, *node.orelse, *node.finalbody),
    "TryStar": lambda node: (*node.body, *node.handlers, *node.orelse, *node.finalbody),
    "ExceptHandler": lambda node: (node.type, *node.body),
    "Match": lambda node: (node.subject, *node.cases),
    "match_case": lambda node: (node.guard, *node.body),
}
_TABLE: Table = {**SPREADS, **by_class(_BY_NAME)}
_DEEP_TABLE: Table = {
    **_TABLE,
    ast.FunctionDef: lambda node: (*node.decorator_list, node.args, *node.body),
    ast.AsyncFunctionDef: lambda node: (*node.decorator_list, node.args, *node.body),
    ast.arguments: lambda node: (*node.defaults, *node.kw_defaults),
    ast.ClassDef: lambda node: (*node.decorator_list, *node.bases, *node.keywords, *node.body),
    ast.keyword: lambda node: (node.value,),
}
_position = attrgetter("lineno", "col_offset")


def found_in(body: Sequence[ast.AST], wanted: Collection[type[ast.AST]]) -> list[ast.AST]:
    """The nodes of some classes in a block, definitions not entered, in source order."""
    found = _found(body, wanted, _TABLE)
    found.sort(key=_position)
    return found


def found_below(body: Sequence[ast.AST], wanted: Collection[type[ast.AST]]) -> list[ast.AST]:
    """The nodes of some classes in a block and in the definitions there, in no order."""
    return _found(body, wanted, _DEEP_TABLE)


def everything_below(body: Sequence[ast.AST]) -> Iterator[ast.AST]:
    """The nodes in a block and in the definitions there, in no order, for who may stop early."""
    stack = list(body)
    while stack:
        node = stack.pop()
        yield node
        spread = _DEEP_TABLE.get(node.__class__)
        if spread is not None:
            stack += spread(node)  # type: ignore[arg-type]


def _found(
    body: Sequence[ast.AST], wanted: Collection[type[ast.AST]], table: Table
) -> list[ast.AST]:
    found: list[ast.AST] = []
    stack = list(body)
    pop, extend, spread_of = stack.pop, stack.extend, table.get
    while stack:
        node = pop()
        kind = node.__class__
        if kind in wanted:
            found.append(node)
        spread = spread_of(kind)
        if spread is not None:
            extend(spread(node))  # type: ignore[arg-type]
    return found
