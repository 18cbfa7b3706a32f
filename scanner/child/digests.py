"""A digest of a node that outlives reformatting and does not depend on the Python version.

A node is written out as its class and fields; positions, contexts, quotes and line breaks never
show. Pieces of text inside an f-string are joined, since versions split them differently.
"""

from __future__ import annotations

import ast
import hashlib

_SKIPPED = {"ctx", "kind", "type_comment", "type_ignores", "str"}


def digest(node: ast.AST) -> str:
    """Sixteen hexadecimal digits."""
    out: list[str] = []
    stack: list[object] = [node]
    while stack:
        item = stack.pop()
        if isinstance(item, ast.AST):
            _open(item, stack, out)
        elif isinstance(item, list):
            out.append(f"[{len(item)}")
            stack.extend(reversed(item))
        else:
            out.append(_atom(item))
    text = "\n".join(out).encode("utf-8", "surrogatepass")
    return hashlib.sha1(text, usedforsecurity=False).hexdigest()[:16]


def _open(node: ast.AST, stack: list[object], out: list[str]) -> None:
    out.append(node.__class__.__name__)
    if isinstance(node, ast.JoinedStr):
        stack.append(_joined(node))
        return
    values: list[object] = []
    for name in node._fields:
        if name in _SKIPPED:
            continue
        value = getattr(node, name, None)
        if value is None or value == [] or _is_empty_format(value):
            continue
        values += [_Field(name), value]
    out.append(str(len(values)))
    stack.extend(reversed(values))


class _Field(str):
    """A field's name, told apart from a constant of the same text."""

    __slots__ = ()


def _is_empty_format(value: object) -> bool:
    return isinstance(value, ast.JoinedStr) and not value.values


def _joined(node: ast.JoinedStr) -> list[object]:
    parts: list[object] = []
    for value in node.values:
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            if parts and isinstance(parts[-1], str):
                parts[-1] += value.value
            else:
                parts.append(value.value)
        else:
            parts.append(value)
    return [part for part in parts if part != ""]


def _atom(value: object) -> str:
    if value.__class__ is _Field:
        return f".{value}"
    if isinstance(value, int) and not isinstance(value, bool):
        return hex(value)  # repr refuses very long integers
    return repr(value)
