"""Rows of writes into the environment of the process."""

from __future__ import annotations

import ast

from .digests import digest_of
from .environment import MAPPINGS
from .functions import end_line
from .spots import lines_of, spots

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .names import Aliases
    from .spots import Spot

    Row = list[object]

MAX_ROWS = 100
_LONGEST_KEY = 200
_HINTS = ("environ", "putenv", "unsetenv")
_WRITERS = frozenset({"os.putenv", "os.unsetenv"})
_METHODS = frozenset({"update", "setdefault", "pop", "popitem", "clear"})
_NAMES = frozenset({"environ", "environb", "putenv", "unsetenv"})
_REMOVALS = frozenset({"pop", "popitem", "clear", "unsetenv"})
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def write_rows(tree: ast.Module, text: str, aliases: Aliases) -> list[Row]:
    """Rows of assignments, deletions and calls that change `os.environ`, in order."""
    if not any(hint in text for hint in _HINTS):
        return []
    names = _NAMES | aliases.names_of(MAPPINGS | _WRITERS)
    places = sorted(place for name in names for place in _places(text, name))
    watch = _Watch(aliases)
    for spot in spots(tree, lines_of(text, places), (ast.Subscript, ast.Call)):
        watch.see(spot)
    return watch.rows()


def _places(text: str, name: str) -> Iterator[int]:
    place = text.find(name)
    while place >= 0:
        yield place
        place = text.find(name, place + 1)


class _Watch:
    """The writes of one module, and in which functions each key is put back."""

    def __init__(self, aliases: Aliases) -> None:
        self._aliases = aliases
        self._found: list[tuple[Spot, str, str, bool]] = []  # with key, way, whether it puts back

    def see(self, spot: Spot) -> None:
        """Any subscript or call on a line that names the environment."""
        key, way = self._subscript(spot) if isinstance(spot.node, ast.Subscript) else ("", "")
        if isinstance(spot.node, ast.Call):
            key, way = self._call(spot.node)
        if way:
            self._found.append((spot, key, way, way == "remove" or _is_clean_up(spot)))

    def rows(self) -> list[Row]:
        """In the order of the lines."""
        back = {(_function(spot), key) for spot, key, _, is_back in self._found if is_back}
        rows: list[Row] = []
        for spot, key, way, is_back in self._found:
            around = _function(spot)
            is_restored = is_back or (around, key) in back or (around, "") in back
            where = (spot.node.lineno, end_line(spot.node), spot.symbol, key, way, is_restored)
            said = digest_of(f"{way} {key}")
            rows.append([*where, spot.in_function, spot.in_main_guard, said])
        rows.sort(key=lambda row: (row[0], row[3], row[4]))
        return rows[:MAX_ROWS]

    def _subscript(self, spot: Spot) -> tuple[str, str]:
        node = spot.node
        if not isinstance(node, ast.Subscript) or isinstance(node.ctx, ast.Load):
            return "", ""
        if self._aliases.dotted(node.value) not in MAPPINGS:
            return "", ""
        return _key(node.slice), "remove" if isinstance(node.ctx, ast.Del) else "assign"

    def _call(self, node: ast.Call) -> tuple[str, str]:
        name = self._aliases.dotted(node.func)
        owner, _, method = name.rpartition(".")
        if name not in _WRITERS and not (owner in MAPPINGS and method in _METHODS):
            return "", ""
        way = "remove" if method in _REMOVALS else method
        return _key(node.args[0]) if node.args else "", way


def _key(node: ast.expr) -> str:
    value = node.value if isinstance(node, ast.Constant) else None
    if isinstance(value, bytes):
        value = value.decode("latin-1")
    return value[:_LONGEST_KEY] if isinstance(value, str) else ""


def _function(spot: Spot) -> int:
    """What tells the innermost function from others; 0 outside of one."""
    return next((id(each) for each in spot.around if isinstance(each, _FUNCTIONS)), 0)


def _is_clean_up(spot: Spot) -> bool:
    """Whether it stands in a finally block, or in what leaves a context."""
    inner: ast.AST = spot.node
    for around in spot.around:
        if isinstance(around, ast.Try) and _holds(around.finalbody, inner):
            return True
        if isinstance(around, _FUNCTIONS):
            return around.name in ("__exit__", "__aexit__", "tearDown", "tearDownClass")
        inner = around
    return False


def _holds(body: Iterable[ast.stmt], node: ast.AST) -> bool:
    return any(each is node for each in body)
