"""A digest of a node that outlives reformatting and does not depend on the Python version.

A node is written out as its class and the values of its fields; positions, contexts, quotes and
line breaks never show. Pieces of text inside an f-string are joined, since versions split them
differently.
"""

from __future__ import annotations

import ast
from operator import attrgetter

try:
    from _blake2 import blake2b  # hashlib loads OpenSSL too, which takes longer than all of this
except ImportError:
    from hashlib import blake2b

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Spread = Callable[[ast.AST], Iterable[object]]

_SKIPPED = frozenset({"ctx", "kind", "type_comment", "type_ignores", "type_params", "str"})
_spreads: dict[type, Spread] = {}


def digest(node: ast.AST) -> str:
    """Sixteen hexadecimal digits."""
    return digest_of(written(node))


def written(node: ast.AST) -> str:
    """The node and all below it in one text, every string in it included."""
    out: list[str] = []
    stack: list[object] = [node]
    pop, extend, append, spreads = stack.pop, stack.extend, out.append, _spreads
    while stack:
        item = pop()
        kind = item.__class__
        spread = spreads.get(kind)
        if spread is not None:
            append(kind.__name__)
            extend(spread(item))  # type: ignore[arg-type]
        elif item is None:
            append("None")
        elif kind is str:
            append(f"'{item}")
        elif kind is list:
            append(f"[{len(item)}")  # type: ignore[arg-type]
            extend(item)  # type: ignore[arg-type]
        elif isinstance(item, ast.AST):
            _learn(kind)
            stack.append(item)
        else:
            append(_atom(item))
    return "\0".join(out)


def digest_of(text: str) -> str:
    """Sixteen hexadecimal digits of a text."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _atom(value: object) -> str:
    if value.__class__ is int:
        return f"{value:x}"  # decimal digits have a limit
    return repr(value)


def _learn(kind: type) -> None:
    """Find out how nodes of a class are taken apart."""
    names = [name for name in getattr(kind, "_fields", ()) if name not in _SKIPPED]
    spread: Spread
    if kind is ast.JoinedStr:
        spread = _joined
    elif kind is ast.FormattedValue:
        spread = _formatted
    elif len(names) > 1:
        spread = attrgetter(*names)
    else:
        spread = _single(*names)
    _spreads[kind] = spread


def _single(name: str = "") -> Spread:
    def spread(node: ast.AST) -> Iterable[object]:
        return (getattr(node, name),) if name else ()

    return spread


def _formatted(node: ast.AST) -> Iterable[object]:
    """A replacement field; an empty format counts as none."""
    layout = getattr(node, "format_spec", None)
    if layout is not None and not layout.values:
        layout = None
    return (getattr(node, "value", None), getattr(node, "conversion", None), layout)


def _joined(node: ast.AST) -> Iterable[object]:
    parts: list[object] = []
    for value in getattr(node, "values", ()):
        part = getattr(value, "value", None) if isinstance(value, ast.Constant) else value
        if isinstance(part, str) and parts and isinstance(parts[-1], str):
            parts[-1] += part
        elif part != "":
            parts.append(part)
    return parts
