"""Words by which a handler says that something failed: in a text, a name or a constant."""

from __future__ import annotations

import ast
import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_MAX_TEXT = 300
_FAILURE = re.compile(
    r"(?:^|[^a-z])(?:error|fail|invalid|unable|cannot|can't|couldn't|could not|problem|corrupt"
    r"|unsupported|unavailable|refused|denied|rejected|aborted)"
)


def speaks_of_failure(node: ast.Constant | ast.Name | ast.Attribute) -> bool:
    """Whether a text, or a constant by its capital letters, tells of a failure."""
    if isinstance(node, ast.Constant):
        said = node.value
        return isinstance(said, str) and _FAILURE.search(said[:_MAX_TEXT].lower()) is not None
    name = node.id if isinstance(node, ast.Name) else node.attr
    return name.isupper() and _FAILURE.search(name.lower()) is not None


def names_failure(targets: Sequence[ast.expr], value: ast.expr) -> bool:
    """Whether something is put into a name that tells of a failure: `failed = True`."""
    if isinstance(value, ast.Constant) and not value.value:
        return False
    if not (getattr(value, "elts", True) and getattr(value, "keys", True)):
        return False  # an empty list, tuple or dict
    names = [getattr(node, "id", getattr(node, "attr", "")) for node in targets]
    return any(_FAILURE.search(name.lower()) for name in names)
