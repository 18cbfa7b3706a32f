"""Rows of the addresses of services that are written into calls.

What is kept says where the service is, never who signs in there: nothing before an `@` leaves.
"""

from __future__ import annotations

import ast
import re

from .digests import digest_of
from .spots import lines_of, spots

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .names import Aliases
    from .secret_texts import Literal
    from .spots import Spot
    from .statements import Walk

    Row = list[object]

MAX_ROWS = 100
_MOST_LOOKED_AT = 5_000
_LONGEST = 2_000
_TEST_FRAMEWORKS = frozenset({"pytest", "unittest"})
_HOSTS = ("localhost", "127.0.0.1")
_STORES = (
    r"(?:postgres(?:ql)?|mysql|mariadb|mssql|oracle|cockroachdb|clickhouse|rediss?|valkey"
    r"|amqps?|pyamqp|mongodb|kafka|nats|memcached?|neo4j|cassandra)(?:\+[a-z0-9_]{1,30})?"
)
_LOCAL = r"localhost|127\.0\.0\.1|\[::1\]"
_PRIVATE = (
    r"10\.\d{1,3}\.\d{1,3}\.\d{1,3}|192\.168\.\d{1,3}\.\d{1,3}"
    r"|172\.(?:1[6-9]|2\d|3[01])\.\d{1,3}\.\d{1,3}"
)
_ADDRESS = re.compile(
    rf"(?:(?:(?P<store>{_STORES})|(?P<web>https?|wss?|tcp|grpc))://(?:[^\s/]{{0,300}}@)?)?"
    rf"(?:(?P<local>{_LOCAL})|(?P<private>{_PRIVATE})|(?P<named>[A-Za-z0-9_][\w.-]{{0,200}}))?"
    r"(?::(?P<port>\d{1,5}))?(?P<path>[/?]\S*)?"
)
_URL = re.compile(
    rf"://(?:[^\s/\"']{{0,300}}@)?(?P<here>{_LOCAL}|{_PRIVATE})?(?P<rest>[^\s\"']{{0,300}})"
)
_PRIVATE_HOST = re.compile(_PRIVATE)
_STORE_BEFORE = re.compile(rf"\b{_STORES}$")
_INTERFACE = re.compile(r"api\.|[^/]*/(?:.*/)?(?:api|v\d{1,2}|graphql)(?:[/?]|$)")
_COLLECTIONS = (ast.List, ast.Tuple, ast.Set)


def endpoint_rows(tree: ast.Module, text: str, found: list[Literal], walk: Walk) -> list[Row]:
    """Rows of the addresses among the arguments of calls."""
    if not _TEST_FRAMEWORKS.isdisjoint(walk.imported):
        return []
    private = [start for start, value in found if _PRIVATE_HOST.match(value)]
    suspects = sorted({*private, *_urls(text), *_hosts(text)})
    if not suspects:
        return []
    rows: list[Row] = []
    for spot in spots(tree, lines_of(text, suspects), (ast.Constant,)):
        rows += _rows_of(spot, walk.aliases)
    rows.sort(key=lambda row: (row[0], row[4], row[-1]))
    return rows[:MAX_ROWS]


def _urls(text: str) -> Iterator[int]:
    """Where there seems to be the address of a store, a private one, or one of an API."""
    if "://" not in text:
        return
    for number, match in enumerate(_URL.finditer(text)):
        if number >= _MOST_LOOKED_AT:
            return
        start = match.start()
        before = text[max(0, start - 40) : start]
        if match["here"] or _INTERFACE.match(match["rest"]) or _STORE_BEFORE.search(before):
            yield start


def _hosts(text: str) -> Iterator[int]:
    """Where a text begins with the name of this machine or a private address."""
    for host in _HOSTS:
        position = text.find(host)
        for _ in range(_MOST_LOOKED_AT):
            if position < 0:
                break
            if text[position - 1 : position] in ('"', "'"):
                yield position
            position = text.find(host, position + 1)


def _rows_of(spot: Spot, aliases: Aliases) -> Iterator[Row]:
    value = spot.node.value if isinstance(spot.node, ast.Constant) else None
    if not isinstance(value, str) or len(value) > _LONGEST:
        return
    found = _ADDRESS.fullmatch(value)
    call, argument = _argument(spot)
    if found is None or call is None:
        return
    kind, address = _place(found, _has_port(call, spot.node))
    if kind:
        callee = aliases.called(call.func)
        where = (spot.node.lineno, spot.end, spot.symbol, kind, address, callee, argument)
        said = digest_of(f"{kind} {address} {callee} {argument}")
        yield [*where, spot.in_function, spot.in_main_guard, said]


def _argument(spot: Spot) -> tuple[ast.Call | None, str]:
    """The call that a text is handed to as it is, alone or in a list, and as what."""
    value: ast.AST = spot.node
    keyword = ""
    for around in spot.around:
        if isinstance(around, ast.Call):
            return (None if value is around.func else around), keyword or _place_of(value, around)
        if isinstance(around, ast.keyword):
            keyword = around.arg or ""
        elif not isinstance(around, _COLLECTIONS):
            break
        value = around
    return None, ""


def _place_of(value: ast.AST, call: ast.Call) -> str:
    return next((str(place) for place, item in enumerate(call.args) if item is value), "")


def _has_port(call: ast.Call, host: ast.expr) -> bool:
    """Whether a port is handed over beside the host."""
    if any(item.arg == "port" for item in call.keywords):
        return True
    for value, following in zip(call.args, call.args[1:], strict=False):
        if value is host:
            return isinstance(following, ast.Constant) and type(following.value) is int
    return False


def _place(found: re.Match[str], has_port: bool) -> tuple[str, str]:
    """What kind of place an address leads to, and the part of it that may be told."""
    host = _near(found)
    if found["store"]:
        return "store", f"{found['store']}://{host}"
    if not host:
        return _public(found) if found["web"] else ("", "")
    kind = "local" if found["local"] else "private"
    if found["web"]:
        return kind, f"{found['web']}://{host}"
    is_whole = (has_port or found["port"]) and not found["path"]
    return (kind, host) if is_whole else ("", "")


def _near(found: re.Match[str]) -> str:
    """The host with its port, when it is this machine or in a private network."""
    host = found["local"] or found["private"] or ""
    return f"{host}:{found['port']}" if host and found["port"] else host


def _public(found: re.Match[str]) -> tuple[str, str]:
    """A public address is told only when it is that of an interface for programs."""
    host = found["named"] or ""
    is_interface = _INTERFACE.match(f"{host}{found['path'] or ''}")
    return ("public", host) if is_interface else ("", "")
