"""What the child does with one module, in the place of the first child's plain parse."""

from __future__ import annotations

import ast

from scanner.analysis.rewriting_child.restoring import restore
from scanner.analysis.rewriting_child.rewriting import rewrite
from scanner.child import loop
from scanner.child.extract import row_of
from scanner.child.measure import measure
from scanner.child.source import decode


def main(arguments: list[str]) -> None:
    """Serve like the first child: `cap seconds memory parent`."""
    loop.main(arguments, read)


def read(source: bytes) -> list[object]:
    """The answer to one module."""
    return measure(source, extract)


def extract(source: bytes) -> list[object]:
    """The fields of a module in newer syntax, in the order of the contract.

    Raises SyntaxError where nothing newer is found, or what is found cannot be read for sure.
    """
    tree, constructs = parse(source)
    return row_of(tree, source, constructs)


def parse(source: bytes) -> tuple[ast.Module, list[str]]:
    """The tree as a newer parser would make it, and the newer constructs in it."""
    rewritten = rewrite(decode(source))
    tree = ast.parse(rewritten.text)
    restore(tree, rewritten.stand_ins)
    return tree, rewritten.constructs
