"""Branches in expressions."""

from __future__ import annotations

import ast

import pytest

from scanner.child.expressions import Branches, walk_expressions


@pytest.mark.parametrize(
    ("expression", "branches"),
    [
        ("a.b.c", 0),
        ("a and b and c or d", 3),
        ("a if b else c if d else e", 2),
        ("[x for x in y if x if z]", 3),
        ("{x: y for x in z for y in w}", 2),
        ("f(a or b, *c, k=d and e)", 2),
        ("lambda x=a or b: x and y", 2),
        ("f'{a or b:{c if d else e}}'", 2),
        ("{**a, 'b': c or d}[e and f:g]", 2),
    ],
)
def test_each_choice_is_a_branch(expression: str, branches: int) -> None:
    counter = Branches()
    walk_expressions([ast.parse(expression)], counter.table())
    assert counter.count == 0  # a module is no expression
    walk_expressions([ast.parse(expression, mode="eval").body], counter.table())
    assert counter.count == branches


def test_the_walk_empties_its_stack() -> None:
    stack: list[ast.AST] = [ast.parse("a(b)", mode="eval").body]
    walk_expressions(stack, Branches().table())
    assert stack == []
