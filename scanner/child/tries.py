"""What try statements say: handlers, and jumps that leave a finally block."""

from __future__ import annotations

import ast

from .bodies import found_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .scopes import Scope

_OPAQUE = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_RAISE = frozenset({ast.Raise})
_BLOCKS = frozenset(
    {ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.Match}
    | ({ast.TryStar} if hasattr(ast, "TryStar") else set())
)
_LOOP_JUMPS = frozenset({ast.Break, ast.Continue})
_LOOPS = (ast.For, ast.AsyncFor, ast.While)


class TrySite:
    """A try statement, where it stands, and which of its handlers raise."""

    __slots__ = ("flags", "node", "raising", "scope")

    def __init__(self, node: ast.Try, scope: Scope, flags: int) -> None:
        self.node = node
        self.scope = scope
        self.flags = flags
        self.raising = [_raises(handler.body) for handler in node.handlers]


def _raises(body: list[ast.stmt]) -> bool:
    if len(body) == 1 and body[0].__class__ not in _BLOCKS:
        return body[0].__class__ is ast.Raise
    return bool(found_in(body, _RAISE))


def blocks_of(node: ast.stmt) -> Iterator[Sequence[ast.stmt]]:
    """The blocks of a compound statement, in source order; none of a definition."""
    if isinstance(node, _OPAQUE):
        return
    yield getattr(node, "body", ())
    for part in getattr(node, "handlers", ()):
        yield part.body
    for case in getattr(node, "cases", ()):
        yield case.body
    yield getattr(node, "orelse", ())
    yield getattr(node, "finalbody", ())


def leaving_jumps(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """The return, break and continue statements that leave this block."""
    stack: list[tuple[ast.stmt, bool]] = [(node, False) for node in reversed(body)]
    while stack:
        node, looped = stack.pop()
        if node.__class__ is ast.Return or (node.__class__ in _LOOP_JUMPS and not looped):
            yield node
        is_loop = isinstance(node, _LOOPS)
        for block in blocks_of(node):
            inner = looped or (is_loop and block is not getattr(node, "orelse", None))
            stack += [(child, inner) for child in block]
