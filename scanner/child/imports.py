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
    for item in node.names:
        names.append(item.name)
        walk.imported.add(item.name.partition(".")[0])
        if item.asname is not None:
            bind(item.asname, item.name)
    said = (False, "", names, 0)
    walk.imports.append(_row(node, scope, flags, said, _digest("import", node.names)))


def take_import_from(node: ast.ImportFrom, scope: Scope, flags: int, walk: Walk) -> None:
    """`from ..a import b as c`: its row, and what it binds."""
    bind = walk.aliases.table(scope.in_function).setdefault
    module = node.module or ""
    walk.imported.add(module.partition(".")[0])
    home = "." * node.level + module
    if module:
        home += "."
    names: list[str] = []
    for item in node.names:
        name = item.name
        names.append(name)
        bind(item.asname or name, home + name)
    said = (True, module, names, node.level)
    walk.imports.append(_row(node, scope, flags, said, _digest("from", node.names)))


def _digest(word: str, items: list[ast.alias]) -> str:
    """What is imported, in any order; not where from, since a package may get another name."""
    names = [f"{item.name.rpartition('.')[2]} as {item.asname}" for item in items]
    return digest_of(f"{word} {sorted(names)}")


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
