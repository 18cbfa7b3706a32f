"""Rows of import statements, and the names they bind."""

from __future__ import annotations

import ast
import hashlib

from .functions import end_line
from .scopes import IN_TRY, TYPE_CHECKING_ONLY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .names import Aliases
    from .scopes import Scope

    ImportNode = ast.Import | ast.ImportFrom


def bind_names(node: ImportNode, aliases: Aliases, in_function: bool) -> None:
    """Tell the module's aliases what this import binds."""
    if isinstance(node, ast.Import):
        for item in node.names:
            if item.asname is not None:
                aliases.bind(item.asname, item.name, in_function)
        return
    home = "." * node.level + (node.module or "")
    joint = "" if home.endswith(".") or not home else "."
    for item in node.names:
        aliases.bind(item.asname or item.name, f"{home}{joint}{item.name}", in_function)


def import_row(node: ImportNode, scope: Scope, flags: int) -> list[object]:
    """The fields of an import, in the order of the contract."""
    is_from = isinstance(node, ast.ImportFrom)
    module = (node.module or "") if isinstance(node, ast.ImportFrom) else ""
    level = node.level if isinstance(node, ast.ImportFrom) else 0
    return [
        node.lineno,
        end_line(node),
        scope.symbol,
        is_from,
        module,
        [item.name for item in node.names],
        level,
        scope.in_function,
        bool(flags & TYPE_CHECKING_ONLY),
        bool(flags & IN_TRY),
        _digest(node, module, level),
    ]


def _digest(node: ImportNode, module: str, level: int) -> str:
    names = ",".join(f"{item.name} as {item.asname}" for item in node.names)
    text = f"{node.__class__.__name__} {'.' * level}{module} {names}"
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:16]
