"""LA05 cycle-dodging-import."""

from __future__ import annotations

import pytest

from scanner.rules.layering import cycle_dodging_import
from tests.scanner.rules.harness import check_tree, judge


def test_a_function_imports_what_imports_this_module() -> None:
    (finding,) = check_tree(
        "LA05",
        {
            "shop/customers.py": """
                class Customer:
                    def orders(self):
                        from shop.orders import all_orders  # offends 1
                        return all_orders()
            """,
            "shop/orders.py": "from shop.customers import Customer",
        },
    )
    assert finding.symbol == "Customer.orders"
    assert finding.message == (
        "Imports `shop.orders` inside a function; `shop.orders` imports this module: the circle "
        "is hidden, not gone. Move what both need into a third module."
    )


def test_through_other_modules_too() -> None:
    (finding,) = check_tree(
        "LA05",
        {
            "a.py": """
                def f():
                    import b  # offends 1
            """,
            "b.py": "import c, d",
            "c.py": "import a",
            "d.py": "import c",
        },
    )
    assert "`b` imports this module, through c: the circle" in finding.message


def test_a_long_way_back_is_cut() -> None:
    ring = {f"m{number}.py": f"import m{number + 1}" for number in range(8)}
    source = """
        def f():
            import m0  # offends 1
    """
    (finding,) = check_tree("LA05", {**ring, "m8.py": source})
    assert "through m1 -> m2 -> m3 -> m4 -> ...: the circle" in finding.message


def test_a_way_back_that_is_hard_to_find_is_not_spelled_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cycle_dodging_import, "STEPS", 1)
    source = """
        def f():
            import b  # offends 1
    """
    files = {"a.py": source, "b.py": "import c, d", "c.py": "import a", "d.py": ""}
    (finding,) = check_tree("LA05", files)
    assert "imports this module, through other modules: the circle" in finding.message


def test_what_does_not_lead_back_is_fine() -> None:
    check_tree(
        "LA05",
        {
            "a.py": """
                def f():
                    import b, json
                    from typing import TYPE_CHECKING
                    if TYPE_CHECKING:
                        import c
            """,
            "b.py": """
                def g():
                    import a
            """,
            "c.py": "import a",
        },
    )


def test_one_finding_for_each_module_dodged() -> None:
    first, second = check_tree(
        "LA05",
        {
            "a.py": """
                def f():
                    import b  # offends 1

                def g():
                    from b import x
                    import c  # offends 1

                def h():
                    import b
            """,
            "b.py": "import a",
            "c.py": "import a",
        },
    )
    assert first.detail == "also imported on line 5, 9"
    assert second.detail == ""


def test_a_circle_in_the_open_is_not_told_twice() -> None:
    check_tree(
        "LA05",
        {
            "a.py": """
                import b

                def f():
                    import b
            """,
            "b.py": "import a",
        },
    )


def test_the_way_back_through_ones_own_package_does_not_count() -> None:
    check_tree(
        "LA05",
        {
            "p/__init__.py": "from p.a import f\nV = 1\n",
            "p/a.py": """
                def f():
                    from p import b
            """,
            "p/b.py": "from p import V",
        },
    )


def test_the_package_that_imports_this_module_counts() -> None:
    check_tree(
        "LA05",
        {
            "p/__init__.py": "from p.a import f\nV = 1\n",
            "p/a.py": """
                def f():
                    from p import V  # offends 1
            """,
        },
    )


def test_two_modules_in_one_statement_are_two_findings() -> None:
    found = judge(
        {
            "p/__init__.py": "",
            "p/a.py": "def f():\n    from p import b, c\n",
            "p/b.py": "import p.a",
            "p/c.py": "import p.a",
        }
    ).findings
    dodging = [finding for finding in found if finding.rule == "LA05"]
    assert [finding.line for finding in dodging] == [2, 2]
    assert len({finding.fingerprint for finding in dodging}) == 2
