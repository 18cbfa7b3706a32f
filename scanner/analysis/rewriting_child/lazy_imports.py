"""`lazy import x`, since 3.15, as an import like any other."""

from __future__ import annotations

import re
from typing import Final

from tree_sitter import Node

from scanner.analysis.rewriting_child.edits import Edit

_LAZY: Final = re.compile(rb"^(?P<indent>[ \t]*)(?P<lazy>lazy[ \t]+(?P<word>import|from))\b", re.M)
_NOT_WITHIN: Final = frozenset({"function_definition", "class_definition", "try_statement"})
_NOTHING_LAZY: Final = frozenset({"wildcard_import", "__future__"})


def without_lazy(source: bytes) -> bytes:
    """The source with every lazy import as a plain one, each byte after that where it was."""
    return _LAZY.sub(_plain, source)


def lazy_starts(source: bytes) -> dict[int, Edit]:
    """What makes plain imports of what looks like lazy ones, by where they begin."""
    edits = {}
    for match in _LAZY.finditer(source):
        start, end = match.span("lazy")
        edits[start] = Edit(start, end, match["word"].ljust(end - start))
    return edits


def check_lazy(node: Node) -> None:
    """Raises SyntaxError for an import that cannot be lazy."""
    if any(child.type in _NOTHING_LAZY for child in node.children):
        raise SyntaxError("a star import cannot be lazy")
    around = node.parent
    while around is not None:
        if around.type in _NOT_WITHIN:
            raise SyntaxError("a lazy import below the top of a module")
        around = around.parent


def _plain(match: re.Match[bytes]) -> bytes:
    return match["indent"] + match["word"].ljust(len(match["lazy"]))
