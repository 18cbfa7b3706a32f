"""A digest of a node that outlives reformatting and does not depend on the Python version.

A node is written out as its class and the values of its fields; positions, contexts, quotes and
line breaks never show. Pieces of text inside an f-string are joined, since versions split them
differently. The blanks at the ends of a docstring's lines do not count, for formatters move them,
nor do the brackets of `del (a, b)`.

A text that looks like a secret counts as any other such text: nothing may be made from it.

Whatever changes a digest makes stored findings look new: raise SCHEME in
`scanner.domain.fingerprints` with it.
"""

from __future__ import annotations

import ast
import re
from operator import attrgetter

from .newer import Interpolation, TemplateStr
from .suspicion import PEM_MARK, SHORTEST, suspicion

try:
    from _blake2 import blake2b  # hashlib loads OpenSSL too, which takes longer than all of this
except ImportError:
    from hashlib import blake2b

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Spread = Callable[[ast.AST], Iterable[object]]

_SKIPPED = frozenset(
    {"ctx", "kind", "type_comment", "type_ignores", "type_params", "str", "is_lazy"}
)
_DOCUMENTED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Module)
_LONG_WORD = re.compile(rf"\S{{{SHORTEST},}}")
_DIGIT = re.compile("[0-9]")
_spreads: dict[type, Spread] = {}


def digest(node: ast.AST) -> str:
    """Sixteen hexadecimal digits."""
    return digest_of(written(node))


def written(node: ast.AST) -> str:
    """The node and all below it in one text, every harmless string in it included."""
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


def harmless(text: str) -> str:
    """The text without the words in it that look like secrets."""
    if len(text) < SHORTEST:
        return text
    if PEM_MARK in text:
        return "?" if suspicion(text) else text
    return _LONG_WORD.sub(_shown, text) if _DIGIT.search(text) else text


def _shown(word: re.Match[str]) -> str:
    return "?" if suspicion(word[0]) else word[0]


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
    if kind in (ast.JoinedStr, TemplateStr):
        spread = _joined
    elif kind in (ast.FormattedValue, Interpolation):
        spread = _formatted
    elif kind is ast.Constant:
        spread = _constant
    elif kind is ast.Delete:
        spread = _deleted
    elif len(names) > 1:
        spread = attrgetter(*names)
    else:
        spread = _single(*names)
    if kind in _DOCUMENTED:
        spread = _tidied(spread, names.index("body"))
    _spreads[kind] = spread


def _single(name: str = "") -> Spread:
    def spread(node: ast.AST) -> Iterable[object]:
        return (getattr(node, name),) if name else ()

    return spread


def _constant(node: ast.AST) -> Iterable[object]:
    """The value of a literal; of one that looks like a secret only that it is one."""
    value: object = getattr(node, "value", None)
    if isinstance(value, str):
        return (harmless(value),)
    if isinstance(value, bytes):
        text = value.decode("latin-1")
        return (value if harmless(text) == text else b"?",)
    return (value,)


def _formatted(node: ast.AST) -> Iterable[object]:
    """A replacement field; an empty format counts as none."""
    layout = getattr(node, "format_spec", None)
    if layout is not None and not layout.values:
        layout = None
    return (getattr(node, "value", None), getattr(node, "conversion", None), layout)


def _deleted(node: ast.AST) -> Iterable[object]:
    targets = getattr(node, "targets", [])
    if len(targets) == 1 and isinstance(targets[0], ast.Tuple) and targets[0].elts:
        return (targets[0].elts,)
    return (targets,)


def _tidied(spread: Spread, place: int) -> Spread:
    """The fields of a definition, the docstring of its body without blanks around lines."""

    def spread_tidily(node: ast.AST) -> Iterable[object]:
        fields = list(spread(node))
        body = fields[place]
        text = _docstring(body)
        if text is not None and isinstance(body, list):
            lines = [line.strip() for line in text.strip().splitlines()]
            fields[place] = ["\n".join(lines), *body[1:]]
        return fields

    return spread_tidily


def _docstring(body: object) -> str | None:
    if not isinstance(body, list) or not body or not isinstance(body[0], ast.Expr):
        return None
    value = body[0].value
    text = value.value if isinstance(value, ast.Constant) else None
    return text if isinstance(text, str) else None


def _joined(node: ast.AST) -> Iterable[object]:
    parts: list[object] = []
    for value in getattr(node, "values", ()):
        part = getattr(value, "value", None) if isinstance(value, ast.Constant) else value
        if isinstance(part, str) and parts and isinstance(parts[-1], str):
            parts[-1] += part
        elif part != "":
            parts.append(part)
    return [harmless(part) if isinstance(part, str) else part for part in parts]
