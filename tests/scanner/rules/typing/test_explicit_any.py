"""TY02 explicit-any."""

from __future__ import annotations

from tests.scanner.rules.harness import check, check_tree


def test_half_a_slot_for_each_parameter() -> None:
    first, second, third = check(
        "TY02",
        """
        import typing as t
        from typing import Any, Optional

        def f(a: Any, b: int) -> Any:  # offends 0.5
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


def test_values_from_outside_may_be_anything() -> None:
    check(
        "TY02",
        """
        from typing import Any

        def post(url: str, json: Any, data: Any) -> None: ...  # offends 0.5
        def load_orders(path: str) -> Any: ...
        def toJSON(value: Any) -> str: ...
        def deserialize(value: Any) -> Any: ...
        def payload(value: Any) -> None: ...  # offends 0.5
        def upload(value: Any) -> None: ...  # offends 0.5
        def on_change(sender: Any, _signal: Any) -> None: ...  # offends 0.5
        """,
    )


def test_wrappers_and_routes_return_what_another_says() -> None:
    check(
        "TY02",
        """
        from typing import Any

        def timed(function: Callable[..., T]) -> Callable[..., T]:
            def wrapper(*args: Any, **kwargs: Any) -> Any: ...
            def other(*args: Any) -> Any: ...  # offends 0
            return wrapper

        @router.get("/orders", response_model=Orders)
        def read_orders(session: Session) -> Any: ...

        @cached
        def read_all(session: Session) -> Any: ...  # offends 0
        """,
    )


def test_a_class_named_any_elsewhere_is_not_it() -> None:
    check("TY02", "from shop.kinds import Any\n\ndef f(a: Any) -> None: ...\n")


def test_any_in_a_stub_is_a_decision() -> None:
    stub = "from typing import Any\ndef find(key: str) -> Any: ...\n"
    check_tree("TY02", {"shop/a.py": "def find(key): ...\n", "shop/a.pyi": stub})
