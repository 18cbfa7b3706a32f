"""Texts at known lines, with everything around them.

What is rare is found by a search in the text first; then only the branches of the tree that reach
its lines are walked. So it costs next to nothing in all other modules.
"""

from __future__ import annotations

import ast
from bisect import bisect_left

from .conditions import is_main_guard
from .functions import end_line, first_line
from .scopes import MODULE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Chain = tuple[ast.AST, "Chain"] | None
    """A node, then the node around it, and so on."""

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_TEXT_PARTS = (ast.JoinedStr, ast.FormattedValue)


class Spot:
    """One node, and the nodes around it, the nearest first."""

    __slots__ = ("around", "node")

    def __init__(self, node: ast.expr, chain: Chain) -> None:
        self.node = node
        self.around: list[ast.AST] = []
        while chain is not None:
            around, chain = chain
            self.around.append(around)

    @property
    def end(self) -> int:
        """The last line of the node."""
        return end_line(self.node)

    @property
    def symbol(self) -> str:
        """The qualified name of what it stands in."""
        names = [each.name for each in reversed(self.around) if isinstance(each, _DEFINITIONS)]
        return ".".join(names) or MODULE

    @property
    def in_function(self) -> bool:
        """Whether it stands in a function."""
        return any(isinstance(each, _DEFINITIONS[:2]) for each in self.around)

    @property
    def in_main_guard(self) -> bool:
        """Whether it runs only when the module is run itself."""
        return any(isinstance(each, ast.If) and is_main_guard(each.test) for each in self.around)

    @property
    def in_text(self) -> bool:
        """Whether it is a piece of an f-string, or a text that stands alone, like a docstring."""
        return isinstance(self.around[0], (*_TEXT_PARTS, ast.Expr))


def lines_of(text: str, positions: Iterable[int]) -> Iterator[int]:
    """The lines of positions in a text; the positions come in order."""
    line, counted = 1, 0
    for position in positions:
        line += text.count("\n", counted, position)
        counted = position
        yield line


def spots(
    tree: ast.Module, lines: Iterable[int], wanted: tuple[type[ast.expr], ...]
) -> Iterator[Spot]:
    """The nodes of some classes that begin on these lines, in no order."""
    ordered = sorted(set(lines))
    if not ordered:
        return
    stack: list[tuple[ast.AST, Chain]] = [(tree, None)]
    while stack:
        node, chain = stack.pop()
        if isinstance(node, wanted) and _begins_on(node, ordered):
            yield Spot(node, chain)
        inner: Chain = (node, chain)
        for child in ast.iter_child_nodes(node):
            if _reaches(child, ordered):
                stack.append((child, inner))


def _begins_on(node: ast.expr, lines: list[int]) -> bool:
    return _holds(lines, node.lineno, node.end_lineno or node.lineno)


def _reaches(node: ast.AST, lines: list[int]) -> bool:
    """Whether one of the lines is the node's; what has no lines of its own may reach any."""
    last = getattr(node, "end_lineno", None)
    if last is None:
        return True
    if isinstance(node, _DEFINITIONS):
        return _holds(lines, first_line(node), last)
    return _holds(lines, node.lineno, last)  # type: ignore[attr-defined]


def _holds(lines: list[int], first: int, last: int) -> bool:
    place = bisect_left(lines, first)
    return place < len(lines) and lines[place] <= last
