"""What lies in a block: its statements and expressions together, definitions not entered."""

from __future__ import annotations

import ast
from operator import attrgetter

from .expressions import SPREADS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

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
_TABLE: Table = {
    **SPREADS,
    **{getattr(ast, name): spread for name, spread in _BY_NAME.items() if hasattr(ast, name)},
}
_position = attrgetter("lineno", "col_offset")


def found_in(body: Sequence[ast.AST], wanted: Collection[type[ast.AST]]) -> list[ast.AST]:
    """The nodes of some classes in a block, in source order."""
    found: list[ast.AST] = []
    stack = list(body)
    pop, extend, spread_of = stack.pop, stack.extend, _TABLE.get
    while stack:
        node = pop()
        kind = node.__class__
        if kind in wanted:
            found.append(node)
        spread = spread_of(kind)
        if spread is not None:
            extend(spread(node))  # type: ignore[arg-type]
    found.sort(key=_position)
    return found
