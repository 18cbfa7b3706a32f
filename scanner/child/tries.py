"""What try statements say: handlers, and jumps that leave a finally block."""

from __future__ import annotations

import ast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .scopes import Scope

_OPAQUE = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_LOOPS = (ast.For, ast.AsyncFor, ast.While)


class TrySite:
    """A try statement and where it stands."""

    __slots__ = ("flags", "node", "scope")

    def __init__(self, node: ast.Try, scope: Scope, flags: int) -> None:
        self.node = node
        self.scope = scope
        self.flags = flags


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


def statements_in(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """Every statement of a body, nested ones too, definitions not entered; in source order."""
    stack = list(reversed(body))
    while stack:
        node = stack.pop()
        yield node
        for block in reversed(tuple(blocks_of(node))):
            stack.extend(reversed(block))


def raises_itself(handler: ast.ExceptHandler) -> bool:
    """Whether a handler raises in its own body."""
    return any(isinstance(node, ast.Raise) for node in statements_in(handler.body))


def leaving_jumps(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """The return, break and continue statements that leave this block."""
    stack = [(node, False) for node in reversed(body)]
    while stack:
        node, looped = stack.pop()
        if isinstance(node, ast.Return) or (
            isinstance(node, (ast.Break, ast.Continue)) and not looped
        ):
            yield node
        inner = looped or isinstance(node, _LOOPS)
        for block in blocks_of(node):
            stack += [(child, inner) for child in block]
