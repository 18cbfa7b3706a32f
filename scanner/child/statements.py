"""The walk over statements: scopes, nesting, imports and the blocks of try statements.

Each statement is met once. What hangs below a simple one, and the conditions of a compound one,
wait in their scope until all imports are known.
"""

from __future__ import annotations

import ast

from .conditions import is_main_guard, type_checking_branch
from .functions import first_line
from .imports import take_import, take_import_from
from .names import Aliases
from .newer import by_class
from .scopes import IN_LOOP, IN_RERAISING_HANDLER, IN_TRY, MODULE, TYPE_CHECKING_ONLY, Scope
from .tries import TrySite

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .scopes import FunctionNode

    Block = tuple[Sequence[ast.stmt], Scope, int, int]
    Visit = Callable[..., None]


class Walk:
    """What one walk over the statements of a module brings together."""

    __slots__ = (
        "aliases",
        "classes",
        "coroutines",
        "entered",
        "functions",
        "guarded",
        "has_main_guard",
        "imported",
        "imports",
        "module",
        "scopes",
        "stack",
        "statements",
        "tree",
        "tries",
    )

    def __init__(self, tree: ast.Module) -> None:
        self.tree = tree
        self.aliases = Aliases()
        self.module = Scope(MODULE)
        self.scopes = [self.module]
        self.functions: list[tuple[FunctionNode, Scope]] = []
        self.coroutines: set[str] = set()  # plain names of async functions
        self.classes: list[tuple[ast.ClassDef, Scope]] = []
        self.imported: set[str] = set()  # first parts of the modules' names
        self.imports: list[list[object]] = []
        self.tries: list[TrySite] = []
        self.entered: list[tuple[Scope, ast.expr, str]] = []  # contexts with the names of `as`
        self.guarded: dict[int, list[ast.stmt]] = {}  # bodies of with, by their context's id
        self.statements = 0
        self.has_main_guard = False
        self.stack: list[Block] = [(tree.body, self.module, 0, 0)]


def walk_statements(tree: ast.Module) -> Walk:
    """Walk a whole module."""
    walk = Walk(tree)
    stack, visit_of = walk.stack, _VISITS.get
    count = 0
    while stack:
        block, scope, depth, flags = stack.pop()
        count += len(block)
        wait = scope.roots.append
        for node in block:
            visit = visit_of(node.__class__)
            if visit is None:
                wait(node)
            else:
                visit(walk, node, scope, depth, flags)
    walk.statements = count
    walk.aliases.settle()
    return walk


def _nested(scope: Scope, depth: int) -> int:
    depth += 1
    if depth > scope.depth:
        scope.depth = depth
    return depth


def _function(walk: Walk, node: FunctionNode, scope: Scope, depth: int, flags: int) -> None:
    inner = Scope(scope.qualify(node.name), scope)
    inner.function = node
    inner.is_async = node.__class__ is ast.AsyncFunctionDef
    if inner.is_async:
        walk.coroutines.add(node.name)
    inner.in_function = True
    if scope.is_class:
        inner.owner = scope.symbol
    if scope.in_function:
        _leave_out(scope, (node.end_lineno or node.lineno) - first_line(node) + 1)
    walk.functions.append((node, inner))
    walk.scopes.append(inner)
    arguments = node.args
    scope.quiet += node.decorator_list
    scope.quiet += arguments.defaults
    scope.quiet += [default for default in arguments.kw_defaults if default is not None]
    walk.stack.append((node.body, inner, 0, flags & TYPE_CHECKING_ONLY))


def _leave_out(scope: Scope, lines: int) -> None:
    """A nested function's lines are not those of the function around it."""
    while scope.is_class and scope.outer is not None:
        scope = scope.outer
    scope.nested_lines += lines


def _class(walk: Walk, node: ast.ClassDef, scope: Scope, depth: int, flags: int) -> None:
    inner = Scope(scope.qualify(node.name), scope)
    inner.is_class = True
    walk.classes.append((node, inner))
    walk.scopes.append(inner)
    scope.quiet += node.decorator_list
    scope.quiet += node.bases
    scope.quiet += [item.value for item in node.keywords]
    walk.stack.append((node.body, inner, 0, flags & TYPE_CHECKING_ONLY))


