"""FF05 swallowed-in-finally."""

from __future__ import annotations

from tests.scanner.rules.harness import check


def test_jumps_that_leave_the_block() -> None:
    first, *_ = check(
        "FF05",
        """
        def f(rows):
            for row in rows:
                try:
                    add(row)
                finally:
                    if row.last:
                        break  # offends 2
                    continue  # offends 2
            try:
                close()
            finally:
                return total  # offends 2
        """,
    )
    assert first.message == (
        "`break` leaves a finally block and drops the error in flight; move it after the try "
        "statement."
    )


def test_jumps_inside_a_loop_or_function_of_the_block_do_not() -> None:
    check(
        "FF05",
        """
        def f(rows):
            try:
                add(rows)
            finally:
                for row in rows:
                    if row:
                        continue
                    break
                def g():
                    return 1
            return 2
        """,
    )
