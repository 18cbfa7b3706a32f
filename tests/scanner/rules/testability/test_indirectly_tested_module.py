"""TE05 indirectly-tested-module."""

from __future__ import annotations

import pytest

from tests.scanner.rules.harness import block, check_tree, judge

LONG = f"def f():\n{block(21)}\n"
TEST = "from shop import orders\ndef test_f(): ...\n"
ORDERS = "from shop import taxes\n"
MARKED = LONG.replace("def f():", "def f():  # offends 0")


def test_what_is_only_reached_by_way_of_others_is_listed_and_costs_nothing() -> None:
    marked = f"def f():  # offends 0\n{block(21)}\n"
    (finding,) = check_tree(
        "TE05", {"shop/orders.py": ORDERS, "shop/taxes.py": marked, "tests/test_all.py": TEST}
    )
    assert finding.message == (
        "Tests load `taxes.py` only by way of others, and none is named after it: 1 function."
    )
    assert finding.cost == 0


def test_a_folder_of_tests_that_mirrors_a_package_says_nothing_of_its_modules() -> None:
    check_tree(
        "TE05", {"shop/orders.py": ORDERS, "shop/taxes.py": MARKED, "tests/shop/test_all.py": TEST}
    )


@pytest.mark.parametrize("path", ["shop/tests/test_all.py", "shop/tests/unit/test_all.py"])
def test_tests_in_the_same_folder_speak_for_what_is_reached(path: str) -> None:
    check_tree(
        "TE05",
        {
            "shop/orders.py": f"{ORDERS}from shop.inner import rates\n",
            "shop/taxes.py": LONG,
            "shop/inner/rates.py": MARKED,
            path: TEST,
        },
    )


@pytest.mark.parametrize(
    ("imported", "is_direct"),
    [("import shop", True), ("from shop import f", False), ("from shop import *", True)],
)
def test_who_imports_a_package_as_a_whole_imports_what_it_hands_on(
    imported: str, is_direct: bool
) -> None:
    check_tree(
        "TE05",
        {
            "shop/__init__.py": "from shop.orders import f\nfrom shop.inner import g\n",
            "shop/orders.py": LONG,
            "shop/inner/__init__.py": "from .rates import *\n",
            "shop/inner/rates.py": LONG if is_direct else MARKED,
            "tests/test_all.py": f"{imported}\ndef test_f(): ...\n",
        },
    )


@pytest.mark.parametrize(
    ("name", "source"), [("_taxes", LONG), ("taxes", f"def f():\n{block(20)}\n")]
)
def test_private_and_small_modules_are_parts_of_what_uses_them(name: str, source: str) -> None:
    files = {"shop/orders.py": f"from shop import {name}\n", f"shop/{name}.py": source}
    check_tree("TE05", {**files, "tests/test_all.py": TEST})


def test_what_no_test_reaches_is_told_elsewhere() -> None:
    files = {"shop/taxes.py": LONG, "tests/test_all.py": "def test_f(): ..."}
    rules = {finding.rule for finding in judge(files).findings}
    assert rules & {"TE01", "TE05"} == {"TE01"}
