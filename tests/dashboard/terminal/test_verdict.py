"""A verdict as text: rounded down, nothing hidden, what was left out said."""

from __future__ import annotations

import pytest

from dashboard.terminal.verdict import SHOWN, down, printable, verdict
from tests.scanner.rules.harness import judge

TESTS = "from shop import a\n\n\ndef test_a() -> None:\n    assert a\n"


@pytest.mark.parametrize(
    ("score", "digits", "text"),
    [(89.99, 1, "89.9"), (90.0, 1, "90.0"), (0.0, 1, "0.0"), (99.999, 2, "99.99"), (70, 0, "70")],
)
def test_scores_are_rounded_down(score: float, digits: int, text: str) -> None:
    assert down(score, digits) == text


def test_nothing_from_a_repository_is_hidden() -> None:
    assert printable("a\x1b[31m\u202eb\n") == "a\\u001b[31m\\u202eb\\u000a"


def test_the_dearest_come_first() -> None:
    functions = "".join(f"def f{number}(a, b):\n    return a\n\n\n" for number in range(SHOWN + 5))
    text = verdict(judge({"shop/a.py": functions, "tests/test_a.py": TESTS}), "shop")

    assert text.startswith("shop scores ")
    assert f"What costs most ({SHOWN} of " in text
    points = [float(line.split()[0]) for line in text.splitlines() if "  TY01  " in line]
    assert len(points) == SHOWN
    assert points == sorted(points, reverse=True)


def test_what_is_not_scored_is_counted_and_what_is_not_read_is_named() -> None:
    files = {"shop/a.py": "", "shop/b.py": "def (\n", "tests/test_a.py": TESTS, "docs/conf.py": ""}
    text = verdict(judge(files), "shop")

    assert "Not scored: " in text
    assert "1 test" in text
    assert "Not measured: shop/b.py:1: syntax error" in text


def test_a_comment_that_does_not_count_is_noted() -> None:
    text = verdict(judge({"shop/a.py": "x = 1  # codevitals: ignore[CX01]\n"}), "shop")

    assert "Note: shop/a.py:1 suppresses CX01 and gives no reason; it does not count." in text


def test_a_clean_tree_names_no_costs() -> None:
    assert "What costs most" not in verdict(judge({"shop/a.py": ""}), "shop")
