"""Every node below a node, in no particular order, faster than `ast.walk`."""

from __future__ import annotations

import ast

from .digests import spread_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


def nodes_below(root: ast.AST) -> Iterator[ast.AST]:
    """The node itself and all below it, contexts and type parameters left out."""
    stack: list[object] = [root]
    while stack:
        item = stack.pop()
        if isinstance(item, ast.AST):
            yield item
            stack.extend(spread_of(item))
        elif item.__class__ is list:
            stack.extend(item)  # type: ignore[arg-type]
