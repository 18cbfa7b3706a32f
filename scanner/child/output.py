"""Rows of log calls and of prints."""

from __future__ import annotations

import ast
import re

from .digests import digest
from .functions import end_line
from .names import words
from .surroundings import Surroundings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .scopes import Scope

    Row = list[object]

LEVELS = words(
    "debug info warning warn error exception critical fatal log trace success notice msg"
)
_LOGGER = re.compile(r"(?:.*_)?logs?(?:\(\))?$|.*logg(?:er|ing)s?(?:\(\))?$")
# Each begins with one letter alone, so the search runs at the speed of a memory scan.
_HINTS = (re.compile(r"log(?:s?\.|\(\)|g)"), re.compile(r"L(?:og\.|OG\.|ogg|OGG)"))
_PRINT = words("print pprint input getpass")
_QUESTIONS = words("input getpass.getpass")
_PRINTS = words("print pprint.pprint")
_STREAMS = (None, "file", "stream")
_NONE: frozenset[str] = frozenset()
_FALSE = (False, None, 0)
_TEXT_CALLS = words("str repr")
_SYMBOL, _AROUND = 2, 5  # places in a row
MAX_NAMES = 12


def output_names(text: str) -> frozenset[str]:
    """The last names of the calls of output that a module's text can hold."""
    prints = _PRINT if "print(" in text else _NONE
    return prints | LEVELS if any(hint.search(text) for hint in _HINTS) else prints


class OutputCalls:
    """Gathers the output of one module."""

    def __init__(self) -> None:
        self.logs: list[Row] = []
        self.prints: list[Row] = []
        self._printing: list[ast.Call] = []
        self._asking: set[str] = set()  # symbols

    def call(self, node: ast.Call, name: str, scope: Scope) -> None:
        """Any call of the module, by its resolved name."""
        if name in _PRINTS:
            has_file = any(item.arg in _STREAMS for item in node.keywords)
            row: Row = [node.lineno, end_line(node), scope.symbol, has_file]
            self.prints.append([*row, scope.in_main_guard, [], False, False, digest(node)])
            self._printing.append(node)
            return
        if name in _QUESTIONS:
            self._asking.add(scope.symbol)
            return
        receiver, _, level = name.rpartition(".")
        if level in LEVELS and _LOGGER.match(receiver.rpartition(".")[2].lower()):
            self._add_log(node, name, level, scope)

    def settle(self, tree: ast.Module) -> None:
        """Everything was seen: say what stands around each print."""
        for row, node in zip(self.prints, self._printing, strict=True):
            around = Surroundings(tree, node)
            told = [around.conditions, around.ends_program, row[_SYMBOL] in self._asking]
            row[_AROUND : _AROUND + len(told)] = told

    def _add_log(self, node: ast.Call, name: str, level: str, scope: Scope) -> None:
        place = 1 if level == "log" else 0
        message = node.args[place] if len(node.args) > place else None
        told = [*node.args, *(item.value for item in node.keywords)]
        names = list(dict.fromkeys(item for value in told for item in _names(value)))
        self.logs.append(
            [
                node.lineno,
                end_line(node),
                scope.symbol,
                name,
                _shape(message, len(node.args) > place + 1),
                any(item.arg == "exc_info" and _is_on(item.value) for item in node.keywords),
                names[:MAX_NAMES],
                digest(node),
            ]
        )


def _is_on(value: ast.expr) -> bool:
    return not (isinstance(value, ast.Constant) and value.value in _FALSE)


def _shape(message: ast.expr | None, has_values: bool) -> str:
    """How the text of a message is made."""
    if isinstance(message, ast.JoinedStr):
        is_filled = any(isinstance(part, ast.FormattedValue) for part in message.values)
        return "f-string" if is_filled else "plain"
    if isinstance(message, ast.BinOp):
        return _joined(message, has_values)
    if isinstance(message, ast.Call) and isinstance(message.func, ast.Attribute):
        is_text = isinstance(message.func.value, ast.Constant)
        return "format" if message.func.attr == "format" and is_text else "plain"
    return "plain"


def _joined(message: ast.BinOp, has_values: bool) -> str:
    if isinstance(message.op, ast.Mod):
        return "percent"
    if not isinstance(message.op, ast.Add) or not _has_text(message):
        return "plain"
    if _is_fixed(message):
        return "fixed"
    return "template" if has_values else "concatenation"


def _is_fixed(node: ast.expr) -> bool:
    while isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        if not isinstance(node.right, ast.Constant):
            return False
        node = node.left
    return isinstance(node, ast.Constant)


def _has_text(node: ast.expr) -> bool:
    """Whether a sum has a piece of text in it: a sum of numbers is no message."""
    while isinstance(node, ast.BinOp):
        if isinstance(node.right, (ast.Constant, ast.JoinedStr)):
            return True
        node = node.left
    return isinstance(node, (ast.Constant, ast.JoinedStr))


def _names(value: ast.expr) -> Iterator[str]:
    """The last names of the values that are told as they are."""
    stack: list[ast.expr | None] = [value]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        else:
            stack += _parts(node)


def _parts(node: ast.expr | None) -> list[ast.expr | None]:
    if isinstance(node, (ast.Tuple, ast.List, ast.Set)):
        return [*node.elts]
    if isinstance(node, ast.Dict):
        return [*node.values]
    if isinstance(node, ast.JoinedStr):
        return [*node.values]
    if isinstance(node, (ast.FormattedValue, ast.Starred)):
        return [node.value]
    if isinstance(node, ast.BinOp):
        return [node.left, node.right]
    return _arguments(node) if isinstance(node, ast.Call) else []


def _arguments(node: ast.Call) -> list[ast.expr | None]:
    """What a call hands through as text: `str(x)` and `"...".format(x)`."""
    is_text = isinstance(node.func, ast.Name) and node.func.id in _TEXT_CALLS
    is_format = isinstance(node.func, ast.Attribute) and node.func.attr == "format"
    return [*node.args, *(item.value for item in node.keywords)] if is_text or is_format else []
