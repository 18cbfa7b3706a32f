"""TY02 explicit-any."""

from __future__ import annotations

from tests.scanner.rules.harness import check


def test_half_a_slot_for_each_any() -> None:
    first, second, third = check(
        "TY02",
        """
        import typing as t
        from typing import Any, Optional

        def f(a: Any, b: int) -> Any:  # offends 1
            return a

        def g(a: Optional[Any], b: "t.Any | None") -> None: ...  # offends 1

        def h(a: t.Any) -> None: ...  # offends 0.5
        """,
    )
    assert first.message == (
        "`f` says Any for `a` and the return; say what the body needs: a union, a protocol, a "
        "type variable or object."
    )
    assert "`a` and `b`;" in second.message
    assert third.effort == 5


def test_stars_special_methods_and_contents_are_left_out() -> None:
    check(
        "TY02",
        """
        from typing import Any

        def f(*args: Any, **kwargs: Any) -> None: ...

        class A:
            def __getattr__(self, name: str) -> Any: ...

        def g(a: dict[str, Any]) -> list[Any]: ...
        """,
    )


def test_a_class_named_any_elsewhere_is_not_it() -> None:
    check("TY02", "from shop.kinds import Any\n\ndef f(a: Any) -> None: ...\n")
