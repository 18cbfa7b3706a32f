"""How messages name things."""

from __future__ import annotations

import pytest

from scanner.rules.wording import brief, counted, listed


def test_long_symbols_are_shortened() -> None:
    assert brief("Order.pay") == "`Order.pay`"
    assert brief("module.Order.Line.pay") == "`Line.pay`"
    assert len(brief("a" * 10_000)) == 82


@pytest.mark.parametrize(
    ("names", "last", "text"),
    [
        ([], "", ""),
        ([], "the return", "the return"),
        (["a"], "", "`a`"),
        (["a", "b"], "", "`a` and `b`"),
        (["a"], "the return", "`a` and the return"),
        (["a", "b"], "the return", "`a`, `b` and the return"),
        (list("abcdef"), "", "`a`, `b`, `c`, `d`, `e` and 1 more"),
        (list("abcdefg"), "the return", "`a`, `b`, `c`, `d`, `e`, 2 more and the return"),
    ],
)
def test_lists_end_in_and(names: list[str], last: str, text: str) -> None:
    assert listed(names, last=last) == text


def test_numbers_agree_with_their_noun() -> None:
    assert counted(1, "line") == "1 line"
    assert counted(0, "line") == "0 lines"
    assert counted(1_200, "line") == "1,200 lines"
