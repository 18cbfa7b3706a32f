"""Calls of interest: suppress, subprocess, the environment, output and asynchronous code."""

from __future__ import annotations

import ast

from .asynchrony import AsyncCalls
from .bodies import found_in
from .digests import digest
from .environment import MAPPINGS, READERS, EnvironmentReads
from .errors import tried_calls
from .expressions import SPREADS
from .functions import end_line
from .hints import output_names
from .names import last_name
from .output import OutputCalls

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .expressions import Branches, Children, Spread, Table
    from .scopes import Scope
    from .statements import Walk

    Row = list[object]

_WATCHED_IMPORTS = frozenset({"os", "contextlib", "subprocess"})
_WORDS = ("environ", "getenv", "suppress", "subprocess")
_SUBPROCESS = frozenset(
    f"subprocess.{name}" for name in ("run", "call", "check_call", "check_output", "Popen")
)
_CALLS = _SUBPROCESS | READERS | {"contextlib.suppress"}
_LAST_NAMES = frozenset(name.rpartition(".")[2] for name in _CALLS | MAPPINGS)
_ATTRIBUTES = frozenset({ast.Attribute})
_children = SPREADS[ast.Call]
_RETURN_CODES = frozenset({"returncode", "check_returncode"})


class CallWatch:
    """Looks at calls and subscripts as an expression walk meets them.

    Most modules hold few of these calls or none: `is_watching` says whether it is worth to look,
    and what it looks at is told apart by the last part of its name alone.
    """

    def __init__(self, tree: ast.Module, walk: Walk, text: str) -> None:
        self._body = tree.body
        self._aliases = walk.aliases
        self._guarded = walk.guarded
        self._scope: Scope = walk.module
        self._symbol = ""
        self._branches: Branches | None = None
        self._discarded: set[int] = set()
        self._fallbacks: dict[int, ast.expr] = {}
        self.suppresses: list[Row] = []
        self.processes: list[Row] = []
        self.reads = EnvironmentReads()
        self.asynchronous = AsyncCalls(walk)
        self.output = OutputCalls()
        self._is_general = _holds_general(walk, text)
        self._known = output_names(text, walk)
        if self.asynchronous.is_watched:
            self._known |= self.asynchronous.known
        if self._is_general:
            self._known |= _LAST_NAMES | walk.aliases.names_of(_CALLS | MAPPINGS)

    @property
    def is_watching(self) -> bool:
        """Whether the module can hold any of these calls."""
        return bool(self._known)

    def tables(self, branches: Branches) -> tuple[Table, Table]:
        """How walks take nodes apart while this watches: in other code, and in async functions."""
        self._branches = branches
        table: Table = {**branches.table(), ast.Call: self._calls()}
        if self._is_general:
            table |= {ast.BoolOp: self._bool_op, ast.Subscript: self._subscript}
        if self._is_general or self.asynchronous.is_watched:
            table[ast.Expr] = self._expr
        if not self.asynchronous.is_watched:
            return table, table
        return table, {**table, **self.asynchronous.table(), ast.Call: self._async_calls()}

    def enter(self, scope: Scope) -> None:
        """What comes next stands in this scope."""
        self._scope = scope
        self._symbol = scope.symbol

    def _bool_op(self, node: ast.BoolOp) -> Children:
        """What stands after `or` is the default of an environment read before it."""
        if isinstance(node.op, ast.Or) and isinstance(node.values[0], (ast.Call, ast.Subscript)):
            self._fallbacks[id(node.values[0])] = node.values[1]
        return node.values if self._branches is None else self._branches.bool_op(node)

    def _expr(self, node: ast.Expr) -> Children:
        value = node.value
        if value.__class__ is ast.Call:
            self._discarded.add(id(value))
            if last_name(value.func) in self.asynchronous.coroutines:  # type: ignore[attr-defined]
                self._look_at(value)  # type: ignore[arg-type]
        return (value,)

    def _subscript(self, node: ast.Subscript) -> Children:
        owner = node.value
        if (
            last_name(owner) in self._known
            and isinstance(node.ctx, ast.Load)
            and self._aliases.dotted(owner) in MAPPINGS
        ):
            self.reads.subscript(node, self._scope, self._fallbacks.get(id(node)))
        return (node.value, node.slice)

    def _calls(self) -> Spread:
        """What takes calls apart; a closure, since these are met most often of all."""
        known, look_at = self._known, self._look_at
        attribute, name = ast.Attribute, ast.Name

        def spread(node: ast.Call) -> Children:
            func = node.func
            kind = func.__class__
            if kind is attribute:
                if func.attr in known:  # type: ignore[attr-defined]
                    look_at(node)
            elif kind is name and func.id in known:  # type: ignore[attr-defined]
                look_at(node)
            if node.keywords:
                return [func, *node.args, *[item.value for item in node.keywords]]
            return [func, *node.args]

        return spread

    def _async_calls(self) -> Spread:
        """The same in async functions, where calls into libraries that can wait matter too."""
        known, look_at = self._known | self.asynchronous.known_in_async, self._look_at
        waiting, awaited = self.asynchronous.waiting, self.asynchronous.awaited
        attribute, name = ast.Attribute, ast.Name

        def spread(node: ast.Call) -> Children:
            func: ast.AST = node.func
            last = ""
            if func.__class__ is attribute:
                last = func.attr  # type: ignore[attr-defined]
                while func.__class__ is attribute:
                    func = func.value  # type: ignore[attr-defined]
            root = func.id if func.__class__ is name else ""  # type: ignore[attr-defined]
            if (last or root) in known or (root in waiting and id(node) not in awaited):
                look_at(node)
            return _children(node)

        return spread

    def _look_at(self, node: ast.Call) -> None:
        name = self._aliases.dotted(node.func)
        if name[:1] == "?":
            name = self._aliases.called(node.func)
        self.output.call(node, name, self._scope)
        if self.asynchronous.is_watched:
            is_discarded = id(node) in self._discarded
            self.asynchronous.call(node, name, self._scope, is_discarded)
        if name == "contextlib.suppress":
            self._add_suppress(node)
        elif name in _SUBPROCESS:
            self._add_process(node, name)
        elif name in READERS:
            self.reads.call(node, self._scope, self._fallbacks.get(id(node)))

    def _add_suppress(self, node: ast.Call) -> None:
        types = [self._aliases.dotted(item) for item in node.args]
        tried = tried_calls(self._guarded.get(id(node), ()), self._aliases)
        row: Row = [node.lineno, end_line(node), self._symbol, types, tried]
        self.suppresses.append([*row, digest(node)])

    def _add_process(self, node: ast.Call, name: str) -> None:
        has_check = any(item.arg in (None, "check") for item in node.keywords)
        discarded = id(node) in self._discarded
        row: Row = [node.lineno, end_line(node), self._symbol, name, has_check, discarded]
        self.processes.append([*row, self._reads_code(), digest(node)])

    def _reads_code(self) -> bool:
        """Whether a return code is read somewhere in the same function."""
        function = self._scope.function
        body = self._body if function is None else function.body
        return any(
            isinstance(node, ast.Attribute) and node.attr in _RETURN_CODES
            for node in found_in(body, _ATTRIBUTES)
        )


def _holds_general(walk: Walk, text: str) -> bool:
    """Whether there can be a suppress, a subprocess or a read of the environment."""
    return not _WATCHED_IMPORTS.isdisjoint(walk.imported) and any(word in text for word in _WORDS)
