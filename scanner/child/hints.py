"""Whether the text of a module can hold output at all: most hold none, and are walked faster."""

from __future__ import annotations

import ast
import re

from .names import words
from .output import LEVELS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .statements import Walk

# Each begins with one letter alone, so the search runs at the speed of a memory scan.
_CALLED = (
    r"(?:\([^()\n]*\))?\s*\.\s*"
    r"(?:debug|info|warn|error|exception|critical|fatal|log|trace|success|notice|msg)"
)
_LOGGERS = (
    re.compile(r"log(?:s|g(?:er|ing)s?)?" + _CALLED),
    re.compile(r"L(?:og(?:s|g(?:er|ing)s?)?|OG(?:S|G(?:ER|ING)S?)?)" + _CALLED),
)
_PRINT = "print("
_PRINTS = words("print pprint input getpass")
_NONE: frozenset[str] = frozenset()


def output_names(text: str, walk: Walk) -> frozenset[str]:
    """The last names of the calls of output that a module can hold."""
    prints = _PRINTS if _PRINT in text and _prints(text, walk) else _NONE
    return prints | LEVELS if any(each.search(text) for each in _LOGGERS) else prints


def _prints(text: str, walk: Walk) -> bool:
    """Whether there is a print elsewhere than in the examples of docstrings."""
    told = 0
    for node in (walk.tree, *[each for each, _ in (*walk.functions, *walk.classes)]):
        first = node.body[0] if node.body else None
        if first.__class__ is ast.Expr and first.value.__class__ is ast.Constant:  # type: ignore[union-attr]
            said = first.value.value  # type: ignore[union-attr]
            if said.__class__ is str:
                told += said.count(_PRINT)
    return text.count(_PRINT) > told
