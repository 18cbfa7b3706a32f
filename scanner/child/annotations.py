"""What kind of annotation a slot has: none, any, bare or full."""

from __future__ import annotations

import ast
import re

from .names import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .names import Aliases

_ANY = frozenset({"Any", "typing.Any", "typing_extensions.Any"})
_BUILTIN = ("dict", "list", "tuple", "set", "frozenset")
_COLLECTIONS = ("defaultdict", "OrderedDict", "Counter", "ChainMap", "deque")
_ABSTRACT = words(
    "Collection Container Iterable Iterator Sequence MutableSequence Mapping MutableMapping "
    "MutableSet"
)
_TYPING = _ABSTRACT | words(
    "Dict List Tuple Set FrozenSet DefaultDict OrderedDict Counter ChainMap Deque AbstractSet"
)
BARE = frozenset(
    [
        *_BUILTIN,
        *(f"builtins.{name}" for name in _BUILTIN),
        *(f"{home}.{name}" for home in ("typing", "typing_extensions") for name in _TYPING),
        *(f"collections.{name}" for name in _COLLECTIONS),
        *(f"collections.abc.{name}" for name in (*_ABSTRACT, "Set")),
    ]
)
_WRAPPERS = frozenset({"Optional", "Annotated", "Final", "ClassVar", "Required", "NotRequired"})
_OPTIONAL = frozenset({"typing.Optional", "Optional"})
_SUSPECT = re.compile(r"\bAny\b|^[\w.\s]+$|\||Optional|Union|Annotated|Final")
_MAX_TEXT = 500


def annotation_kind(node: ast.expr | None, aliases: Aliases) -> str:
    """One of none, any, bare and full."""
    if node is None:
        return "none"
    if isinstance(node, ast.Name):
        return _kind(node, aliases)
    kinds = {_kind(part, aliases) for part in _alternatives(node, aliases)}
    if "any" in kinds:
        return "any"
    return "bare" if "bare" in kinds else "full"


def named(node: ast.expr | None, aliases: Aliases) -> str:
    """The dotted name of an annotation, its contents and the quotes around it left out."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        node = _parsed(node.value, is_wanted=True)
    if isinstance(node, ast.BinOp):
        node = node.left  # `X | None`
    elif isinstance(node, ast.Subscript) and aliases.callee(node) in _OPTIONAL:
        node = node.slice
    return "" if node is None else aliases.callee(node)


def _kind(node: ast.expr, aliases: Aliases) -> str:
    if not isinstance(node, (ast.Name, ast.Attribute)):
        return "full"
    name = aliases.dotted(node)
    if name in _ANY:
        return "any"
    return "bare" if name in BARE else "full"


def _alternatives(node: ast.expr, aliases: Aliases) -> Iterator[ast.expr]:
    """The parts of unions and wrappers, text in quotes parsed."""
    stack = [node]
    while stack:
        part: ast.expr | None = stack.pop()
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            part = _parsed(part.value)
        if isinstance(part, ast.BinOp) and isinstance(part.op, ast.BitOr):
            stack += [part.left, part.right]
        elif isinstance(part, ast.Subscript):
            stack += _unwrapped(part, aliases)
        elif part is not None:
            yield part


def _unwrapped(node: ast.Subscript, aliases: Aliases) -> list[ast.expr]:
    base = aliases.dotted(node.value).rpartition(".")[2]
    inner = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    if base == "Union":
        return list(inner)
    return list(inner[:1]) if base in _WRAPPERS else []


def _parsed(text: str, is_wanted: bool = False) -> ast.expr | None:
    if len(text) > _MAX_TEXT or not (is_wanted or _SUSPECT.search(text)):
        return None
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
