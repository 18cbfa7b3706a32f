"""OB01 print-call."""

from __future__ import annotations

from tests.scanner.rules.harness import check


def test_prints_in_a_library() -> None:
    check(
        "OB01",
        """
        print("loaded")  # offends 1

        def ship(order):
            print("shipping", order)  # offends 1
        """,
    )


def test_the_message() -> None:
    (finding,) = check(
        "OB01",
        """
        def ship(order):
            print("shipping", order)  # offends
        """,
    )
    assert finding.message == (
        "`print` has no level and no name, and cannot be switched off: log it."
    )


def test_prints_that_are_meant_are_fine() -> None:
    check(
        "OB01",
        """
        import sys

        def ship(order):
            print("shipping", order, file=sys.stderr)
            self.print("x")

        def print_order(order):
            print(order)

        class Report:
            def render(self):
                print(self)
        """,
    )


def test_a_print_of_its_own_or_of_a_library_is_fine() -> None:
    check(
        "OB01",
        """
        from rich import print

        def ship(order):
            print("shipping", order)
        """,
    )


def test_command_line_code_is_fine() -> None:
    check(
        "OB01",
        """
        import argparse

        def ship(order):
            print("shipping", order)
        """,
    )


def test_a_module_with_a_main_guard_is_fine() -> None:
    check(
        "OB01",
        """
        def ship(order):
            print("shipping", order)

        if __name__ == "__main__":
            print(ship(1))
        """,
    )
