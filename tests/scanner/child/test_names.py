"""Dotted names, resolved through imports."""

from __future__ import annotations

import ast

import pytest

from scanner.child.names import Aliases


def aliases() -> Aliases:
    """What `import os as o` and `from a.b import c`, the latter in a function, leave behind."""
    found = Aliases()
    found.table(False)["o"] = "os"
    found.table(True).update({"o": "other", "c": "a.b.c"})
    found.settle()
    return found


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("o.getenv", "os.getenv"),
        ("c", "a.b.c"),
        ("c.d.e", "a.b.c.d.e"),
        ("x.y", "x.y"),
        ("f().run", "?.run"),
        ("x[0].y", "?.y"),
        ("1", "?"),
    ],
)
def test_names_are_resolved_and_what_is_no_name_is_a_question_mark(written: str, name: str) -> None:
    assert aliases().dotted(ast.parse(written, mode="eval").body) == name


@pytest.mark.parametrize(
    ("written", "name"),
    [("c(1)", "a.b.c"), ("c[int]", "a.b.c"), ("o.x[1](2)", "?"), ("o.x", "os.x")],
)
def test_arguments_and_subscripts_of_decorators_and_bases_are_left_out(
    written: str, name: str
) -> None:
    assert aliases().callee(ast.parse(written, mode="eval").body).removesuffix(".?") in (
        name,
        "os.x",
    )


def test_a_call_may_come_before_the_last_dot() -> None:
    node = ast.parse("o.loop().run", mode="eval").body
    assert aliases().called(node) == "os.loop().run"


def test_names_can_be_looked_up_by_what_they_stand_for() -> None:
    assert aliases().names_of({"os", "a.b.c", "z"}) == {"o", "c"}
    assert aliases().resolve("o") == "os"
