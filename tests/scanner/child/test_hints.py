"""Output is found however its logger is called, and in no docstring."""

from __future__ import annotations

import pytest

from tests.scanner.child.facts import facts


@pytest.mark.parametrize(
    "logger",
    [
        "log",
        "logs",
        "Log",
        "LOG",
        "_LOGGER",
        "self.logger",
        "self.access_log",
        "cls.Logger()",
        "self.log()",
        "logging",
        'logging.getLogger("a")',
        "getLoggers",
    ],
)
def test_loggers(logger: str) -> None:
    assert len(facts(f"def f():\n    {logger}.info(1)\n").log_calls) == 1


@pytest.mark.parametrize("other", ["login", "dialog", "catalog", "math", "logic()"])
def test_what_only_looks_like_one(other: str) -> None:
    assert facts(f"def f():\n    {other}.info(1)\n").log_calls == ()


def test_examples_in_docstrings_are_no_prints() -> None:
    found = facts('''
        """print(1)"""
        class A:
            """print(2)"""
            def f(self):
                """print(3)"""
                print(4)
    ''')
    assert [each.line for each in found.print_calls] == [6]
