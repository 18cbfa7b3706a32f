"""One parse of one module, turned into a plain row of facts."""

from __future__ import annotations

import ast
from operator import itemgetter

from . import source as sources
from .calls import CallWatch
from .checks import unchecked_rows
from .comments import Comments
from .defaults import attribute_rows, has_suspects, parameter_rows
from .endpoints import endpoint_rows
from .environment_writes import write_rows
from .expressions import Branches, walk_expressions
from .functions import SlotTable, class_row, function_row
from .handlers import finally_rows, handler_rows
from .literals import literal_tables
from .resources import resource_rows
from .secret_texts import literals, secret_rows
from .statements import Walk, walk_statements
from .texts import loaded_texts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    Row = list[object]


def extract(source: bytes) -> list[object]:
    """The fields of a module, in the order of the contract.

    Raises what the parser raises: SyntaxError, ValueError, LookupError, UnicodeError,
    RecursionError, MemoryError.
    """
    return row_of(ast.parse(source), source)


def row_of(tree: ast.Module, source: bytes, rewritten: Sequence[str] = ()) -> list[object]:
    """The same for a source that is parsed, some constructs of it perhaps in an older shape."""
    text = sources.decode(source)
    comments = Comments(text)
    walk = walk_statements(tree)
    tables = [
        row
        for scope in walk.scopes
        if scope.function is None
        for row in literal_tables(scope.roots)
    ]
    defaults = _defaults(walk, text)
    resources = resource_rows(walk, text)
    watch = CallWatch(tree, walk, text)
    _walk_expressions(tree, walk, watch if watch.is_watching else None)
    handlers, jumps = _tries(walk, comments)
    docstring = _docstring(tree)
    slots = SlotTable()
    found = literals(text)
    return [
        sources.count_lines(source),
        sources.header(text, docstring or ""),
        docstring is not None,
        walk.statements,
        _imports_only(tree),
        walk.has_main_guard,
        _ordered(function_row(node, scope, walk.aliases, slots) for node, scope in walk.functions),
        _ordered(class_row(node, scope, walk.aliases) for node, scope in walk.classes),
        _ordered(walk.imports, 0),
        _ordered(handlers, 0),
        _ordered(watch.suppresses, 0),
        _ordered(jumps, 0),
        _ordered(watch.processes, 0),
        _ordered(watch.reads.rows, 0),
        _ordered(defaults, 0),
        _ordered(tables, 0),
        comments.pragmas(),
        _ordered(watch.asynchronous.rows, 0),
        _ordered(watch.output.logs, 0),
        _ordered(watch.output.prints, 0),
        _ordered(resources, 0),
        _ordered(unchecked_rows(walk)),
        loaded_texts(text, walk.aliases),
        rewritten,
        write_rows(tree, text, walk.aliases) if "os" in walk.imported else [],
        secret_rows(tree, text, found),
        endpoint_rows(tree, text, found, walk),
        _constants(walk.module.roots),
        slots.rows(),
    ]


def _docstring(tree: ast.Module) -> str | None:
    first = tree.body[0] if tree.body else None
    value = first.value if isinstance(first, ast.Expr) else None
    said = value.value if isinstance(value, ast.Constant) else None
    return said if isinstance(said, str) else None


def _constants(statements: list[ast.AST]) -> int:
    """How many names in capitals are assigned at the top of a module."""
    found = 0
    for node in statements:
        if node.__class__ is ast.Assign:
            target = node.targets[0]  # type: ignore[attr-defined]
        elif node.__class__ is ast.AnnAssign:
            target = node.target  # type: ignore[attr-defined]
        else:
            continue
        found += target.__class__ is ast.Name and target.id.isupper()
    return found


def _ordered(rows: object, key: int = 1) -> list[Row]:
    return sorted(rows, key=itemgetter(key))  # type: ignore[call-overload,no-any-return]


def _walk_expressions(tree: ast.Module, walk: Walk, watch: CallWatch | None) -> None:
    """Count the branches of functions; with a watch, look at everything else too."""
    branches = Branches()
    table = asynchronous = branches.table()
    if watch is not None:
        plain, asynchronous = watch.tables(branches)
    for scope in walk.scopes:
        if watch is not None:
            watch.enter(scope)
            table = asynchronous if scope.is_async else plain
            walk_expressions(scope.quiet, table)
        elif scope.function is None:
            continue
        branches.count = 0
        walk_expressions(scope.roots, table)
        scope.branches += branches.count
    if watch is not None:
        watch.reads.settle(tree)
        watch.asynchronous.settle()
        watch.output.settle(tree)


def _defaults(walk: Walk, text: str) -> list[Row]:
    rows: list[Row] = []
    for function, scope in walk.functions:
        if has_suspects(function.args):
            rows += parameter_rows(function, scope, walk)
    for _, scope in walk.classes:
        rows += attribute_rows(scope, walk, text)
    return rows


def _tries(walk: Walk, comments: Comments) -> tuple[list[Row], list[Row]]:
    handlers: list[Row] = []
    jumps: list[Row] = []
    for site in walk.tries:
        handlers += handler_rows(site, walk.aliases, comments)
        jumps += finally_rows(site)
    return handlers, jumps


def _imports_only(tree: ast.Module) -> bool:
    stack: list[ast.stmt] = list(tree.body)
    while stack:
        node = stack.pop()
        if isinstance(node, ast.If):
            stack += node.body + node.orelse
        elif isinstance(node, ast.Try):
            stack += node.body + node.orelse
            for handler in node.handlers:
                stack += handler.body
        elif isinstance(node, ast.Expr):
            if not isinstance(node.value, ast.Constant):
                return False
        elif not _is_import_like(node):
            return False
    return True


def _is_import_like(node: ast.stmt) -> bool:
    if isinstance(node, (ast.Import, ast.ImportFrom, ast.Pass)):
        return True
    if isinstance(node, (ast.Assign, ast.AugAssign, ast.AnnAssign)):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return all(isinstance(item, ast.Name) and item.id.startswith("__") for item in targets)
    return False
