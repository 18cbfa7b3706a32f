"""TE00 no-tests."""

from __future__ import annotations

from tests.scanner.rules.harness import check_tree, judge

FUNCTION = "def f(): return 1\n"


def test_the_cost_of_every_function_is_split_over_the_files() -> None:
    (finding,) = check_tree(
        "TE00",
        {
            "shop/orders.py": "def total(): return 1  # offends 3\ndef rate(): return 2\n",
            "shop/taxes.py": FUNCTION,
            "shop/names.py": "x = 1",
        },
    )
    assert finding.message == (
        "The repository has no tests: 3 functions in 2 modules change by luck."
    )
    assert [(charge.path, charge.cost) for charge in finding.charges] == [
        ("shop/orders.py", 2_000_000),
        ("shop/taxes.py", 1_000_000),
    ]


def test_a_test_is_enough_for_this_rule_but_a_conftest_is_none() -> None:
    check_tree("TE00", {"shop/orders.py": FUNCTION, "tests/test_a.py": "def test_f(): ..."})
    check_tree(
        "TE00", {"shop/orders.py": "def f(): return 1  # offends 1", "tests/conftest.py": FUNCTION}
    )


def test_a_test_file_that_cannot_be_read_is_a_test() -> None:
    files = {"shop/orders.py": FUNCTION, "tests/test_a.py": "def test_f(:"}
    assert "TE00" not in {finding.rule for finding in judge(files).findings}


def test_without_functions_the_principle_does_not_apply() -> None:
    verdict = judge({"shop/orders.py": "x = 1"})
    assert [each.score for each in verdict.principles if each.key == "testability"] == [None]
