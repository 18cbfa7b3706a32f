"""Mutable defaults of parameters and class attributes, and what is done with them."""

from __future__ import annotations

import ast

from .annotations import named
from .expressions import SPREADS, walk_expressions
from .names import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .expressions import Children, Table
    from .names import Aliases
    from .scopes import FunctionNode, Scope
    from .statements import Walk

    Row = list[object]

_DISPLAYS = (ast.List, ast.Set, ast.Dict, ast.ListComp, ast.SetComp, ast.DictComp)
_SUSPECTS = frozenset({*_DISPLAYS, ast.Call})
_MAKERS = words(
    "list dict set bytearray collections.defaultdict collections.deque collections.OrderedDict "
    "collections.Counter"
)
_MUTATORS = words(
    "add append appendleft clear difference_update discard extend extendleft insert "
    "intersection_update pop popitem popleft remove reverse setdefault sort "
    "symmetric_difference_update update"
)
_TOUCHES = (".", "[", " +=", " |=")  # what a change of `self.name` begins with
_RANK = {"read": 0, "returned": 1, "stored": 2, "mutated": 3}


class Uses:
    """What some statements do with names: `x` for a plain one, `self.x` for an attribute.

    A use after the name was bound anew says nothing of the default.
    """

    def __init__(self, roots: list[ast.AST]) -> None:
        self.rebound: dict[str, int] = {}
        self._uses: dict[str, list[tuple[int, str]]] = {}
        table: Table = {
            **SPREADS,
            ast.Call: self._call,
            ast.Assign: self._assign,
            ast.AnnAssign: self._assign,
            ast.NamedExpr: self._assign,
            ast.AugAssign: self._augment,
            ast.Delete: self._delete,
            ast.Return: self._return,
            ast.Yield: self._return,
        }
        walk_expressions(roots, table)

    def of(self, name: str) -> str:
        """The worst that is done with the object behind a name."""
        until = self.rebound.get(name)
        uses = [use for line, use in self._uses.get(name, ()) if until is None or line < until]
        return max(uses, key=_RANK.__getitem__, default="read")

    def _call(self, node: ast.Call) -> Children:
        if isinstance(node.func, ast.Attribute) and node.func.attr in _MUTATORS:
            self._note(_name(node.func.value), node, "mutated")
        return SPREADS[ast.Call](node)

    def _assign(self, node: ast.Assign | ast.AnnAssign | ast.NamedExpr) -> Children:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if node.value is not None:
            for target in targets:
                for part, value in _pairs(target, node.value):
                    self._bind(part, value, node)
        return (node.value,)

    def _bind(self, target: ast.expr, value: ast.expr, node: ast.stmt | ast.expr) -> None:
        self._note(_container(target), node, "mutated")
        if isinstance(target, (ast.Attribute, ast.Subscript)):
            self._note(_name(value), node, "stored")
        name = _name(target)
        if name and _name(value) != name:
            self.rebound[name] = min(node.lineno, self.rebound.get(name, node.lineno))

    def _augment(self, node: ast.AugAssign) -> Children:
        self._note(_name(node.target) or _container(node.target), node, "mutated")
        return (node.value,)

    def _delete(self, node: ast.Delete) -> Children:
        for target in node.targets:
            self._note(_container(target), node, "mutated")
        return node.targets

    def _return(self, node: ast.Return | ast.Yield) -> Children:
        for value in _parts(node.value):
            self._note(_name(value), node, "returned")
        return (node.value,)

    def _note(self, name: str, node: ast.stmt | ast.expr, use: str) -> None:
        if name:
            self._uses.setdefault(name, []).append((node.lineno, use))


def has_suspects(arguments: ast.arguments) -> bool:
    """Whether one of the defaults could be mutable, as far as its class says."""
    return any(
        default.__class__ in _SUSPECTS
        for defaults in (arguments.defaults, arguments.kw_defaults)
        for default in defaults
    )


def parameter_rows(node: FunctionNode, scope: Scope, walk: Walk) -> list[Row]:
    """Rows of a function's mutable defaults."""
    found = [
        (argument, default)
        for argument, default in _defaults(node.args)
        if _is_mutable(default, walk.aliases)
    ]
    if not found:
        return []
    uses = Uses(_roots_within(scope, walk))
    return [
        [
            default.lineno,
            scope.symbol,
            argument.arg,
            "parameter",
            uses.of(argument.arg),
            named(argument.annotation, walk.aliases),
            _is_empty(default),
        ]
        for argument, default in found
    ]


def attribute_rows(scope: Scope, walk: Walk, text: str) -> list[Row]:
    """Rows of a class's mutable attributes, from the statements that wait in its scope."""
    found = [
        (statement, target.id, value)
        for statement in scope.roots
        if isinstance(statement, (ast.Assign, ast.AnnAssign))
        for target, value in _bindings(statement)
        if isinstance(target, ast.Name) and _is_mutable(value, walk.aliases)
    ]
    if not found:
        return []
    touched = any(f"self.{name}{sign}" in text for _, name, _ in found for sign in _TOUCHES)
    uses = Uses(_roots_within(scope, walk) if touched else [])
    return [
        [
            statement.lineno,
            scope.symbol,
            name,
            "class",
            _attribute_use(uses, name),
            named(getattr(statement, "annotation", None), walk.aliases),
            _is_empty(value),
        ]
        for statement, name, value in found
    ]


def _roots_within(scope: Scope, walk: Walk) -> list[ast.AST]:
    """What waits in a scope and in those inside it."""
    roots: list[ast.AST] = []
    for inner in walk.scopes:
        around: Scope | None = inner
        while around is not None and around is not scope:
            around = around.outer
        if around is scope:
            roots += inner.roots
    return roots


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
