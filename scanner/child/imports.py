"""Rows of import statements, and the names they bind."""

from __future__ import annotations

import ast

from .digests import digest_of
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
    if home and home[-1] != ".":
        home += "."
    for item in node.names:
        aliases.bind(item.asname or item.name, home + item.name, in_function)


def import_row(node: ImportNode, scope: Scope, flags: int) -> list[object]:
    """The fields of an import, in the order of the contract."""
    is_from, module, level = False, "", 0
    if isinstance(node, ast.ImportFrom):
        is_from, module, level = True, node.module or "", node.level
    names = [item.name for item in node.names]
    known_as = [item.asname or "" for item in node.names]
    return [
        node.lineno,
        node.end_lineno or node.lineno,
        scope.symbol,
        is_from,
        module,
        names,
        level,
        scope.in_function,
        bool(flags & TYPE_CHECKING_ONLY),
        bool(flags & IN_TRY),
        digest_of(f"{is_from:d}{level} {module} {','.join(names)} {','.join(known_as)}"),
    ]
