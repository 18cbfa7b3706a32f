"""On every module of every installed package: complexity is radon's, comments are tokenize's."""

from __future__ import annotations

import ast
import io
import sys
import sysconfig
import tokenize
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import pytest
from radon.visitors import Class, ComplexityVisitor, Function

from scanner.child.comments import Comments
from scanner.child.extract import row_of
from scanner.child.source import decode

PROCESSES = 2
DEEP = 20_000
Key = tuple[int, str]
"""Line of the def, and its name."""


class Compared(NamedTuple):
    """What comparing some modules brought."""

    functions: int
    comments: int
    wrong_functions: list[str]
    wrong_comments: list[str]


@pytest.fixture(scope="module")
def compared() -> Compared:
    """All modules, shared out among processes."""
    home = Path(sysconfig.get_path("purelib"))
    paths = sorted(home.rglob("*.py"), key=lambda path: path.stat().st_size)
    shares = [paths[number::PROCESSES] for number in range(PROCESSES)]
    with ProcessPoolExecutor(PROCESSES, get_context("spawn")) as pool:
        parts = list(pool.map(_compare, shares))
    return Compared(
        sum(part.functions for part in parts),
        sum(part.comments for part in parts),
        [each for part in parts for each in part.wrong_functions],
        [each for part in parts for each in part.wrong_comments],
    )


def test_complexity_is_radons_function_by_function(compared: Compared) -> None:
    assert compared.functions > 40_000
    assert compared.wrong_functions == []


def test_comments_are_those_of_the_tokenizer(compared: Compared) -> None:
    assert compared.comments > 80_000
    assert compared.wrong_comments == []


def _compare(paths: Sequence[Path]) -> Compared:
    sys.setrecursionlimit(DEEP)  # for radon
    warnings.simplefilter("ignore")
    functions = comments = 0
    wrong_functions: list[str] = []
    wrong_comments: list[str] = []
    for path in paths:
        source = path.read_bytes()
        try:
            tree = ast.parse(source)
        except (SyntaxError, ValueError):
            continue
        ours = _ours(tree, source)
        radons = _radons(tree, ours.total())
        functions += ours.total()
        wrong_functions += [f"{path}:{key}" for key in (ours - radons) + (radons - ours)]
        text = decode(source)
        found = Comments(text).found
        comments += len(found)
        if found != _tokenized(text):
            wrong_comments.append(str(path))
    return Compared(functions, comments, wrong_functions, wrong_comments)


def _ours(tree: ast.Module, source: bytes) -> Counter[tuple[Key, int]]:
    rows = row_of(tree, source)[6]
    assert isinstance(rows, list)
    return Counter(((row[1], row[0].rpartition(".")[2]), row[5]) for row in rows)


def _radons(tree: ast.Module, expected: int) -> Counter[tuple[Key, int]]:
    """Radon leaves out classes inside functions: what is there is asked for one by one."""
    visitor = ComplexityVisitor.from_ast(tree)
    found = Counter(_blocks([*visitor.functions, *visitor.classes]))
    for node in ast.walk(tree) if found.total() < expected else ():
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            for inner in _classes_within(node):
                found.update(_blocks(ComplexityVisitor.from_ast(inner).classes))
    return found


def _blocks(blocks: Sequence[Function | Class]) -> Iterator[tuple[Key, int]]:
    for block in blocks:
        if isinstance(block, Class):
            yield from _blocks(block.methods)
            yield from _blocks(block.inner_classes)
        else:
            yield (block.lineno, block.name), block.complexity
            yield from _blocks(block.closures)


def _classes_within(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[ast.ClassDef]:
    """The classes of a function's own body, functions and classes there not entered."""
    stack: list[ast.AST] = list(function.body)
    while stack:
        node = stack.pop()
        if isinstance(node, ast.ClassDef):
            yield node
        elif isinstance(node, ast.stmt | ast.excepthandler | ast.match_case) and not isinstance(
            node, (ast.FunctionDef, ast.AsyncFunctionDef)
        ):
            stack.extend(ast.iter_child_nodes(node))


def _tokenized(text: str) -> list[tuple[int, str]]:
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return [(each.start[0], each.string) for each in tokens if each.type == tokenize.COMMENT]
