"""CX02 long-function."""

from __future__ import annotations

from tests.scanner.rules.harness import block, check


def test_each_line_beyond_fifty_costs_one() -> None:
    (finding,) = check("CX02", f"def f():  # offends 12\n{block(62)}")
    assert finding.message == "`f` has 62 lines, limit 50; make a function of each of its steps."
    assert finding.effort == 18


def test_fifty_lines_are_fine() -> None:
    check("CX02", f"def f():\n{block(50)}")


def test_the_docstring_and_the_signature_do_not_count() -> None:
    check("CX02", f'def f(\n    a,\n    b,\n):\n    """What\n    it\n    does."""\n\n{block(50)}')


def test_comments_and_blank_lines_inside_the_body_count() -> None:
    gap = "\n\n    # why\n"
    check("CX02", f"def f():  # offends 2\n{block(25)}{gap}{block(25)}")


def test_nested_functions_are_left_out_and_count_for_themselves() -> None:
    check(
        "CX02",
        f"""
def outer():
    @cache
    def inner():  # offends 1
{block(51, indent=8)}
{block(50)}
""",
    )
