"""NM02 class-name."""

from __future__ import annotations

from tests.scanner.rules.harness import check

FINE = "OrderLine HTTPOrder V2_1 Python3_12 total cached_property DOUBLE_PRECISION False_ AB_"


def test_camel_case_and_underscores_are_found() -> None:
    (first, _, inner) = check(
        "NM02",
        """
        class orderLine:  # offends 1
            pass

        class Order_Line:  # offends 1
            class innerLine:  # offends 1
                pass
        """,
    )
    assert first.symbol == "orderLine"
    assert inner.symbol == "Order_Line.innerLine"


def test_cap_words_and_names_like_builtins_are_fine() -> None:
    check("NM02", "".join(f"class {name}: ...\n" for name in FINE.split()))


def test_short_forms_before_an_underscore_are_found() -> None:
    names = "MSDialect_pyodbc HTTP_Server Order_2 False_One"
    check("NM02", "".join(f"class {name}: ...  # offends\n" for name in names.split()))


def test_classes_used_like_functions_c_structures_and_private_ones_are_not_judged() -> None:
    check(
        "NM02",
        """
        import ctypes

        class cachedOrder:
            def __get__(self, owner, kind): ...

        class openOrder:
            def __enter__(self): ...

        class winPoint(ctypes.Structure):
            pass

        class _orderLine:
            pass

        def make():
            class orderLine: ...
        """,
    )