def _if(walk: Walk, node: ast.If, scope: Scope, depth: int, flags: int) -> None:
    scope.branches += 1
    scope.roots.append(node.test)
    inside = _nested(scope, depth)
    then, other = type_checking_branch(node.test)
    body_scope = scope
    if scope is walk.module and is_main_guard(node.test):
        body_scope = _main_guard(walk, scope)
    orelse = node.orelse
    if orelse:
        is_elif = len(orelse) == 1 and orelse[0].__class__ is ast.If
        walk.stack.append((orelse, scope, depth if is_elif else inside, flags | other))
    walk.stack.append((node.body, body_scope, inside, flags | then))


def _main_guard(walk: Walk, scope: Scope) -> Scope:
    walk.has_main_guard = True
    inner = Scope(MODULE, scope)
    inner.in_main_guard = True
    walk.scopes.append(inner)
    return inner


def _while(walk: Walk, node: ast.While, scope: Scope, depth: int, flags: int) -> None:
    scope.roots.append(node.test)
    _loop(walk, node, scope, depth, flags)


def _for(walk: Walk, node: ast.For | ast.AsyncFor, scope: Scope, depth: int, flags: int) -> None:
    scope.roots += (node.target, node.iter)
    _loop(walk, node, scope, depth, flags)


def _loop(
    walk: Walk, node: ast.For | ast.AsyncFor | ast.While, scope: Scope, depth: int, flags: int
) -> None:
    scope.branches += 1
    inside = _nested(scope, depth)
    if node.orelse:
        scope.branches += 1
        walk.stack.append((node.orelse, scope, inside, flags))
    walk.stack.append((node.body, scope, inside, flags | IN_LOOP))


def _with(walk: Walk, node: ast.With | ast.AsyncWith, scope: Scope, depth: int, flags: int) -> None:
    for item in node.items:
        walk.guarded[id(item.context_expr)] = node.body
        scope.roots.append(item.context_expr)
        if item.optional_vars is not None:
            scope.roots.append(item.optional_vars)
            if item.optional_vars.__class__ is ast.Name:
                walk.entered.append((scope, item.context_expr, item.optional_vars.id))  # type: ignore[attr-defined]
    walk.stack.append((node.body, scope, _nested(scope, depth), flags))


def _try(walk: Walk, node: ast.Try, scope: Scope, depth: int, flags: int) -> None:
    if node.__class__ is ast.Try:  # radon knows no except*
        scope.branches += len(node.handlers) + bool(node.orelse)
    inside = _nested(scope, depth)
    site = TrySite(node, scope, flags)
    walk.tries.append(site)
    stack = walk.stack
    if node.finalbody:
        stack.append((node.finalbody, scope, inside, flags))
    if node.orelse:
        stack.append((node.orelse, scope, inside, flags))
    for handler, raises in zip(reversed(node.handlers), reversed(site.raising), strict=True):
        if handler.type is not None:
            scope.roots.append(handler.type)
        raising = IN_RERAISING_HANDLER if raises else 0
        stack.append((handler.body, scope, inside, flags | raising | IN_TRY))
    stack.append((node.body, scope, inside, flags | IN_TRY))


def _match(walk: Walk, node: ast.Match, scope: Scope, depth: int, flags: int) -> None:
    catch_all = any(getattr(case.pattern, "pattern", False) is None for case in node.cases)
    scope.branches += max(0, len(node.cases) - catch_all)
    scope.roots.append(node.subject)
    inside = _nested(scope, depth)
    for case in reversed(node.cases):
        if case.guard is not None:
            scope.roots.append(case.guard)
        walk.stack.append((case.body, scope, inside, flags))


def _import(walk: Walk, node: ast.Import, scope: Scope, depth: int, flags: int) -> None:
    take_import(node, scope, flags, walk)


def _import_from(walk: Walk, node: ast.ImportFrom, scope: Scope, depth: int, flags: int) -> None:
    take_import_from(node, scope, flags, walk)


def _assert(walk: Walk, node: ast.Assert, scope: Scope, depth: int, flags: int) -> None:
    scope.branches += 1  # radon looks no further
    scope.quiet.append(node)


_BY_NAME: dict[str, Visit] = {
    "FunctionDef": _function,
    "AsyncFunctionDef": _function,
    "ClassDef": _class,
    "If": _if,
    "For": _for,
    "AsyncFor": _for,
    "While": _while,
    "With": _with,
    "AsyncWith": _with,
    "Try": _try,
    "TryStar": _try,
    "Match": _match,
    "Import": _import,
    "ImportFrom": _import_from,
    "Assert": _assert,
}
_VISITS: dict[type[ast.AST], Visit] = by_class(_BY_NAME)
