"""Mutable defaults of parameters and class attributes, and what is done with them."""

from __future__ import annotations

import ast

from .names import words
from .trees import nodes_below

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .names import Aliases
    from .scopes import FunctionNode, Scope

    Row = list[object]

_DISPLAYS = (ast.List, ast.Set, ast.Dict, ast.ListComp, ast.SetComp, ast.DictComp)
_MAKERS = words(
    "list dict set bytearray collections.defaultdict collections.deque collections.OrderedDict "
    "collections.Counter"
)
_MUTATORS = words(
    "add append appendleft clear difference_update discard extend extendleft insert "
    "intersection_update pop popitem popleft remove reverse setdefault sort "
    "symmetric_difference_update update"
)
_RANK = {"read": 0, "returned": 1, "stored": 2, "mutated": 3}


class Uses:
    """What a subtree does with names: `x` for a plain one, `self.x` for an attribute.

    A use after the name was bound anew in the same subtree says nothing of the default.
    """

    def __init__(self, root: ast.AST) -> None:
        self.rebound: dict[str, int] = {}
        self._uses: dict[str, list[tuple[int, str]]] = {}
        for node in nodes_below(root):
            if isinstance(node, ast.Call):
                self._call(node)
            elif isinstance(node, (ast.Assign, ast.AnnAssign, ast.NamedExpr)):
                self._assign(node)
            elif isinstance(node, ast.AugAssign):
                self._note(_name(node.target) or _container(node.target), node, "mutated")
            elif isinstance(node, ast.Delete):
                for target in node.targets:
                    self._note(_container(target), node, "mutated")
            elif isinstance(node, (ast.Return, ast.Yield)):
                for value in _parts(node.value):
                    self._note(_name(value), node, "returned")

    def of(self, name: str) -> str:
        """The worst that is done with the object behind a name."""
        until = self.rebound.get(name)
        uses = [use for line, use in self._uses.get(name, ()) if until is None or line < until]
        return max(uses, key=_RANK.__getitem__, default="read")

    def _call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Attribute) and node.func.attr in _MUTATORS:
            self._note(_name(node.func.value), node, "mutated")

    def _assign(self, node: ast.Assign | ast.AnnAssign | ast.NamedExpr) -> None:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if node.value is None:
            return
        for target in targets:
            for part, value in _pairs(target, node.value):
                self._note(_container(part), node, "mutated")
                if isinstance(part, (ast.Attribute, ast.Subscript)):
                    self._note(_name(value), node, "stored")
                name = _name(part)
                if name and _name(value) != name:
                    self.rebound[name] = min(node.lineno, self.rebound.get(name, node.lineno))

    def _note(self, name: str, node: ast.stmt | ast.expr, use: str) -> None:
        if name:
            self._uses.setdefault(name, []).append((node.lineno, use))


def parameter_rows(node: FunctionNode, scope: Scope, aliases: Aliases) -> list[Row]:
    """Rows of a function's mutable defaults."""
    found = [
        (argument, default)
        for argument, default in _defaults(node.args)
        if _is_mutable(default, aliases)
    ]
    if not found:
        return []
    uses = Uses(ast.Module(body=node.body, type_ignores=[]))
    return [
        [
            default.lineno,
            scope.symbol,
            argument.arg,
            "parameter",
            uses.of(argument.arg),
            "",
            _is_empty(default),
        ]
        for argument, default in found
    ]


def attribute_rows(node: ast.ClassDef, scope: Scope, aliases: Aliases, text: str) -> list[Row]:
    """Rows of a class's mutable attributes, from the statements that wait in its scope."""
    found = [
        (statement, target.id, value)
        for statement in scope.roots
        if isinstance(statement, (ast.Assign, ast.AnnAssign))
        for target, value in _bindings(statement)
        if isinstance(target, ast.Name) and _is_mutable(value, aliases)
    ]
    if not found:
        return []
    touched = any(f"self.{name}" in text for _, name, _ in found)
    uses = Uses(node if touched else ast.Pass())
    return [
        [
            statement.lineno,
            scope.symbol,
            name,
            "class",
            _attribute_use(uses, name),
            _annotation(statement, aliases),
            _is_empty(value),
        ]
        for statement, name, value in found
    ]


def _attribute_use(uses: Uses, name: str) -> str:
    """Only a change through an instance surprises; through `cls` or the class it is a registry."""
    if f"self.{name}" in uses.rebound:
        return "read"  # each object makes its own
    return "mutated" if uses.of(f"self.{name}") == "mutated" else "read"


def _defaults(arguments: ast.arguments) -> Iterator[tuple[ast.arg, ast.expr]]:
    positional = arguments.posonlyargs + arguments.args
    start = len(positional) - len(arguments.defaults)
    yield from zip(positional[start:], arguments.defaults, strict=True)
    for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        if default is not None:
            yield argument, default


def _bindings(node: ast.Assign | ast.AnnAssign) -> Iterator[tuple[ast.expr, ast.expr]]:
    if node.value is not None:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        for target in targets:
            yield target, node.value


def _annotation(node: ast.Assign | ast.AnnAssign, aliases: Aliases) -> str:
    return aliases.callee(node.annotation) if isinstance(node, ast.AnnAssign) else ""


def _is_mutable(node: ast.expr, aliases: Aliases) -> bool:
    if isinstance(node, ast.Call):
        return aliases.dotted(node.func) in _MAKERS
    return isinstance(node, _DISPLAYS)


def _is_empty(node: ast.expr) -> bool:
    if isinstance(node, ast.Call):
        return not node.args and not node.keywords
    if isinstance(node, ast.Dict):
        return not node.values
    return isinstance(node, (ast.List, ast.Set)) and not node.elts


def _name(node: ast.expr | None) -> str:
    """`x` or `self.x`, else nothing."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return f"{node.value.id}.{node.attr}"
    return ""


def _container(node: ast.expr) -> str:
    """What a subscript changes when it is assigned or deleted."""
    return _name(node.value) if isinstance(node, ast.Subscript) else ""


def _parts(node: ast.expr | None) -> list[ast.expr]:
    if isinstance(node, ast.Tuple):
        return node.elts
    return [] if node is None else [node]


def _pairs(target: ast.expr, value: ast.expr) -> list[tuple[ast.expr, ast.expr]]:
    """Targets with their values, `a, b = x, y` taken apart."""
    if not isinstance(target, (ast.Tuple, ast.List)):
        return [(target, value)]
    if isinstance(value, (ast.Tuple, ast.List)) and len(value.elts) == len(target.elts):
        return list(zip(target.elts, value.elts, strict=True))
    return [(item, value) for item in target.elts]
