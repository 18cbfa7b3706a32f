"""Cyclomatic complexity is radon's, function by function."""

from __future__ import annotations

import ast

import pytest
from radon.visitors import ComplexityVisitor

from tests.scanner.child.facts import facts

SNIPPETS = {
    "nothing": ("def f():\n    pass", 1),
    "if, elif, else": ("def f(a):\n    if a: x\n    elif b: y\n    else: z", 3),
    "loops and their else": (
        "def f(a):\n    for x in a: p\n    else: q\n    while a: p\n    else: q",
        5,
    ),
    "async for": ("async def f(a):\n    async for x in a: p", 2),
    "try": (
        "def f():\n    try: a\n    except A: b\n    except B: c\n    else: d\n    finally: e",
        4,
    ),
    "with": ("def f(a):\n    with a as b, c as d: p", 1),
    "boolean operators": ("def f(a, b, c, d):\n    return a and b and c or d", 4),
    "ternary": ("def f(a):\n    return 1 if a else 2 if b else 3", 3),
    "assert, whatever it asks": ("def f(a):\n    assert a and b or c, 'x' if a else 'y'", 2),
    "comprehensions with conditions": (
        "def f(a):\n    return [x for x in a if x if y for z in x], {k: v for k, v in a}, "
        "{x for x in a}, (x for x in a if x)",
        9,
    ),
    "lambda": ("def f(a):\n    return lambda x=(1 if a else 2): x or a", 3),
    "match": ("def f(a):\n    match a:\n        case 1: p\n        case [x] if x and y: q", 4),
    "match with a catch-all": (
        "def f(a):\n    match a:\n        case 1: p\n        case {'k': v}: q\n        case _: r",
        3,
    ),
    "match with a name": ("def f(a):\n    match a:\n        case x: p", 1),
    "decorators, defaults and annotations": (
        "@d(1 if x else 2)\ndef f(a=1 if x else 2, b: int or str = 3) -> int or str:\n    pass",
        1,
    ),
    "a closure of its own": (
        "def f(a):\n    def g(b):\n        return b or a\n    return g if a else None",
        2,
    ),
    "a class inside": (
        "def f(a):\n    class A(B if a else C):\n        x = 1 if a else 2\n"
        "        def m(self):\n            return a or 1\n    return A",
        1,
    ),
    "an f-string": ("def f(a):\n    return f'{a or 1!r:{1 if a else 2}}'", 3),
    "walrus, await, yield, starred, slices": (
        "async def f(a):\n    if (x := a or b): await (c or d)\n    yield (e or g)\n"
        "    print(*(h or i), **(j or k), l=m or n)\n    return a[b or c:d or e, f or g]",
        11,
    ),
    "what stands on both sides of an assignment": (
        "def f(a):\n    a[x or y].b = c or d\n    a[x or y] += c or d\n    e: (p or q) = r or s\n"
        "    del a[x or y]\n    raise (A or B) from (C or D)",
        10,
    ),
    "conditions of blocks": (
        "def f(a):\n    with (a or b) as c[d or e]: p\n    for x[a or b] in (c or d): p\n"
        "    while a or b: p\n    try: p\n    except (A or B): q",
        10,
    ),
    "except groups": ("def f():\n    try: a\n    except* A: b\n    else: c", 1),
}


@pytest.mark.parametrize(("source", "complexity"), SNIPPETS.values(), ids=SNIPPETS)
def test_complexity(source: str, complexity: int) -> None:
    found = {each.name: each.complexity for each in facts(source).functions}
    assert found["f"] == complexity
    assert found["f"] == _radon(source)


def test_functions_inside_have_their_own() -> None:
    source, _ = SNIPPETS["a class inside"]
    found = {each.name: each.complexity for each in facts(source).functions}
    assert found == {"f": 1, "f.A.m": 2}


def _radon(source: str) -> int:
    visitor = ComplexityVisitor.from_ast(ast.parse(source))
    return int(visitor.functions[0].complexity)
