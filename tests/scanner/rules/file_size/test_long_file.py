"""FS01 long-file."""

from __future__ import annotations

from scanner.domain.rubric_file import load
from tests.scanner.rules.harness import block, check


def source(lines: int, first: str = "# offends") -> str:
    """A module of that many lines, the first of which carries a mark."""
    return f"y = 0  {first}\n" + block(lines - 1, indent=0)


def table(lines: int) -> str:
    """A literal table of that many lines."""
    return "ROWS = [\n" + block(lines - 2, "({}, 'x'),") + "\n]\n"


def test_each_line_beyond_the_limit_costs_one() -> None:
    (finding,) = check("FS01", source(620, "# offends 120"))
    assert finding.message == (
        "`orders.py` is 620 lines; limit 500. Move 120 lines into modules of their own."
    )
    assert (finding.line, finding.end_line, finding.symbol) == (1, 620, "<module>")


def test_a_file_at_the_limit_is_fine() -> None:
    check("FS01", source(500, ""))


def test_one_line_too_many_offends() -> None:
    (finding,) = check("FS01", source(501, "# offends 1"))
    assert "Move 1 line into" in finding.message


def test_over_a_thousand_lines_it_is_a_god_file() -> None:
    (at,) = check("FS01", source(1_000, "# offends 500"))
    (over,) = check("FS01", source(1_001, "# offends 501"))
    assert "god file" not in at.message
    assert "a god file of 1,001 lines" in over.message


def test_long_literal_tables_do_not_count() -> None:
    check("FS01", table(300) + source(450, ""))
    (finding,) = check("FS01", source(550, "# offends 50") + "\n" + table(21))
    assert "571 lines, 21 of them literal tables that do not count" in finding.message


def test_a_table_of_twenty_lines_counts() -> None:
    check("FS01", source(490, "# offends 10") + "\n" + table(20))


def test_a_table_in_a_class_does_not_count() -> None:
    inside = "class A:\n    ROWS = [\n" + block(100, "({}, 'x'),", 8) + "\n    ]\n"
    check("FS01", inside + source(480, ""))


def test_a_table_that_computes_counts() -> None:
    computed = "ROWS = [  # offends 1\n" + block(98, "f({}),") + "\n]\n"
    check("FS01", computed + block(401, indent=0))


def test_the_effort_grows_with_the_lines_to_move() -> None:
    (short,) = check("FS01", source(510))
    (long,) = check("FS01", source(2_500))
    assert short.effort == 30
    assert long.effort == 250


def test_the_limit_comes_from_the_rubric() -> None:
    rubric = load(b"[limits]\nfile_lines = 100\n")
    (finding,) = check("FS01", source(130, "# offends 30"), rubric=rubric)
    assert "limit 100" in finding.message
