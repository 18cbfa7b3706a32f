"""CX03 deep-nesting."""

from __future__ import annotations

from tests.scanner.rules.harness import block, check


def test_a_quarter_of_the_lines() -> None:
    (finding,) = check(
        "CX03",
        """
        def f(orders):  # offends 2
            for order in orders:
                if order:
                    while order.lines:
                        try:
                            with order.lock:
                                order.ship()
                        finally:
                            order.close()
        """,
    )
    assert finding.message == (
        "`f` nests control flow 5 deep, limit 4; return early, or move the inner block into a "
        "function."
    )


def test_four_levels_are_fine() -> None:
    check(
        "CX03",
        """
        def f(orders):
            for order in orders:
                if order:
                    while order.lines:
                        with order.lock:
                            order.ship()
        """,
    )


def test_at_most_fifty_lines_are_charged() -> None:
    check(
        "CX03",
        f"""
def f(x):  # offends 12.5
    if x:
        if x:
            if x:
                if x:
                    if x:
{block(80, indent=24)}
""",
    )


def test_an_elif_is_as_deep_as_its_if() -> None:
    check(
        "CX03",
        """
        def f(x):
            if x == 1:
                return 1
            elif x == 2:
                return 2
            elif x == 3:
                return 3
            elif x == 4:
                return 4
            elif x == 5:
                return 5
        """,
    )


def test_a_nested_function_begins_anew() -> None:
    check(
        "CX03",
        """
        def f(x):
            if x:
                if x:
                    if x:
                        def g(y):
                            if y:
                                if y:
                                    return y
        """,
    )


def test_match_and_async_blocks_are_levels() -> None:
    check(
        "CX03",
        """
        async def f(x):  # offends
            async for y in x:
                async with y:
                    match y:
                        case 1:
                            for z in y:
                                if z:
                                    return z
        """,
    )
