"""NM01 module-name."""

from __future__ import annotations

from tests.scanner.rules.harness import check_tree


def test_modules_of_a_package_and_packages_are_judged() -> None:
    found = check_tree(
        "NM01",
        {
            "shop/__init__.py": "",
            "shop/OrderLines.py": "x = 1  # offends 1",
            "shop/price-list.py": "x = 1  # offends 1",
            "shop/Tax/__init__.py": "x = 1  # offends 1",
            "shop/import.py": "x = 1  # offends 1",
        },
    )
    assert [finding.message.split(" is ")[0] for finding in found] == [
        "The module `OrderLines`",
        "The package `Tax`",
        "The module `import`",
        "The module `price-list`",
    ]


def test_snake_case_private_names_and_programs_are_fine() -> None:
    check_tree(
        "NM01",
        {
            "shop/__init__.py": "",
            "shop/__main__.py": "x = 1",
            "shop/_order_lines2.py": "x = 1",
            "shop/orders.py": "x = 1",
            "shop/match.py": "x = 1",
            "programs/Run-All.py": "x = 1",
        },
    )
