"""Parts of newer constructs, read by the parser itself.

They are put into brackets of ours, behind a blank, so that a last backslash continues nothing.
"""

from __future__ import annotations

import ast
import tokenize
from io import StringIO
from typing import Final

OPENING: Final = frozenset("([{")
CLOSING: Final = frozenset(")]}")


def check_expression(text: str) -> None:
    """Raises SyntaxError unless the text is what Python's grammar calls an expression.

    The value in a dict display is exactly that: no walrus, star, comma or yield outside brackets.
    """
    match ast.parse(f"{{0: {text} \n}}", mode="eval").body:
        case ast.Dict(keys=[_]):
            return
    raise SyntaxError("more than an expression")


def check_one_line(text: str) -> None:
    """Raises SyntaxError where a line ends outside brackets, with no backslash before it."""
    ast.parse(f"for _ in {text}: pass")


def check_unpacked(text: str) -> None:
    """Raises SyntaxError unless the text is `*x` as it may stand in a list display."""
    match ast.parse(f"[{text} \n]", mode="eval").body:
        case ast.List(elts=[ast.Starred()]):
            return
    raise SyntaxError("more than one unpacked value")


def field_value(text: str, line: int, column: int) -> ast.expr:
    """The value of a replacement field whose text begins at a line and a column, from 0.

    The text goes up to what follows the value, comments and line ends included.
    """
    tree = ast.parse(f"({text} \n)", mode="eval").body
    _check_is_whole(tree, text)
    for node in ast.walk(tree):
        if isinstance(node, ast.expr | ast.keyword | ast.arg):
            _move(node, line, column)
    return tree


def _check_is_whole(tree: ast.expr, text: str) -> None:
    """Our own parentheses must not have made the text valid."""
    if isinstance(tree, ast.GeneratorExp) and tree.col_offset == 0:
        raise SyntaxError("a generator without parentheses of its own")
    if isinstance(tree, ast.NamedExpr) and not text.lstrip().startswith("("):
        raise SyntaxError("an assignment expression without parentheses")
    if any(isinstance(node, ast.Lambda) for node in ast.walk(tree)) and _has_open_colon(text):
        raise SyntaxError("a lambda without parentheses")


def _has_open_colon(text: str) -> bool:
    """Whether a colon stands outside brackets, where it would begin the format of the field."""
    depth = 0
    for token in tokenize.generate_tokens(StringIO(f"({text} \n)").readline):
        if depth == 1 and token.string == ":":
            return True
        depth += (token.string in OPENING) - (token.string in CLOSING)
    return False


def _move(node: ast.expr | ast.keyword | ast.arg, line: int, column: int) -> None:
    if node.lineno == 1:
        node.col_offset += column - 1
    if node.end_lineno == 1 and node.end_col_offset is not None:
        node.end_col_offset += column - 1
    node.lineno += line
    if node.end_lineno is not None:
        node.end_lineno += line
