"""TE04 assertion-free-test."""

from __future__ import annotations

from tests.scanner.rules.harness import check_tree

ORDERS = "def total(): ...\n"


def test_a_test_that_only_calls_is_listed_and_costs_nothing() -> None:
    (first, second) = check_tree(
        "TE04",
        {
            "shop/orders.py": ORDERS,
            "tests/test_orders.py": """
                from shop.orders import total

                def test_total():  # offends 0
                    x = total()
                    x.round()

                class TestOrders:
                    def test_it(self):  # offends 0
                        x = 1
                        print(x)
            """,
        },
    )
    assert first.message == "`test_total` asserts nothing; say what must come out."
    assert (second.symbol, second.points) == ("TestOrders.test_it", 0.0)


def test_what_checks_in_any_way_is_fine() -> None:
    check_tree(
        "TE04",
        {
            "shop/orders.py": ORDERS,
            "tests/test_orders.py": """
                import pytest

                def look_closely(x):
                    assert x

                def test_a():
                    x = 1
                    assert x

                def test_b():
                    with pytest.raises(ValueError):
                        int("x")

                def test_c(self):
                    x = 1
                    self.assertEqual(x, 1)

                def test_d():
                    x = 1
                    look_closely(x)

                def test_e(page):
                    x = 1
                    expect(page).to_have_text("x")

                def test_f():
                    if total():
                        raise RuntimeError
            """,
        },
    )


def test_skipped_short_and_named_ones_are_not_listed() -> None:
    check_tree(
        "TE04",
        {
            "shop/orders.py": ORDERS,
            "tests/test_orders.py": """
                import pytest

                @pytest.mark.skip
                def test_a():
                    x = 1
                    print(x)

                def test_b():
                    print(1)

                def test_it_does_not_raise():
                    x = 1
                    print(x)

                def test_c(benchmark):
                    x = 1
                    benchmark(x)
            """,
        },
    )
