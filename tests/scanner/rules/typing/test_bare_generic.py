"""TY03 bare-generic."""

from __future__ import annotations

from tests.scanner.rules.harness import check


def test_a_quarter_of_a_slot_for_each_bare_container() -> None:
    first, *_ = check(
        "TY03",
        """
        from collections.abc import Mapping
        from typing import Dict, Optional

        def f(a: list, b: dict) -> tuple:  # offends 0.75
            return ()

        def g(a: Optional[Dict], b: set | None) -> None: ...  # offends 0.5

        def h(a: Mapping, *rest: list) -> None: ...  # offends 0.5
        """,
    )
    assert first.message == (
        "`f` names a container without its contents for `a`, `b` and the return; say what is in "
        "it, like list[str]."
    )


def test_containers_with_contents_and_other_classes_are_fine() -> None:
    check(
        "TY03",
        """
        def f(a: list[int], b: dict[str, list]) -> tuple[int, ...]: ...

        def g(a: Order, b: str, c: type) -> None: ...
        """,
    )


def test_a_slot_is_charged_once() -> None:
    check("TY03", "def f(a: list | dict | None) -> None: ...  # offends 0.25")
