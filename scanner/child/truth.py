"""Which values are asked whether they are there: `if token:`, `not token`, `token == ""`."""

from __future__ import annotations

import ast

from .bodies import found_below

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

_ASKING = frozenset({"all", "any", "bool", "len"})
_WANTED = frozenset(
    {
        ast.If, ast.While, ast.IfExp, ast.Assert, ast.BoolOp, ast.UnaryOp, ast.comprehension,
        ast.Compare, ast.Call, ast.Assign, ast.AnnAssign, ast.NamedExpr,
    }
)  # fmt: skip
_ABSENT = ("", None)


def asking(tree: ast.Module) -> list[ast.AST]:
    """The nodes of a module that may ask for the truth of something, in no order."""
    return found_below(tree.body, _WANTED)


def tested(asking: Iterable[ast.AST], nodes: Collection[ast.expr]) -> set[int]:
    """The ids of those expressions whose value, or the name it is given, is asked for its truth.

    Names are compared by their last part over the whole module, so that `self.token` set in one
    method and tested in another counts.
    """
    wanted = {id(node) for node in nodes}
    asked: set[str] = set()
    names: dict[int, set[str]] = {}
    found: set[int] = set()
    for node in asking:
        for operand in _operands(node):
            core = _core(operand)
            asked.add(_last_name(core))
            if id(core) in wanted:
                found.add(id(core))
        for target, value in _bindings(node):
            core = _core(value)
            if id(core) in wanted:
                names.setdefault(id(core), set()).add(_last_name(target))
    asked.discard("")
    return found | {node for node, given in names.items() if not asked.isdisjoint(given)}


def switches(asking: Iterable[ast.AST], nodes: Collection[ast.expr]) -> set[int]:
    """The ids of those that are only asked for their truth on the spot, or compared there."""
    decided = {id(_stripped(side)) for node in asking for side in _decided(node)}
    return {id(node) for node in nodes} & decided


def _operands(node: ast.AST) -> Iterable[ast.expr]:
    """The expressions whose truth this node asks for."""
    if isinstance(node, (ast.If, ast.While, ast.IfExp, ast.Assert)):
        return [node.test]
    if isinstance(node, ast.BoolOp):
        return node.values[: -1 if isinstance(node.op, ast.Or) else None]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return [node.operand]
    if isinstance(node, ast.comprehension):
        return node.ifs
    if isinstance(node, ast.Compare):
        return _compared(node)
    return _asked_of(node) if isinstance(node, ast.Call) else ()


def _decided(node: ast.AST) -> Iterable[ast.expr]:
    """The expressions that this node asks for their truth, or compares with a constant.

    What stands before `or` is used as well, and asked for nothing else.
    """
    if isinstance(node, ast.BoolOp):
        return ()
    if isinstance(node, ast.Compare):
        sides = [node.left, *node.comparators]
        return sides if any(_is_fixed(side) for side in sides) else ()
    return _operands(node)


def _is_fixed(node: ast.expr) -> bool:
    if isinstance(node, (ast.Tuple, ast.List, ast.Set)):
        return all(isinstance(item, ast.Constant) for item in node.elts)
    return isinstance(node, ast.Constant)


def _compared(node: ast.Compare) -> list[ast.expr]:
    """Both sides of a comparison with what stands for absence."""
    sides = [node.left, *node.comparators]
    absent = any(isinstance(side, ast.Constant) and side.value in _ABSENT for side in sides)
    return sides if absent else []


def _asked_of(node: ast.Call) -> Iterator[ast.expr]:
    if isinstance(node.func, ast.Name) and node.func.id in _ASKING:
        for argument in node.args:
            if isinstance(argument, (ast.List, ast.Tuple, ast.Set)):
                yield from argument.elts
            else:
                yield argument


def _bindings(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Targets with the values they are given."""
    if isinstance(node, ast.Assign):
        for target in node.targets:
            yield target, node.value
    elif isinstance(node, (ast.AnnAssign, ast.NamedExpr)) and node.value is not None:
        yield node.target, node.value


def _core(node: ast.expr) -> ast.expr:
    """What is under methods of text and walrus: `read("X", "").strip()` is the read."""
    while True:
        node = _stripped(node)
        if not isinstance(node, ast.NamedExpr):
            return node
        node = node.value


def _stripped(node: ast.expr) -> ast.expr:
    """What is under methods of text."""
    while (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("strip", "lower", "rstrip", "lstrip", "upper")
    ):
        node = node.func.value
    return node


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""
