"""What a text is given to: a variable, an attribute, a parameter, a key, an argument."""

from __future__ import annotations

import ast
import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from .spots import Spot

    Giver = Callable[..., "Receiver | None"]

_NAME = re.compile(r"[A-Za-z_][\w.-]{0,99}")
_DEFAULTS = frozenset({"default", "fallback", "initial", "default_value"})
_KEYS = frozenset({"key", "name", "k", "var", "variable", "env", "envvar"})
_METHODS = frozenset({"encode", "strip", "decode", "lower", "upper"})
_WRAPPERS = frozenset(
    {"str", "bytes", "bytearray", "Secret", "SecretStr", "SecretBytes", "Field", "field"}
    | {"b64decode", "unhexlify", "fromhex"}
)

_LOOK_UP = re.compile(r"get|env|config|setting|setdefault|pop|option|default|read", re.IGNORECASE)

Receiver = tuple[str, str]
"""The last part of a name, and what kind of name it is; empty for none."""

_NONE: Receiver = ("", "")


def receiver(spot: Spot) -> Receiver:
    """What a text is given to, as far as one can see without running the code.

    Looks through calls that wrap a text, such as `SecretStr("...")` and `"...".encode()`, and
    through a fallback: in `os.environ.get("API_KEY", "...")` it is given to `API_KEY`.
    """
    value: ast.AST = spot.node
    for around in spot.around:
        found = _of(around, value)
        if found is not None:
            return found if _NAME.fullmatch(found[0]) else _NONE
        value = around
    return _NONE


def _of(around: ast.AST, value: ast.AST) -> Receiver | None:
    """What the node around a value gives it to; None to look further out."""
    give = _GIVERS.get(around.__class__)
    if give is not None:
        return give(around, value)
    return None if isinstance(around, _TRANSPARENT) else _NONE


def _of_assignment(
    around: ast.Assign | ast.AnnAssign | ast.NamedExpr | ast.AugAssign, value: ast.AST
) -> Receiver:
    target = around.targets[-1] if isinstance(around, ast.Assign) else around.target
    return _NONE if target is value else _of_target(target)


def _of_keyword(around: ast.keyword, value: ast.AST) -> Receiver | None:
    """The name of an argument; what is a `default` is given to what the call is given to."""
    name = around.arg or ""
    return None if name in _DEFAULTS and around.value is value else (name, "argument")


def _of_comparison(around: ast.Compare, value: ast.AST) -> Receiver:
    sides = [side for side in (around.left, *around.comparators) if side is not value]
    return _last(sides[0], "comparison") if sides else _NONE


def _of_target(target: ast.expr) -> Receiver:
    if isinstance(target, ast.Subscript):
        return _text(target.slice), "key"
    return _last(target, "variable")


def _of_call(call: ast.Call, value: ast.AST) -> Receiver | None:
    """A wrapper hands its only argument on, a look-up the default for its key."""
    name, _ = _last(call.func, "")
    if value is call.func:
        return None if name in _METHODS and isinstance(call.func, ast.Attribute) else _NONE
    first = _key_of(call)
    if first is value:
        return None if len(call.args) == 1 and name in _WRAPPERS else _NONE
    key = _text(first) if _LOOK_UP.search(name) else ""
    if key:
        return key, "default"
    return None if isinstance(value, ast.keyword) else _NONE


def _key_of(call: ast.Call) -> ast.expr | None:
    """The first argument, or the one that is named like a key."""
    if call.args:
        return call.args[0]
    return next((item.value for item in call.keywords if item.arg in _KEYS), None)


def _of_pair(display: ast.Dict, value: ast.AST) -> Receiver:
    for key, item in zip(display.keys, display.values, strict=True):
        if item is value:
            return _text(key), "key"
    return _NONE


def _of_parameter(arguments: ast.arguments, value: ast.AST) -> Receiver:
    positional = arguments.posonlyargs + arguments.args
    named = positional[len(positional) - len(arguments.defaults) :] if arguments.defaults else []
    for argument, default in (
        *zip(named, arguments.defaults, strict=True),
        *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True),
    ):
        if default is value:
            return argument.arg, "parameter"
    return _NONE


def _last(node: ast.expr, kind: str) -> Receiver:
    if isinstance(node, ast.Subscript):
        return _text(node.slice), kind
    if isinstance(node, ast.Attribute):
        return node.attr, kind
    return (node.id, kind) if isinstance(node, ast.Name) else _NONE


def _text(node: ast.expr | None) -> str:
    value = node.value if isinstance(node, ast.Constant) else None
    return value if isinstance(value, str) else ""


_TRANSPARENT = (ast.BoolOp, ast.IfExp, ast.Attribute)
_GIVERS: dict[type[ast.AST], Giver] = {
    ast.Assign: _of_assignment,
    ast.AnnAssign: _of_assignment,
    ast.NamedExpr: _of_assignment,
    ast.AugAssign: _of_assignment,
    ast.keyword: _of_keyword,
    ast.Call: _of_call,
    ast.Dict: _of_pair,
    ast.arguments: _of_parameter,
    ast.Compare: _of_comparison,
}
