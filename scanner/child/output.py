"""Rows of log calls and of prints."""

from __future__ import annotations

import ast
import re

from .digests import digest, digest_of, harmless, written
from .functions import end_line
from .names import words
from .surroundings import Surroundings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .scopes import Scope

    Row = list[object]

LEVELS = words(
    "debug info warning warn error exception critical fatal log trace success notice msg"
)
_LOGGER = re.compile(r"(?:.*_)?logs?(?:\(\))?$|.*logg(?:er|ing)s?(?:\(\))?$")
_QUESTIONS = words("input getpass.getpass")
_PRINTS = words("print pprint.pprint")
_FALSE = (False, None, 0)
_TEXT_CALLS = words("str repr")
_SYMBOL, _AROUND = 2, 6  # places in a row
MAX_NAMES = 12


class OutputCalls:
    """Gathers the output of one module."""

    def __init__(self) -> None:
        self.logs: list[Row] = []
        self.prints: list[Row] = []
        self._loggers: dict[str, bool] = {}
        self._printing: list[ast.Call] = []
        self._asking: set[str] = set()  # symbols

    def call(self, node: ast.Call, name: str, scope: Scope) -> None:
        """Any call of the module, by its resolved name."""
        if name in _PRINTS:
            keywords = [item.arg or "**" for item in node.keywords]
            row: Row = [node.lineno, end_line(node), scope.symbol, keywords, not node.args]
            self.prints.append([*row, scope.in_main_guard, [], False, False, digest(node)])
            self._printing.append(node)
            return
        if name in _QUESTIONS:
            self._asking.add(scope.symbol)
            return
        receiver, _, level = name.rpartition(".")
        if level in LEVELS and self._is_logger(receiver):
            self._add_log(node, name, level, scope)

    def _is_logger(self, receiver: str) -> bool:
        known = self._loggers.get(receiver)
        if known is None:
            known = _LOGGER.match(receiver.rpartition(".")[2].lower()) is not None
            self._loggers[receiver] = known
        return known

    def settle(self, tree: ast.Module) -> None:
        """Everything was seen: say what stands around each print."""
        for row, node in zip(self.prints, self._printing, strict=True):
            around = Surroundings(tree, node)
            told = [around.conditions, around.ends_program, row[_SYMBOL] in self._asking]
            row[_AROUND : _AROUND + len(told)] = told

    def _add_log(self, node: ast.Call, name: str, level: str, scope: Scope) -> None:
        place = 1 if level == "log" else 0
        message = node.args[place] if len(node.args) > place else _named_message(node)
        self.logs.append(
            [
                node.lineno,
                end_line(node),
                scope.symbol,
                name,
                _shape(message, len(node.args) > place + 1),
                any(item.arg == "exc_info" and _is_on(item.value) for item in node.keywords),
                _names(node),
                _identity(name, message),
            ]
        )


def _named_message(node: ast.Call) -> ast.expr | None:
    return next((item.value for item in node.keywords if item.arg == "msg"), None)


def _identity(name: str, message: ast.expr | None) -> str:
    """A digest of the logger and the message; of a plain text, made without a walk."""
    if message is None:
        return digest_of(name)
    if isinstance(message, ast.Constant) and isinstance(message.value, str):
        return digest_of(f"{name}\0{harmless(message.value)}")
    return digest_of(f"{name}\0{written(message)}")


def _is_on(value: ast.expr) -> bool:
    return not (isinstance(value, ast.Constant) and value.value in _FALSE)


def _shape(message: ast.expr | None, has_values: bool) -> str:
    """How the text of a message is made."""
    if isinstance(message, ast.JoinedStr):
        is_filled = any(isinstance(part, ast.FormattedValue) for part in message.values)
        return "f-string" if is_filled else "fixed"
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


def _names(call: ast.Call) -> list[str]:
    """The last names of the values that are told as they are."""
    stack: list[ast.expr | None] = [*call.args]
    if call.keywords:
        stack += [item.value for item in call.keywords]
    stack.reverse()
    found: dict[str, None] = {}
    while stack:
        node = stack.pop()
        kind = node.__class__
        if kind is ast.Name:
            found[node.id] = None  # type: ignore[union-attr]
        elif kind is ast.Attribute:
            found[node.attr] = None  # type: ignore[union-attr]
        elif kind is not ast.Constant:
            stack += reversed(_parts(node))
    return [*found][:MAX_NAMES]


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
