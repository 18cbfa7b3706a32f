"""TY01 missing-annotation."""

from __future__ import annotations

from tests.scanner.rules.harness import check, check_tree, judge


def test_one_finding_a_function_costs_its_missing_slots() -> None:
    first, second, third, fourth = check(
        "TY01",
        """
        def f(a, b: int, *args, c=1, **kwargs):  # offends 5
            return a

        def g(a: int):  # offends 1
            return a

        def h(a, b):  # offends 3
            return a

        def i():  # offends 1
            return 1
        """,
    )
    assert first.message == (
        "`f` lacks 5 of 6 annotations; annotate `a`, `c`, `args`, `kwargs` and the return."
    )
    assert second.message == "`g` lacks one annotation; annotate the return."
    assert third.message == "`h` has none of its 3 annotations; annotate `a`, `b` and the return."
    assert fourth.message == "`i` lacks its only annotation; annotate the return."


def test_self_cls_and_the_return_of_init_need_none() -> None:
    check(
        "TY01",
        """
        class A:
            def __init__(self, a: int):
                self.a = a

            @classmethod
            def make(cls) -> "A":
                return cls(1)

            @staticmethod
            def half(a):  # offends 2
                return a / 2
        """,
    )


def test_a_fully_annotated_function_is_fine() -> None:
    check("TY01", "async def f(a: int, /, *, b: 'str' = '', **rest: object) -> None: ...")


def test_an_implementation_behind_overloads_is_skipped() -> None:
    check(
        "TY01",
        """
        from typing import overload

        @overload
        def f(a: int) -> int: ...
        @overload
        def f(a: str) -> str: ...
        def f(a):
            return a

        @overload
        def g(a: int): ...  # offends 1
        def g(a):
            return a
        """,
    )


def test_nested_functions_and_methods_count() -> None:
    (finding,) = check(
        "TY01",
        """
        class A:
            def f(self) -> None:
                def g(a: int):  # offends 1
                    return a
        """,
    )
    assert finding.symbol == "A.f.g"


def test_a_stub_beside_the_module_speaks_for_it() -> None:
    check_tree(
        "TY01",
        {
            "shop/orders.py": """
                def total(lines, discount=None):
                    return 1

                class Order:
                    def pay(self, amount):
                        return amount

                def _private(a):
                    return a

                def public(a):  # offends 2
                    def inner(b): ...
                    return a
                """,
            "shop/orders.pyi": """
                def total(lines: list[int], discount: int | None = ...) -> int: ...

                class Order:
                    def pay(self, amount: int) -> int: ...
                """,
        },
    )


def test_what_a_stub_leaves_out_is_missing() -> None:
    check_tree(
        "TY01",
        {
            "shop/orders.py": "def total(lines, discount=None): ...  # offends 1",
            "shop/orders.pyi": "def total(lines, discount: int | None = ...) -> int: ...",
        },
    )


def test_overloads_in_a_stub_that_spell_parameters_otherwise_are_heeded() -> None:
    check_tree(
        "TY01",
        {
            "shop/orders.py": "def total(*args, **options): ...",
            "shop/orders.pyi": """
                from typing import overload
                @overload
                def total(lines: list[int]) -> int: ...
                @overload
                def total(lines: list[int], *, discount: int) -> int: ...
                """,
        },
    )


def test_a_stub_on_the_facade_speaks_for_what_it_imports() -> None:
    check_tree(
        "TY01",
        {
            "src/shop/__init__.py": "from ._orders import total\nfrom shop._till import *\n",
            "src/shop/__init__.pyi": """
                def total(lines: list[int]) -> int: ...
                def other(a: int) -> int: ...
                class Till:
                    def pay(self, amount: int) -> int: ...
                """,
            "src/shop/_orders.py": """
                def total(lines):
                    return 1

                def other(a):  # offends 2
                    return a
                """,
            "src/shop/_till.py": """
                class Till:
                    def pay(self, amount):
                        return amount
                """,
        },
    )


def test_a_facade_may_gather_what_another_package_holds() -> None:
    check_tree(
        "TY01",
        {
            "src/shop/__init__.py": "",
            "src/shop/_orders.py": "def total(lines): ...",
            "src/market/__init__.py": "from shop._orders import total\n",
            "src/market/__init__.pyi": "def total(lines: list[int]) -> int: ...\n",
        },
    )


def test_a_stub_is_no_production_code_itself() -> None:
    files = {"shop/orders.py": "x = 1\n", "shop/orders.pyi": "def f(a): ...\n", "lone.pyi": ""}
    verdict = judge(files)
    assert not verdict.findings
    assert {(each.path, each.reason) for each in verdict.excluded} == {
        ("shop/orders.pyi", "stub"),
        ("lone.pyi", "stub"),
    }
