"""Which class the local names of async functions hold an instance of, as far as the source says."""

from __future__ import annotations

import ast
from itertools import chain

from .names import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .names import Aliases
    from .scopes import FunctionNode, Scope
    from .statements import Walk

    Instances = dict[tuple[str, str], str]
    Binding = tuple[str, str]

_LIBRARIES = words("httpx requests pathlib subprocess")  # with classes whose methods block


def local_instances(walk: Walk) -> Instances:
    """By symbol and local name, the resolved name of the class; a name with two is left out.

    A parameter's annotation says it, or a call that is assigned or entered by `with`.
    """
    found: Instances = {}
    if _LIBRARIES.isdisjoint(walk.imported):
        return found
    for scope, name, made_by in _bindings(walk):
        key = scope.symbol, name
        found[key] = made_by if found.get(key, made_by) == made_by else ""
    return {key: name for key, name in found.items() if name}


def _bindings(walk: Walk) -> Iterator[tuple[Scope, str, str]]:
    for function, scope in walk.functions:
        if scope.is_async:
            for name, made_by in chain(_parameters(function, walk), _assigned(scope, walk)):
                yield scope, name, made_by
    for scope, node, name in walk.entered:
        if scope.is_async:
            yield scope, name, _made_by(node, walk.aliases)


def _parameters(function: FunctionNode, walk: Walk) -> Iterator[Binding]:
    arguments = function.args
    for item in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
        if item.annotation is not None:
            yield item.arg, _annotated(item.annotation, walk.aliases)


def _assigned(scope: Scope, walk: Walk) -> Iterator[Binding]:
    for node in scope.roots:
        targets = node.targets if isinstance(node, ast.Assign) else ()
        if isinstance(node, ast.AnnAssign):
            targets = [node.target]
        for target in targets:
            if isinstance(target, ast.Name):
                yield target.id, _made_by(node.value, walk.aliases)  # type: ignore[attr-defined]


def _made_by(node: ast.expr | None, aliases: Aliases) -> str:
    """The name of what is called; nothing where it is no plain name of another module."""
    return _imported(aliases.dotted(node.func)) if isinstance(node, ast.Call) else ""


def _annotated(node: ast.expr, aliases: Aliases) -> str:
    """The class of an annotation, alone or beside None."""
    if isinstance(node, ast.BinOp):
        sides = [side for side in (node.left, node.right) if not isinstance(side, ast.Constant)]
        return _annotated(sides[0], aliases) if len(sides) == 1 else ""
    if isinstance(node, ast.Subscript) and aliases.dotted(node.value) == "typing.Optional":
        return _annotated(node.slice, aliases)
    return _imported(aliases.dotted(node))


def _imported(name: str) -> str:
    return name if "." in name and name[0] not in "?." else ""
