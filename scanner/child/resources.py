"""Calls that reach outside the process: files, other processes, the network, databases."""

from __future__ import annotations

import ast

from .digests import digest
from .expressions import SPREADS, walk_expressions
from .functions import end_line
from .names import last_name, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .expressions import Children, Table
    from .scopes import Scope
    from .statements import Walk

    Row = list[object]

_VERBS = "get post put delete patch head request"
_KINDS = {
    "file": "open io.open codecs.open",
    "process": "os.system os.popen subprocess.run subprocess.call subprocess.check_call "
    "subprocess.check_output subprocess.Popen",
    "network": "urllib.request.urlopen socket.create_connection smtplib.SMTP smtplib.SMTP_SSL "
    + " ".join(f"requests.{verb} httpx.{verb}" for verb in _VERBS.split()),
    "database": "sqlite3.connect psycopg.connect psycopg2.connect asyncpg.connect pymysql.connect "
    "MySQLdb.connect pyodbc.connect pika.BlockingConnection",
    "client": "requests.Session httpx.Client httpx.AsyncClient aiohttp.ClientSession boto3.client "
    "boto3.resource boto3.Session boto3.session.Session redis.Redis redis.StrictRedis "
    "redis.from_url redis.Redis.from_url redis.asyncio.Redis redis.asyncio.from_url "
    "pymongo.MongoClient motor.motor_asyncio.AsyncIOMotorClient elasticsearch.Elasticsearch "
    "sqlalchemy.create_engine sqlalchemy.ext.asyncio.create_async_engine kafka.KafkaProducer "
    "kafka.KafkaConsumer openai.OpenAI openai.AsyncOpenAI stripe.StripeClient "
    "paramiko.SSHClient docker.from_env asyncpg.create_pool",
}
_KIND_OF = {name: kind for kind, names in _KINDS.items() for name in names.split()}
_FILE_METHODS = words("read_text read_bytes write_text write_bytes")
_LAST_NAMES = _FILE_METHODS | {name.rpartition(".")[2] for name in _KIND_OF}
_AT_TOP = ("file", "process")  # kinds that are looked for outside functions only
_NEEDED = {"urllib": "urlopen", "socket": "create_connection", "sqlalchemy": "_engine("}
_DEEP = frozenset(name.partition(".")[0] for name, kind in _KIND_OF.items() if kind not in _AT_TOP)
_PATHS = frozenset({"pathlib", "importlib"})
_STARTS = ("system", "popen")


def resource_rows(walk: Walk, text: str) -> list[Row]:
    """Rows of such calls."""
    imported = walk.imported
    is_deep = any(_NEEDED.get(package, "") in text for package in imported & _DEEP)
    if not is_deep and not _may_work(imported, text):
        return []
    watch = _Watch(walk)
    for scope in walk.scopes:
        if is_deep or not scope.in_function:
            watch.look_at(scope)
    return watch.rows


def _may_work(imported: set[str], text: str) -> bool:
    """Whether something outside functions may touch a file or start a program."""
    if "open(" in text:
        return True
    if not imported.isdisjoint(_PATHS) and ("_text(" in text or "_bytes(" in text):
        return True
    if "subprocess" in imported:
        return True
    return "os" in imported and any(word in text for word in _STARTS)


class _Watch:
    """Gathers the calls of one module. The body of a lambda runs later, so it is not entered."""

    def __init__(self, walk: Walk) -> None:
        self._aliases = walk.aliases
        self._scope: Scope = walk.module
        self._known = _LAST_NAMES | walk.aliases.names_of(_KIND_OF)
        self._table: Table = {**SPREADS, ast.Call: self._call}
        del self._table[ast.Lambda]
        self.rows: list[Row] = []

    def look_at(self, scope: Scope) -> None:
        self._scope = scope
        walk_expressions(list(scope.roots), self._table)

    def _call(self, node: ast.Call) -> Children:
        if last_name(node.func) in self._known:
            self._look_at(node)
        return SPREADS[ast.Call](node)

    def _look_at(self, node: ast.Call) -> None:
        name = self._aliases.dotted(node.func)
        kind = _KIND_OF.get(name, "")
        if not kind and name.rpartition(".")[2] in _FILE_METHODS:
            kind = "file"
        if kind and not (self._scope.in_function and kind in _AT_TOP):
            self._add(node, name, kind)

    def _add(self, node: ast.Call, name: str, kind: str) -> None:
        scope = self._scope
        row: Row = [node.lineno, end_line(node), scope.symbol, name, kind]
        self.rows.append([*row, scope.in_function, scope.in_main_guard, digest(node)])
