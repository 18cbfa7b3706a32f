"""Rows of import statements, and the names they bind."""

from __future__ import annotations

import ast

from .digests import digest_of
from .scopes import IN_TRY, TYPE_CHECKING_ONLY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .scopes import Scope
    from .statements import Walk


def take_import(node: ast.Import, scope: Scope, flags: int, walk: Walk) -> None:
    """`import a, b.c as d`: its row, and what it binds."""
    bind = walk.aliases.table(scope.in_function).setdefault
    names: list[str] = []
    aliases = ""
    for item in node.names:
        names.append(item.name)
        walk.imported.add(item.name.partition(".")[0])
        if item.asname is not None:
            aliases += f" {item.name} as {item.asname}"
            bind(item.asname, item.name)
    text = f"import {names}{aliases}"
    walk.imports.append(_row(node, scope, flags, (False, "", names, 0), digest_of(text)))


def take_import_from(node: ast.ImportFrom, scope: Scope, flags: int, walk: Walk) -> None:
    """`from ..a import b as c`: its row, and what it binds."""
    bind = walk.aliases.table(scope.in_function).setdefault
    module = node.module or ""
    walk.imported.add(module.partition(".")[0])
    home = "." * node.level + module
    if module:
        home += "."
    names: list[str] = []
    aliases = ""
    for item in node.names:
        name = item.name
        names.append(name)
        bind(item.asname or name, home + name)
        if item.asname is not None:
            aliases += f" {name} as {item.asname}"
    text = f"from {home} import {names}{aliases}"
    row = _row(node, scope, flags, (True, module, names, node.level), digest_of(text))
    walk.imports.append(row)


def _row(
    node: ast.Import | ast.ImportFrom,
    scope: Scope,
    flags: int,
    said: tuple[bool, str, list[str], int],
    digest: str,
) -> list[object]:
    """The fields of an import, in the order of the contract."""
    return [
        node.lineno,
        node.end_lineno,
        scope.symbol,
        *said,
        scope.in_function,
        flags & TYPE_CHECKING_ONLY != 0,
        flags & IN_TRY != 0,
        scope.in_main_guard,
        digest,
    ]
