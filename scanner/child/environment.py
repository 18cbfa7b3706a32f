"""Rows of reads of the environment: the key, the default, and whether absence is asked for."""

from __future__ import annotations

import ast

from .digests import digest
from .literals import is_literal
from .truth import asking, switches, tested

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .scopes import Scope

    Row = list[object]

READERS = frozenset({"os.environ.get", "os.getenv", "os.environb.get", "os.getenvb"})
MAPPINGS = frozenset({"os.environ", "os.environb"})
_IS_TESTED = 6  # place in a row
_IS_SWITCH = 7


class EnvironmentReads:
    """Gathers the reads of one module."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self._nodes: list[ast.expr] = []

    def subscript(self, node: ast.Subscript, scope: Scope, fallback: ast.expr | None) -> None:
        """`os.environ["KEY"]`, perhaps with a fallback after `or`."""
        default = "required" if fallback is None else _default(fallback)
        self._add(node, node.slice, default, scope)

    def call(self, node: ast.Call, scope: Scope, fallback: ast.expr | None) -> None:
        """`os.getenv("KEY")` and `os.environ.get("KEY")`."""
        default = fallback
        if default is None and len(node.args) > 1:
            default = node.args[1]
        for item in node.keywords:
            if item.arg == "default" and default is None:
                default = item.value
        self._add(node, node.args[0] if node.args else None, _default(default), scope)

    def settle(self, tree: ast.Module) -> None:
        """Everything was seen: say whose truth is asked for."""
        if self._nodes:
            nodes = asking(tree)
            found, decided = tested(nodes, self._nodes), switches(nodes, self._nodes)
            for row, node in zip(self.rows, self._nodes, strict=True):
                row[_IS_TESTED] = id(node) in found
                row[_IS_SWITCH] = id(node) in decided

    def _add(self, node: ast.expr, key: ast.expr | None, default: str, scope: Scope) -> None:
        name = key.value if isinstance(key, ast.Constant) else ""
        if isinstance(name, bytes):
            name = name.decode("latin-1")
        self._nodes.append(node)
        self.rows.append(
            [
                node.lineno,
                scope.symbol,
                name if isinstance(name, str) else "",
                default,
                scope.in_function,
                scope.in_main_guard,
                False,
                False,
                digest(node),
            ]
        )


def _default(node: ast.expr | None) -> str:
    if node is None or (isinstance(node, ast.Constant) and node.value is None):
        return "none"
    if not is_literal(node):
        return "expression"
    if isinstance(node, ast.Constant):
        return "empty" if node.value in ("", b"") else "constant"
    return "constant" if any(True for _ in ast.iter_child_nodes(node)) else "empty"
