"""FS02 large-class."""

from __future__ import annotations

from tests.scanner.rules.harness import block, check

TEN = block(10, "def m{}(self): ...")


def test_half_the_lines_times_the_share_of_methods_beyond_ten() -> None:
    methods = block(20, "def m{}(self): ...")
    (finding,) = check("FS02", f"class Shop:  # offends 5.25\n{methods}")
    assert finding.message == (
        "`Shop` has 20 methods in 21 lines, limit 10. Move methods that share state into a class "
        "of their own."
    )
    assert (finding.symbol, finding.end_line) == ("Shop", 21)


def test_ten_methods_are_fine() -> None:
    check("FS02", f"class Shop:\n{TEN}")


def test_over_twenty_methods_it_is_a_god_class() -> None:
    methods = block(21, "def m{}(self): ...")
    (finding,) = check("FS02", f"class Shop:  # offends\n{methods}")
    assert "`Shop` is a god class: it has 21 methods" in finding.message


def test_at_most_five_hundred_lines_of_a_class_are_charged() -> None:
    body = block(20, "def m{}(self): ...") + "\n" + block(600)
    check("FS02", f"class Shop:  # offends 125\n{body}")


def test_special_methods_properties_and_overloads_do_not_count() -> None:
    check(
        "FS02",
        f"""
from functools import cached_property
from typing import overload

class Shop:
    def __init__(self): ...
    def __repr__(self): ...
    @property
    def size(self): ...
    @size.setter
    def size(self, value): ...
    @cached_property
    def total(self): ...
    @overload
    def find(self, key: int) -> int: ...
    @overload
    def find(self, key: str) -> str: ...
{TEN}
""",
    )


def test_the_eleventh_method_may_be_overloaded() -> None:
    check(
        "FS02",
        f"""
from typing import overload

class Shop:  # offends
    @overload
    def find(self, key: int) -> int: ...
    @overload
    def find(self, key: str) -> str: ...
    def find(self, key): ...
{TEN}
""",
    )


def test_protocols_and_visitors_are_set_by_what_they_describe() -> None:
    check(
        "FS02",
        f"""
import ast
from typing import Protocol

class Shop(Protocol):
    def one_more(self): ...
{TEN}

class Names(ast.NodeVisitor):
    def one_more(self): ...
{TEN}

class OrderVisitor:
    def one_more(self): ...
{TEN}
""",
    )


def test_methods_of_an_inner_class_and_nested_functions_are_not_its_own() -> None:
    check(
        "FS02",
        f"""
class Shop:
    class Inner:
        def one(self): ...
    def m0(self):
        def helper(): ...
        def another(): ...
{block(9, "def n{}(self): ...")}
""",
    )


def test_a_method_defined_twice_is_one() -> None:
    check(
        "FS02",
        f"""
import sys

class Shop:
    if sys.platform == "win32":
        def m0(self): ...
    else:
        def m0(self): ...
{block(9, "def n{}(self): ...")}
""",
    )


def test_each_class_is_its_own_finding() -> None:
    check(
        "FS02",
        f"""
class A:  # offends
    def one_more(self): ...
{TEN}

class B:  # offends
    def one_more(self): ...
{TEN}
""",
    )


def test_a_class_that_is_only_called_protocol_counts() -> None:
    check("FS02", f"class Protocol:  # offends\n    def one_more(self): ...\n{TEN}")
