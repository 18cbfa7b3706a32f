"""The walk over statements: scopes, nesting and what waits there."""

from __future__ import annotations

import ast
from textwrap import dedent

import pytest

from scanner.child.scopes import Scope
from scanner.child.statements import Walk, walk_statements


def walk(source: str) -> Walk:
    """A walk over an indented source."""
    return walk_statements(ast.parse(dedent(source)))


def scope(source: str, symbol: str) -> Scope:
    """The scope of a symbol."""
    return next(each for each in walk(source).scopes if each.symbol == symbol)


def test_each_definition_opens_a_scope() -> None:
    found = walk("""
        class C:
            async def m(self):
                class D: ...
                def f(): ...
    """)
    assert [each.symbol for each in found.scopes] == ["<module>", "C", "C.m", "C.m.D", "C.m.f"]
    assert [each.in_function for each in found.scopes] == [False, False, True, True, True]
    assert [each.owner for each in found.scopes] == ["", "", "C", "", ""]
    assert found.coroutines == {"m"}


@pytest.mark.parametrize(
    ("body", "branches", "depth"),
    [
        ("x = 1", 1, 0),
        ("if a:\n    x\nelif b:\n    y\nelse:\n    z", 3, 1),
        ("for a in b:\n    while c:\n        x\nelse:\n    y", 4, 2),
        ("try:\n    x\nexcept A:\n    y\nexcept B:\n    z\nelse:\n    w", 4, 1),
        ("with a:\n    if b:\n        x", 2, 2),
        ("match a:\n    case 1:\n        x\n    case _:\n        y", 2, 1),
        ("assert a", 2, 0),
    ],
)
def test_branches_and_nesting(body: str, branches: int, depth: int) -> None:
    source = "def f():\n" + "\n".join(f"    {line}" for line in body.split("\n"))
    found = scope(source, "f")
    assert (found.branches, found.depth) == (branches, depth)


def test_lines_of_nested_functions_are_taken_out() -> None:
    source = """
        def f():
            x = 1
            @d
            def g():
                y = 2
            return g
    """
    assert scope(source, "f").nested_lines == 3


def test_imports_of_a_module_are_gathered_and_named() -> None:
    found = walk("""
        import os.path as p
        def f():
            from ..a import b
    """)
    assert found.imported == {"os", "a"}
    assert (found.aliases.resolve("p"), found.aliases.resolve("b")) == ("os.path", "..a.b")


def test_a_main_guard_is_a_scope_of_its_own() -> None:
    found = walk("if __name__ == '__main__':\n    run()\n")
    assert found.has_main_guard
    assert [each.in_main_guard for each in found.scopes] == [False, True]


def test_statements_are_counted_at_every_depth() -> None:
    assert walk("x = 1\nif x:\n    y = 2\n    def f():\n        return 3\n").statements == 5
