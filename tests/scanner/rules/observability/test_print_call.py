"""OB01 print-call."""

from __future__ import annotations

from tests.scanner.rules.harness import check


def test_prints_in_a_library() -> None:
    check(
        "OB01",
        """
        from pprint import pprint

        print("loaded")  # offends 1

        def ship(order):
            print("shipping", order)  # offends 1
            if order.late:
                pprint({"order": order})  # offends 1
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
            print()
            print("shipping", order, flush=True)
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


def test_what_can_be_switched_off_is_fine() -> None:
    check(
        "OB01",
        """
        DEBUG = False

        def ship(order, verbosity, options):
            if order.paid and verbosity > 1:
                for item in order.items:
                    print("shipping", item)
            if os.environ.get("SHOP_DEBUG"):
                print("shipping", order)
            if options.quiet:
                pass
            else:
                print("shipping", order)

        if DEBUG:
            class Ship:
                def begin(self):
                    with self.lock:
                        print("off")
        """,
    )


def test_last_words_and_dialogues_are_fine() -> None:
    check(
        "OB01",
        """
        import sys

        def load(path):
            if not path:
                for line in USAGE:
                    print(line)
                sys.exit(2)
            try:
                return open(path)
            except OSError:
                print("no such file")
                raise SystemExit(2)
            print("never")  # offends

        def setup():
            print("What is your name?")
            return input("> ")
        """,
    )


def test_support_for_tests_is_fine() -> None:
    check(
        "OB01",
        """
        from unittest import TestCase

        class ShopCase(TestCase):
            def ship(self, order):
                print("shipping", order)
        """,
    )
