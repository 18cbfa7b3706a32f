"""NM03 function-name."""

from __future__ import annotations

from tests.scanner.rules.harness import check


def test_capitals_in_functions_and_methods_are_found() -> None:
    check(
        "NM03",
        """
        from abc import ABC

        def totalOf(order):  # offends 1
            return 1

        class Order(ABC):
            def addLine(self, line):  # offends 1
                return 1
        """,
    )


def test_small_letters_factories_acronyms_and_dispatch_are_fine() -> None:
    names = "total_of größe Order visit_FunctionDef do_GET to_SI leaveName setUp assertDue _totalOf"
    check("NM03", "".join(f"def {name}(): ...\n" for name in names.split()))


def test_capitals_inside_a_word_are_found() -> None:
    check("NM03", "def parseDate(): ...  # offends\ndef to_xY(): ...  # offends\n")


def test_names_that_are_set_elsewhere_are_not_judged() -> None:
    check(
        "NM03",
        """
        from functools import cached_property
        from typing import override

        class Window(QWidget):
            def resizeEvent(self, event): ...

        class Order:
            @property
            def lineCount(self): ...
            @cached_property
            def orderLines(self): ...
            @override
            def addLine(self): ...

        def make():
            def innerOne(): ...
        """,
    )
