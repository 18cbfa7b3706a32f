"""A rule's page is read from its docstring."""

from __future__ import annotations

import pytest

from scanner.rules.pages import Page, read_page

PAGE = """It is wrong.

    ## What it finds
    One thing, and
    another.

    A second paragraph.

    ## Why it matters
    It hurts.

    ## How to fix it
    Do it.

    Bad:

        def f():
            return 1

    Good:

        def f():
            return 2

    ## When to accept it
    Never.
    """


def test_a_page_is_taken_apart() -> None:
    assert read_page(PAGE) == Page(
        summary="It is wrong.",
        finds="One thing, and another.\n\nA second paragraph.",
        why="It hurts.",
        fix="Do it.",
        bad="def f():\n    return 1\n",
        good="def f():\n    return 2\n",
        accept="Never.",
    )


@pytest.mark.parametrize(
    ("part", "instead"),
    [
        ("## Why it matters\n", ""),
        ("## Why it matters\n", "## Why\n"),
        ("It hurts.", ""),
        ("It is wrong.", ""),
        ("Good:", "Better:"),
        ("        def f():\n            return 2", "    def f(): return 2"),
        ("Never.", "Never.\n\n    ## Why it matters\n    Twice."),
    ],
)
def test_an_incomplete_page_is_refused(part: str, instead: str) -> None:
    assert part in PAGE
    with pytest.raises(ValueError, match=r"page|example"):
        read_page(PAGE.replace(part, instead))
