"""CX01 complex-function."""

from __future__ import annotations

from scanner.domain.rubric_file import load
from tests.scanner.rules.harness import block, check


def branches(count: int, indent: int = 4) -> str:
    """Twice as many lines as branches."""
    return block(count, "if x == {}:\n" + " " * (indent + 4) + "return x", indent)


def test_lines_times_the_share_of_complexity_beyond_ten() -> None:
    (finding,) = check("CX01", f"def f(x):  # offends 19\n{branches(19)}")
    assert finding.message == (
        "`f` has complexity 20, limit 10; split it into functions that decide one thing each."
    )
    assert finding.end_line == 39


def test_complexity_ten_is_fine() -> None:
    check("CX01", f"def f(x):\n{branches(9)}")


def test_eleven_is_not() -> None:
    check("CX01", f"def f(x):  # offends\n{branches(10)}")


def test_at_most_fifty_lines_are_charged() -> None:
    check("CX01", f"def f(x):  # offends 45\n{branches(99)}")


def test_a_docstring_is_no_line_of_the_body() -> None:
    check("CX01", f'def f(x):  # offends 19\n    """What\n    it does."""\n{branches(19)}')


def test_nested_functions_count_for_themselves() -> None:
    check(
        "CX01",
        f"""
def outer(x):
    def inner(x):  # offends
{branches(12, 8)}
    return inner(x)
""",
    )


def test_methods_are_named_with_their_class() -> None:
    (finding,) = check(
        "CX01", f"class Till:\n    async def settle(self, x):  # offends\n{branches(12, 8)}"
    )
    assert finding.symbol == "Till.settle"
    assert finding.message.startswith("`Till.settle` has complexity 13, ")


def test_the_effort_grows_with_the_branches() -> None:
    (finding,) = check("CX01", f"def f(x):  # offends\n{branches(19)}")
    assert finding.effort == 50


def test_the_limit_comes_from_the_rubric() -> None:
    rubric = load(b"[limits]\ncomplexity = 5\n")
    check("CX01", f"def f(x):  # offends 9\n{branches(9)}", rubric=rubric)
