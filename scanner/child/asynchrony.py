"""Rows of calls that matter to asynchronous code."""

from __future__ import annotations

import ast

from .bodies import found_in
from .digests import digest
from .functions import end_line
from .instances import local_instances
from .names import last_name, words
from .unread import is_unread

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .expressions import Children, Table
    from .names import Aliases
    from .scopes import Scope
    from .statements import Walk

    Row = list[object]

_LIBRARIES = words("asyncio httpx aiohttp anyio trio")
_WAITING = words(
    "time os io builtins subprocess socket select ssl signal shutil tempfile glob pathlib fileinput"
    " requests httpx urllib urllib3 http ftplib smtplib imaplib poplib telnetlib xmlrpc sqlite3"
    " psycopg psycopg2 pymysql MySQLdb mysql pymongo redis boto3 botocore paramiko queue threading"
    " multiprocessing concurrent zipfile tarfile gzip bz2 lzma getpass pickle shelve dbm"
)
_NEVER = ("os.path.", "os.environ", "time.time", "time.monotonic", "time.perf_counter")
_HTTP = words("httpx aiohttp")
_CLIENTS = words("AsyncClient Client ClientSession ClientTimeout Timeout request stream get post")
_STARTERS = words("create_task ensure_future")
_CONNECTIONS = words("open_connection open_unix_connection")
_TIMEOUTS = words("wait_for timeout timeout_at fail_after fail_at move_on_after move_on_at")
_FILES = words("open input read_text write_text read_bytes write_bytes")
_ANYWHERE = _STARTERS | _CONNECTIONS
_IN_ASYNC = _ANYWHERE | _TIMEOUTS | _FILES
_CALLS = frozenset({ast.Call})
_NAME, _USE, _IS_TIMED = 3, 5, 7  # places in a row


class AsyncCalls:
    """Gathers these calls in one module.

    `known` are the last names of those that matter wherever they stand, `known_in_async` of those
    that matter in async functions. There, calls that begin with a name of `waiting` matter too,
    unless they are `awaited`; and statements that call one of `coroutines` matter everywhere.
    """

    known: set[str]
    known_in_async: set[str]
    waiting: set[str]
    awaited: set[int]
    _instances: dict[tuple[str, str], str]
    _nodes: dict[int, tuple[Row, ast.Call, Scope]]
    _deferred: set[int]
    _timed: set[int]

    def __init__(self, walk: Walk) -> None:
        self.is_watched = bool(walk.coroutines) or not _LIBRARIES.isdisjoint(walk.imported)
        self.coroutines = walk.coroutines
        self.rows: list[Row] = []
        if self.is_watched:  # the others are many, and shall cost nothing
            self._watch(walk)

    def _watch(self, walk: Walk) -> None:
        self.known = {*_ANYWHERE}
        self.known_in_async = {*_IN_ASYNC}
        if not _HTTP.isdisjoint(walk.imported):
            self.known |= _CLIENTS
        self.waiting = {*_WAITING & walk.imported}
        self._see_imports(walk.aliases)
        self._instances = local_instances(walk) if walk.coroutines else {}
        self.waiting.update(name for _, name in self._instances)
        self.awaited, self._deferred, self._timed = set(), set(), set()
        self._nodes = {}
        self._aliases, self._guarded = walk.aliases, walk.guarded

    def _see_imports(self, aliases: Aliases) -> None:
        for name, target in aliases.items():
            root, _, rest = target.partition(".")
            if root in _WAITING:
                self.waiting.add(name)
            last = rest.rpartition(".")[2]
            if last in _ANYWHERE:
                self.known.add(name)
            if last in _IN_ASYNC:
                self.known_in_async.add(name)

    def table(self) -> Table:
        """How a walk takes nodes of async functions apart that say when a call happens."""
        return {ast.Await: self._see_await, ast.Lambda: self._see_lambda}

    def call(self, node: ast.Call, name: str, scope: Scope, is_discarded: bool) -> None:
        """A call that may matter, by its resolved name."""
        last = name.rpartition(".")[2]
        if last in _TIMEOUTS and scope.is_async:
            self._see_timeout(node, scope)
        if id(node) in self._nodes:
            if is_discarded:
                self._nodes[id(node)][0][_USE] = "discarded"
            return
        in_async = scope.is_async and id(node) not in self._deferred
        use = "awaited" if id(node) in self.awaited else "discarded" if is_discarded else "used"
        timeout = _timeout(node)
        if self._matters(name, in_async and use != "awaited", timeout):
            name = self._instantiated(name, scope)
            row: Row = [node.lineno, end_line(node), scope.symbol, name, in_async, use, timeout]
            self._nodes[id(node)] = [*row, False, ""], node, scope

    def settle(self) -> None:
        """Everything was seen: say which calls a timeout surrounds, and what nobody reads."""
        seen = self._nodes.values() if self.is_watched else ()
        for row, node, scope in seen:
            row[_IS_TIMED] = id(node) in self._timed
            row[-1] = digest(node)
            if row[_USE] == "used" and _starts(row) and is_unread(node, scope.function):
                row[_USE] = "unread"
            self.rows.append(row)

    def _matters(self, name: str, may_block: bool, timeout: str) -> bool:
        last = name.rpartition(".")[2]
        if last in _ANYWHERE or last in self.coroutines or timeout == "none":
            return True
        if not may_block or name.startswith(_NEVER):
            return False
        root = name.partition(".")[0]
        return last in _FILES or root in _WAITING or root in self.waiting

    def _instantiated(self, name: str, scope: Scope) -> str:
        """The name with what made the local instance in place of the instance."""
        root, _, rest = name.partition(".")
        made_by = self._instances.get((scope.symbol, root)) if rest else None
        return f"{made_by}().{rest}" if made_by else name

    def _see_await(self, node: ast.Await) -> Children:
        """What stands after `await`."""
        self.awaited.add(id(node.value))
        return (node.value,)

    def _see_lambda(self, node: ast.Lambda) -> Children:
        """What a lambda calls is called later, perhaps in a thread."""
        self._deferred.update(map(id, found_in([node.body], _CALLS)))
        return [*node.args.defaults, *node.args.kw_defaults, node.body]

    def _see_timeout(self, node: ast.Call, scope: Scope) -> None:
        inside = found_in([*node.args, *self._guarded.get(id(node), ())], _CALLS)
        self._timed.update(map(id, inside))
        for call in inside:
            if isinstance(call, ast.Call) and last_name(call.func) in self.coroutines:
                self.call(call, self._aliases.dotted(call.func), scope, False)


def _starts(row: Row) -> bool:
    return str(row[_NAME]).rpartition(".")[2] in _STARTERS


def _timeout(node: ast.Call) -> str:
    for item in node.keywords:
        if item.arg == "timeout":
            value = item.value
            return "none" if isinstance(value, ast.Constant) and value.value is None else "given"
    return "absent"
