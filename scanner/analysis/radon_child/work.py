"""Halstead's figures and the maintainability index of one module.

radon's visitors are asked, and `mi_compute`; never `radon.raw` or `mi_visit`, which take quadratic
time on long literals and are wrong on some valid files. The counts they would bring are ours:
statements for logical lines, and the share of comment lines among lines with code.
"""

from __future__ import annotations

import ast
import json
import sys

from radon.metrics import h_visit_ast, mi_compute, mi_rank
from radon.visitors import ComplexityVisitor

from scanner.child.comments import Comments
from scanner.child.limits import allow_seconds, confine
from scanner.child.source import decode

if sys.version_info < (3, 15):
    from scanner.analysis.rewriting_child.work import parse as parse_newer
else:
    parse_newer = None

_DEEPEST = 5_000


def main(arguments: list[str]) -> None:
    """`seconds memory parent`: confine this process, read all of the input, answer in a line."""
    seconds, memory, parent = map(int, arguments)
    confine(memory, parent)
    allow_seconds(seconds)
    sys.setrecursionlimit(_DEEPEST)  # radon's visitors recurse
    sys.stdout.write(json.dumps(figures(sys.stdin.buffer.read())))


def figures(source: bytes) -> list[float | str]:
    """The twelve figures of Halstead in radon's order, then the index and its rank."""
    tree = _tree(source)
    halstead = h_visit_ast(tree).total
    complexity = ComplexityVisitor.from_ast(tree).total_complexity
    statements = sum(isinstance(node, ast.stmt) for node in ast.walk(tree))
    share = _comment_share(decode(source), _text_lines(tree))
    index = float(mi_compute(halstead.volume, complexity, statements, share))
    return [*halstead, index, str(mi_rank(index))]


def _tree(source: bytes) -> ast.Module:
    try:
        return ast.parse(source)
    except SyntaxError:
        if parse_newer is None:
            raise
        return parse_newer(source)[0]


def _text_lines(tree: ast.Module) -> int:
    """Lines of docstrings and other texts that are statements of their own, where over one line."""
    texts = (
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )
    spans = ((node.end_lineno or node.lineno) - node.lineno + 1 for node in texts)
    return sum(span for span in spans if span > 1)


def _comment_share(text: str, text_lines: int) -> float:
    """Lines of comments and of docstrings, in per cent of the lines of code."""
    filled = [line.lstrip() for line in text.split("\n") if line.strip()]
    only_comment = sum(line.startswith("#") for line in filled)
    code = len(filled) - only_comment - text_lines
    remarks = len(Comments(text).found) + text_lines
    return 100.0 * remarks / code if code > 0 else 0.0
