"""Nodes at known lines, with what is around them."""

from __future__ import annotations

import ast
from textwrap import dedent

from scanner.child.spots import Spot, lines_of, spots

SOURCE = dedent(
    """
    import a

    @a.route("top")
    def outer():
        class Inner:
            def method(self):
                return f(
                    "deep",
                    "other",
                )

    if __name__ == "__main__":
        outer("main")
    """
).lstrip()


def at(*lines: int) -> dict[object, Spot]:
    """The constants on some lines, by their value."""
    found = spots(ast.parse(SOURCE), lines, (ast.Constant,))
    return {spot.node.value: spot for spot in found if isinstance(spot.node, ast.Constant)}


def test_only_the_lines_that_are_asked_for() -> None:
    assert at(8).keys() == {"deep"}
    assert at(3, 9).keys() == {"top", "other"}
    assert at() == {}


def test_what_is_around() -> None:
    deep, main = at(8)["deep"], at(13)["main"]
    assert (deep.symbol, deep.in_function, deep.in_main_guard) == (
        "outer.Inner.method",
        True,
        False,
    )
    assert (main.symbol, main.in_function, main.in_main_guard) == ("<module>", False, True)
    assert isinstance(deep.around[0], ast.Call)


def test_lines_of_positions() -> None:
    text = "a\nbb\nccc"
    assert list(lines_of(text, [0, 2, 3, 7])) == [1, 2, 2, 3]
