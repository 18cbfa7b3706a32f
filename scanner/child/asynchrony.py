"""Rows of calls that matter to asynchronous code."""

from __future__ import annotations

import ast

from .bodies import found_in
from .digests import digest
from .functions import end_line
from .instances import local_instances
from .names import words
from .unread import is_unread

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from .expressions import Children, Table
    from .scopes import Scope
    from .statements import Walk

    Row = list[object]

_LIBRARIES = words("asyncio httpx aiohttp anyio trio")
_HTTP = words("httpx aiohttp")
_BUILTINS = words("open input")
_FILE_METHODS = words("read_text write_text read_bytes write_bytes")
_STARTERS = words("create_task ensure_future")
_TIMEOUTS = words("wait_for timeout timeout_at fail_after fail_at move_on_after move_on_at")
_CONNECTIONS = words("open_connection open_unix_connection")
_CLIENTS = words("AsyncClient Client ClientSession ClientTimeout Timeout request stream get post")
_KNOWN = _BUILTINS | _FILE_METHODS | _STARTERS | _TIMEOUTS | _CONNECTIONS
_CALLS = frozenset({ast.Call})
_USE, _IS_TIMED = 5, 7  # places in a row


class AsyncCalls:
    """Gathers these calls in one module.

    `known` are the last names of those that matter wherever they stand; in async functions calls of
    imported names matter too.
    """

    def __init__(self, walk: Walk) -> None:
        self.is_watched = bool(walk.coroutines) or not _LIBRARIES.isdisjoint(walk.imported)
        self.known: set[str] = set()
        self.rows: list[Row] = []
        self._guarded = walk.guarded
        self._telling = walk.coroutines | _STARTERS | _CONNECTIONS
        self._imported: set[str] = set()
        self._instances: dict[tuple[str, str], str] = {}
        self._nodes: list[ast.Call] = []
        self._starts: list[tuple[Row, ast.Call, Scope]] = []
        self._awaited: set[int] = set()
        self._deferred: set[int] = set()
        self._timed: set[int] = set()
        if self.is_watched:
            self._watch(walk)
        if not _HTTP.isdisjoint(walk.imported):
            self.known |= _CLIENTS

    def _watch(self, walk: Walk) -> None:
        self.known |= _KNOWN | walk.coroutines
        self._imported |= walk.imported
        if walk.coroutines:
            self._instances = local_instances(walk)
            self._imported.update(name for _, name in self._instances)
        for name, target in walk.aliases.items():
            root, _, rest = target.partition(".")
            if root:
                self._imported.add(name)
            if rest.rpartition(".")[2] in _KNOWN:
                self.known.add(name)

    def table(self) -> Table:
        """How a walk takes nodes apart that say when a call happens."""
        return {ast.Await: self._see_await, ast.Lambda: self._see_lambda}

    def may_block(self, node: ast.Call) -> bool:
        """Whether a call in an async function is of an imported name, and not awaited."""
        value = node.func
        while value.__class__ is ast.Attribute:
            value = value.value  # type: ignore[attr-defined]
        is_name = value.__class__ is ast.Name
        return is_name and value.id in self._imported and id(node) not in self._awaited  # type: ignore[attr-defined]

    def call(self, node: ast.Call, name: str, scope: Scope, is_discarded: bool) -> None:
        """A call that may matter, by its resolved name."""
        last = name.rpartition(".")[2]
        if last in _TIMEOUTS:
            self._see_timeout(node)
        in_async = scope.is_async and id(node) not in self._deferred
        use = "awaited" if id(node) in self._awaited else "discarded" if is_discarded else "used"
        timeout = _timeout(node)
        if (in_async and use != "awaited") or last in self._telling or timeout == "none":
            name = self._instantiated(name, scope)
            row: Row = [node.lineno, end_line(node), scope.symbol, name, in_async, use, timeout]
            row += [False, ""]
            self._nodes.append(node)
            self.rows.append(row)
            if last in _STARTERS and use == "used":
                self._starts.append((row, node, scope))

    def _instantiated(self, name: str, scope: Scope) -> str:
        """The name with what made the local instance in place of the instance."""
        root, _, rest = name.partition(".")
        made_by = self._instances.get((scope.symbol, root)) if rest else None
        return f"{made_by}().{rest}" if made_by else name

    def settle(self) -> None:
        """Everything was seen: say which calls a timeout surrounds."""
        for row, node in zip(self.rows, self._nodes, strict=True):
            row[_IS_TIMED] = id(node) in self._timed
            row[-1] = digest(node)
        for row, node, scope in self._starts:
            if scope.function is not None and is_unread(node, scope.function):
                row[_USE] = "unread"

    def _see_await(self, node: ast.Await) -> Children:
        """What stands after `await`."""
        self._awaited.add(id(node.value))
        return (node.value,)

    def _see_lambda(self, node: ast.Lambda) -> Children:
        """What a lambda calls is called later, perhaps in a thread."""
        self._deferred.update(map(id, found_in([node.body], _CALLS)))
        return [*node.args.defaults, *node.args.kw_defaults, node.body]

    def _see_timeout(self, node: ast.Call) -> None:
        inside: Iterable[ast.AST] = (*node.args, *self._guarded.get(id(node), ()))
        self._timed.update(map(id, found_in(list(inside), _CALLS)))


def _timeout(node: ast.Call) -> str:
    for item in node.keywords:
        if item.arg == "timeout":
            value = item.value
            return "none" if isinstance(value, ast.Constant) and value.value is None else "given"
    return "absent"
