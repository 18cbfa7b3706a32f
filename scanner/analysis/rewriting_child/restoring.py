"""The tree of a rewritten module becomes the tree that a newer parser would have made."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

from scanner.analysis.rewriting_child.stand_ins import Alias, Field, StandIns, Template, Unpacked
from scanner.child.newer import Interpolation, TemplateStr, TypeAlias

_REPR: Final = ord("r")


def restore(tree: ast.Module, stand_ins: StandIns) -> None:
    """Put everything that has a stand-in into its place.

    Raises SyntaxError when one was not met where it was put: the text means something else then.
    """
    stack: list[ast.AST] = [tree]
    while stack:
        node = stack.pop()
        for name in node._fields:
            value = getattr(node, name, None)
            if isinstance(value, list):
                value[:] = [_restored(each, stand_ins) for each in value]
                stack += [each for each in value if isinstance(each, ast.AST)]
            elif isinstance(value, ast.AST):
                new = _restored(value, stand_ins)
                setattr(node, name, new)
                stack.append(new)
    if stand_ins.are_left:
        raise SyntaxError("the rewritten text means something else")


def _restored(node: ast.AST, stand_ins: StandIns) -> ast.AST:
    if isinstance(node, ast.JoinedStr):
        return _string(node, stand_ins)
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        meaning = stand_ins.take(node.targets[0])
        if isinstance(meaning, Alias):
            name = ast.copy_location(ast.Name(meaning.name, ast.Store()), node.targets[0])
            return _made(TypeAlias, node, name=name, type_params=[], value=node.value)
    if isinstance(node, ast.Call) and isinstance(stand_ins.take(node.func), Unpacked):
        return _made(ast.Starred, node, value=node.args[0], ctx=ast.Load())
    return node


def _string(node: ast.JoinedStr, stand_ins: StandIns) -> ast.AST:
    """An f-string with its values, or a template string."""
    is_template = False
    values: list[ast.expr] = []
    for value in node.values:
        meaning = stand_ins.take(value.value) if isinstance(value, ast.FormattedValue) else None
        if isinstance(meaning, Template):
            is_template = True
            continue
        if isinstance(meaning, Field) and isinstance(value, ast.FormattedValue):
            values += _field(value, meaning)
        else:
            values.append(value)
    node.values = values
    return _template(node) if is_template else node


def _field(node: ast.FormattedValue, meaning: Field) -> Iterator[ast.expr]:
    node.value = meaning.value
    if meaning.shown is not None:
        yield ast.copy_location(ast.Constant(meaning.shown), node)
        if node.conversion < 0 and node.format_spec is None:
            node.conversion = _REPR
    yield node


def _template(node: ast.JoinedStr) -> ast.AST:
    return _made(TemplateStr, node, values=[_interpolation(value) for value in node.values])


def _interpolation(node: ast.expr) -> ast.AST:
    if not isinstance(node, ast.FormattedValue):
        return node
    fields = {name: getattr(node, name) for name in ("value", "conversion", "format_spec")}
    return _made(Interpolation, node, str="", **fields)


def _made(kind: type[ast.AST], like: ast.AST, **fields: object) -> ast.AST:
    return ast.copy_location(kind(**fields), like)
