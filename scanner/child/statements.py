"""The walk over statements: scopes, nesting, imports and the blocks of try statements."""

from __future__ import annotations

import ast

from .conditions import is_main_guard, type_checking_branch
from .functions import end_line, first_line
from .imports import bind_names, import_row
from .names import Aliases
from .scopes import IN_LOOP, IN_RERAISING_HANDLER, IN_TRY, MODULE, TYPE_CHECKING_ONLY, Scope
from .tries import TrySite, raises_itself

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .scopes import FunctionNode

    Block = tuple[Sequence[ast.stmt], Scope, int, int]
    Visit = Callable[..., None]


class StatementWalk:
    """Visits every statement once; what hangs below it waits in its scope's `roots`."""

    def __init__(self, tree: ast.Module) -> None:
        self.aliases = Aliases()
        self.module = Scope(MODULE)
        self.scopes = [self.module]
        self.functions: list[tuple[FunctionNode, Scope]] = []
        self.classes: list[tuple[ast.ClassDef, Scope]] = []
        self.imports: list[list[object]] = []
        self.tries: list[TrySite] = []
        self.guarded: dict[int, list[ast.stmt]] = {}  # bodies of with, by their context's id
        self.statements = 0
        self.has_main_guard = False
        self._stack: list[Block] = [(tree.body, self.module, 0, 0)]
        self._visits = self._table()
        self._run()
        self.aliases.settle()

    def _table(self) -> dict[type[ast.AST], Visit]:
        table: dict[str, Visit] = {
            "FunctionDef": self._function,
            "AsyncFunctionDef": self._function,
            "ClassDef": self._class,
            "If": self._if,
            "For": self._loop,
            "AsyncFor": self._loop,
            "While": self._loop,
            "With": self._with,
            "AsyncWith": self._with,
            "Try": self._try,
            "TryStar": self._try,
            "Match": self._match,
            "Import": self._import,
            "ImportFrom": self._import,
            "Assert": self._assert,
        }
        return {getattr(ast, name): visit for name, visit in table.items() if hasattr(ast, name)}

    def _run(self) -> None:
        stack, visit_of = self._stack, self._visits.get
        while stack:
            block, scope, depth, flags = stack.pop()
            self.statements += len(block)
            wait = scope.roots.append
            for node in block:
                visit = visit_of(node.__class__)
                if visit is None:
                    wait(node)
                else:
                    visit(node, scope, depth, flags)

    def _nest(self, scope: Scope, depth: int) -> int:
        depth += 1
        scope.depth = max(scope.depth, depth)
        return depth

    def _function(self, node: FunctionNode, scope: Scope, depth: int, flags: int) -> None:
        inner = Scope(scope.qualify(node.name), scope)
        inner.function = node
        inner.is_async = isinstance(node, ast.AsyncFunctionDef)
        inner.in_function = True
        inner.owner = scope.symbol if scope.is_class else ""
        self.functions.append((node, inner))
        self.scopes.append(inner)
        self._count_lines(scope, end_line(node) - first_line(node) + 1)
        arguments = node.args
        scope.quiet += node.decorator_list
        scope.quiet += arguments.defaults
        scope.quiet += [default for default in arguments.kw_defaults if default is not None]
        self._stack.append((node.body, inner, 0, flags & TYPE_CHECKING_ONLY))

    def _count_lines(self, scope: Scope, lines: int) -> None:
        """A nested function's lines are not those of the function around it."""
        while scope.is_class and scope.outer is not None:
            scope = scope.outer
        scope.nested_lines += lines

    def _class(self, node: ast.ClassDef, scope: Scope, depth: int, flags: int) -> None:
        inner = Scope(scope.qualify(node.name), scope)
        inner.is_class = True
        self.classes.append((node, inner))
        self.scopes.append(inner)
        scope.quiet += node.decorator_list
        scope.quiet += node.bases
        scope.quiet += [item.value for item in node.keywords]
        self._stack.append((node.body, inner, 0, flags & TYPE_CHECKING_ONLY))

    def _if(self, node: ast.If, scope: Scope, depth: int, flags: int) -> None:
        scope.branches += 1
        scope.roots.append(node.test)
        inside = self._nest(scope, depth)
        is_elif = len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If)
        then, other = type_checking_branch(node.test)
        body_scope = scope
        if scope is self.module and is_main_guard(node.test):
            self.has_main_guard = True
            body_scope = Scope(MODULE, scope)
            body_scope.in_main_guard = True
            self.scopes.append(body_scope)
        if node.orelse:
            self._stack.append((node.orelse, scope, depth if is_elif else inside, flags | other))
        self._stack.append((node.body, body_scope, inside, flags | then))

    def _loop(
        self, node: ast.For | ast.AsyncFor | ast.While, scope: Scope, depth: int, flags: int
    ) -> None:
        scope.branches += 1 + bool(node.orelse)
        if isinstance(node, ast.While):
            scope.roots.append(node.test)
        else:
            scope.roots += (node.target, node.iter)
        inside = self._nest(scope, depth)
        if node.orelse:
            self._stack.append((node.orelse, scope, inside, flags))
        self._stack.append((node.body, scope, inside, flags | IN_LOOP))

    def _with(self, node: ast.With | ast.AsyncWith, scope: Scope, depth: int, flags: int) -> None:
        for item in node.items:
            self.guarded[id(item.context_expr)] = node.body
            scope.roots.append(item.context_expr)
            if item.optional_vars is not None:
                scope.roots.append(item.optional_vars)
        self._stack.append((node.body, scope, self._nest(scope, depth), flags))

    def _try(self, node: ast.Try, scope: Scope, depth: int, flags: int) -> None:
        if node.__class__ is ast.Try:  # radon knows no except*
            scope.branches += len(node.handlers) + bool(node.orelse)
        inside = self._nest(scope, depth)
        self.tries.append(TrySite(node, scope, flags))
        if node.finalbody:
            self._stack.append((node.finalbody, scope, inside, flags))
        if node.orelse:
            self._stack.append((node.orelse, scope, inside, flags))
        for handler in reversed(node.handlers):
            if handler.type is not None:
                scope.roots.append(handler.type)
            raising = IN_RERAISING_HANDLER if raises_itself(handler) else 0
            self._stack.append((handler.body, scope, inside, flags | raising | IN_TRY))
        self._stack.append((node.body, scope, inside, flags | IN_TRY))

    def _match(self, node: ast.Match, scope: Scope, depth: int, flags: int) -> None:
        catch_all = any(getattr(case.pattern, "pattern", False) is None for case in node.cases)
        scope.branches += max(0, len(node.cases) - catch_all)
        scope.roots.append(node.subject)
        inside = self._nest(scope, depth)
        for case in reversed(node.cases):
            if case.guard is not None:
                scope.roots.append(case.guard)
            self._stack.append((case.body, scope, inside, flags))

    def _import(
        self, node: ast.Import | ast.ImportFrom, scope: Scope, depth: int, flags: int
    ) -> None:
        bind_names(node, self.aliases, scope.in_function)
        self.imports.append(import_row(node, scope, flags))

    def _assert(self, node: ast.Assert, scope: Scope, depth: int, flags: int) -> None:
        scope.branches += 1
        scope.quiet.append(node)
