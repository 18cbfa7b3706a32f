"""Classes of nodes that this interpreter may not have yet.

Where it lacks one, an equal stands in for it: the second kind of child, which rewrites newer syntax
for an older parser, puts such nodes into the tree, and every walk meets what a newer parser would
have brought.
"""

from __future__ import annotations

import ast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TypeVar

    Value = TypeVar("Value")


class _TypeAlias(ast.stmt):
    """`type name = value`, since 3.12."""

    _fields = ("name", "type_params", "value")


class _TemplateStr(ast.expr):
    """`t"..."`, since 3.14."""

    _fields = ("values",)


class _Interpolation(ast.expr):
    """A replacement field of a template string, since 3.14."""

    _fields = ("value", "str", "conversion", "format_spec")


for _class in (_TypeAlias, _TemplateStr, _Interpolation):
    _class.__name__ = _class.__name__[1:]  # digests are made of it

TypeAlias: type[ast.AST] = getattr(ast, "TypeAlias", _TypeAlias)
TemplateStr: type[ast.AST] = getattr(ast, "TemplateStr", _TemplateStr)
Interpolation: type[ast.AST] = getattr(ast, "Interpolation", _Interpolation)
_NEWER: dict[str, type[ast.AST]] = {
    each.__name__: each for each in (TypeAlias, TemplateStr, Interpolation)
}


def by_class(table: Mapping[str, Value]) -> dict[type[ast.AST], Value]:
    """A table by names of classes, without those that this interpreter has no use for."""
    found = ((_NEWER.get(name) or getattr(ast, name, None), value) for name, value in table.items())
    return {node_class: value for node_class, value in found if node_class is not None}
