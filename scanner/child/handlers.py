"""Rows of except handlers and of jumps out of finally."""

from __future__ import annotations

import ast

from .bodies import found_in
from .digests import digest, digest_of, written
from .errors import MAX_TRIED, ErrorUse
from .functions import end_line
from .literals import is_literal
from .scopes import IN_LOOP, IN_RERAISING_HANDLER
from .tries import TrySite, leaving_jumps

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .comments import Comments
    from .names import Aliases

    Row = list[object]

_TELLING = frozenset({ast.Call, ast.Await, ast.AsyncFor, ast.AsyncWith, ast.Import, ast.ImportFrom})
EXCUSED_STATEMENTS = 2  # what a comment above `try` speaks of
_IMPORTERS = frozenset({"__import__", "importlib.import_module", "importlib.util.find_spec"})


class TriedBody:
    """What the body of a try does."""

    def __init__(self, node: ast.Try, aliases: Aliases) -> None:
        self.awaits = self.imports = False
        calls: list[str] = []
        for found in found_in(node.body, _TELLING):
            if isinstance(found, ast.Call):
                calls.append(aliases.dotted(found.func))
            elif isinstance(found, (ast.Import, ast.ImportFrom)):
                self.imports = True
            else:
                self.awaits = True
        self.calls = calls[:MAX_TRIED]
        self.imports = self.imports or not _IMPORTERS.isdisjoint(calls)


def handler_rows(site: TrySite, aliases: Aliases, comments: Comments) -> list[Row]:
    """The rows of one try statement's handlers."""
    if not site.node.handlers:
        return []
    tried = TriedBody(site.node, aliases)
    return [_row(handler, site, tried, aliases, comments) for handler in site.node.handlers]


def _row(
    handler: ast.ExceptHandler,
    site: TrySite,
    tried: TriedBody,
    aliases: Aliases,
    comments: Comments,
) -> Row:
    use = ErrorUse(handler, aliases, site.scope.function)
    last = end_line(handler)
    content = written(handler)
    return [
        handler.lineno,
        last,
        site.scope.symbol,
        _types(handler.type, aliases),
        _shape(handler.body),
        use.raises,
        use.calls,
        use.keeps_error,
        comments.explain(handler.lineno, last, "#" in content)
        or (len(site.node.body) <= EXCUSED_STATEMENTS and comments.excuse_below(site.node.lineno)),
        tried.imports,
        tried.calls,
        len(site.node.body),
        bool(site.node.orelse),
        bool(site.flags & IN_LOOP),
        bool(site.flags & IN_RERAISING_HANDLER),
        site.scope.is_async,
        tried.awaits,
        use.says_failed,
        digest_of(content),
        bool(site.flags & IN_LOOP) and _leaves(handler),
    ]


def finally_rows(site: TrySite) -> list[Row]:
    """The rows of jumps that leave this statement's finally block."""
    return [
        [jump.lineno, site.scope.symbol, jump.__class__.__name__.lower(), digest(jump)]
        for jump in leaving_jumps(site.node.finalbody)
    ]


def _leaves(handler: ast.ExceptHandler) -> bool:
    return any(not isinstance(jump, ast.Continue) for jump in leaving_jumps(handler.body))


def _types(node: ast.expr | None, aliases: Aliases) -> list[str]:
    if node is None:
        return []
    parts = node.elts if isinstance(node, ast.Tuple) else [node]
    return [aliases.dotted(part) for part in parts]


def _shape(body: list[ast.stmt]) -> str:
    if len(body) == 1:
        return _single(body[0])
    if all(isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign)) for node in body):
        return "assign"
    return "other"


def _single(node: ast.stmt) -> str:
    if isinstance(node, (ast.Pass, ast.Continue, ast.Break)):
        return node.__class__.__name__.lower()
    if isinstance(node, ast.Expr):
        return "pass" if isinstance(node.value, ast.Constant) else "other"
    if isinstance(node, ast.Return):
        return _returned(node.value)
    assigns = isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign))
    return "assign" if assigns else "other"


def _returned(value: ast.expr | None) -> str:
    if value is None or (isinstance(value, ast.Constant) and value.value is None):
        return "return-none"
    return "return-constant" if is_literal(value) else "return-other"
