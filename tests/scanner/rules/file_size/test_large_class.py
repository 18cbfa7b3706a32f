"""FS02 large-class."""

from __future__ import annotations

from tests.scanner.rules.harness import block, check

METHOD = "def m{}(self):\n        done = 1\n        return done"
ONE_MORE = "    def one_more(self):\n        done = 1\n        return done"
NINE = block(9, METHOD.replace("m{}", "n{}"))
TEN = block(10, METHOD)


def test_half_the_lines_times_the_share_of_methods_beyond_ten() -> None:
    methods = block(20, METHOD)
    (finding,) = check("FS02", f"class Shop:  # offends 15.25\n{methods}")
    assert finding.message == (
        "`Shop` has 20 methods in 61 lines, limit 10. Move methods that share state into a class "
        "of their own."
    )
    assert (finding.symbol, finding.end_line) == ("Shop", 61)


def test_ten_methods_are_fine() -> None:
    check("FS02", f"class Shop:\n{TEN}")


def test_over_twenty_methods_it_is_a_god_class() -> None:
    methods = block(21, METHOD)
    (finding,) = check("FS02", f"class Shop:  # offends\n{methods}")
    assert "`Shop` is a god class: it has 21 methods" in finding.message


def test_at_most_five_hundred_lines_of_a_class_are_charged() -> None:
    body = block(20, METHOD) + "\n" + block(600)
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
    def find(self, key):
        done = key
        return done
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
{ONE_MORE}
{TEN}

class Names(ast.NodeVisitor):
{ONE_MORE}
{TEN}

class OrderVisitor:
{ONE_MORE}
{TEN}
""",
    )


def test_methods_of_an_inner_class_and_nested_functions_are_not_its_own() -> None:
    check(
        "FS02",
        f"""
class Shop:
    class Inner:
        def one(self):
            done = 1
            return done
    def m0(self):
        def helper():
            done = 1
            return done
        done = helper()
        return done
{NINE}
""",
    )


def test_a_method_defined_twice_is_one() -> None:
    check(
        "FS02",
        f"""
import sys

class Shop:
    if sys.platform == "win32":
        def m0(self):
            done = 1
            return done
    else:
        def m0(self):
            done = 1
            return done
{NINE}
""",
    )


def test_each_class_is_its_own_finding() -> None:
    check(
        "FS02",
        f"""
class A:  # offends
{ONE_MORE}
{TEN}

class B:  # offends
{ONE_MORE}
{TEN}
""",
    )


def test_a_class_that_is_only_called_protocol_counts() -> None:
    check("FS02", f"class Protocol:  # offends\n{ONE_MORE}\n{TEN}")


def test_what_holds_no_logic_is_not_counted() -> None:
    check(
        "FS02",
        f"""
from abc import abstractmethod
from typing import TYPE_CHECKING

class Shop:
    @abstractmethod
    def size(self):
        return 0
    def total(self):
        raise NotImplementedError
    def sell(self):
        "What is sold."
    def price(self):
        return self.book.price
    if TYPE_CHECKING:
        def find(self, key: str) -> str: ...
{TEN}
""",
    )


def test_what_a_framework_calls_by_a_fields_name_is_not_counted() -> None:
    resolvers = block(11, METHOD.replace("m{}", "resolve_m{}"))
    check("FS02", f"class Order(ObjectType):\n{resolvers}")
    check("FS02", f"class Order:  # offends\n{resolvers}")
    visits = block(11, METHOD.replace("m{}", "visit_m{}"))
    check("FS02", f"class Compiler:\n{visits}")


def test_hooks_that_a_framework_names_are_not_counted() -> None:
    hooks = "\n".join(
        f"    {METHOD.format(1)}".replace("m1", name)
        for name in ("get_queryset", "form_valid", "get_context_data", "post")
    )
    check("FS02", f"class OrderView(UpdateView):\n{hooks}\n{TEN}")
    check("FS02", f"class OrderView:  # offends\n{hooks}\n{TEN}")
