"""TY04 mutable-default."""

from __future__ import annotations

from tests.scanner.rules.harness import check


def test_a_default_that_is_shared_costs_two() -> None:
    changed, stored, returned = check(
        "TY04",
        """
        def f(line, lines=[]):  # offends 2
            lines.append(line)

        class Order:
            def __init__(self, lines={}):  # offends 2
                self.lines = lines

        def g(*, found=set()):  # offends 2
            return found
        """,
    )
    assert changed.message == (
        "`f` has a mutable default for `lines` and changes it: all calls share one object. "
        "Use None and make it in the body."
    )
    assert "stores it" in stored.message
    assert "returns it" in returned.message


def test_a_default_that_is_only_read_costs_half() -> None:
    (finding,) = check(
        "TY04",
        """
        def f(a, names=["x"]):  # offends 0.5
            return a in names
        """,
    )
    assert "nothing changes it today" in finding.message


def test_immutable_defaults_are_fine() -> None:
    check("TY04", "def f(a=(), b=None, c='', d=frozenset(), e=0): ...")


def test_a_class_attribute_changed_through_self_costs_two() -> None:
    (finding,) = check(
        "TY04",
        """
        class Order:
            lines = []  # offends 2

            def add(self, line):
                self.lines.append(line)
        """,
    )
    assert finding.message == (
        "`Order.lines` is one object for all instances, and methods change it through self; "
        "set it in __init__, or say ClassVar."
    )


def test_class_constants_that_nobody_changes_are_fine() -> None:
    check(
        "TY04",
        """
        class Order:
            kinds = ["a", "b"]
            names = {}

            def has(self, kind):
                return kind in self.kinds
        """,
    )


def test_a_registry_that_is_changed_through_the_class_is_shared_on_purpose() -> None:
    check(
        "TY04",
        """
        class Block:
            definitions = {}
            tracked = set()

            @classmethod
            def track(cls, model):
                cls.tracked.add(model)

            def register(self):
                Block.definitions[self.name] = self
        """,
    )


def test_an_attribute_that_each_instance_gets_anew_is_fine() -> None:
    check(
        "TY04",
        """
        class Order:
            lines = []

            def __init__(self):
                self.lines = []

            def add(self, line):
                self.lines.append(line)
        """,
    )


def test_what_says_that_it_is_shared_is_fine() -> None:
    check(
        "TY04",
        """
        from typing import ClassVar

        class Order:
            __slots__ = ["lines"]
            REGISTRY = {}
            known: ClassVar[dict[str, int]] = {}

            class Meta:
                ordering = ["id"]

            def add(self, name):
                self.REGISTRY[name] = self
                self.known[name] = 1
        """,
    )


def test_fields_of_dataclasses_cost_half_and_models_copy_theirs() -> None:
    (finding, _) = check(
        "TY04",
        """
        import attrs
        from dataclasses import dataclass
        from pydantic import BaseModel

        @attrs.define
        class Line:
            tags: list[str] = []  # offends 0.5

        class Order(BaseModel):
            lines: list[int] = []
            model_config = {"frozen": True}

            def add(self, line: int) -> None:
                self.lines.append(line)

        class Bulk(Order):
            more: list[int] = []

            def add(self, line: int) -> None:
                self.more.append(line)

        class Answer(Elsewhere, kw_only=True):
            more: list[int] = []

            def add(self, line: int) -> None:
                self.more.append(line)

        @dataclass(frozen=True)
        class Till:
            coins: dict[int, int] = {}  # offends 0.5

            def total(self) -> int: ...
        """,
    )
    assert finding.message == (
        "`Line.tags` is a field with a mutable default, one object for all instances; use a "
        "default_factory."
    )


def test_defaults_that_their_annotation_protects() -> None:
    check(
        "TY04",
        """
        from collections.abc import Sequence
        import typing as t

        def f(
            a: Sequence[int] = [],
            b: "t.Mapping[str, int]" = {},
            c: list[int] = [],  # offends 0.5
            d: "list[int]" = [],  # offends 0.5
            e: t.Optional[Sequence[int]] = [],
            f: "Sequence[int] | None" = [],
        ) -> None:
            print(a, b, c, d, e, f)

        def g(a: t.Iterable[int] = []) -> None:  # offends 2
            keep.all = a

        @t.overload
        def h(a=[]): ...
        def h(a=[]):  # offends 0.5
            print(a)
        """,
    )


def test_a_name_may_say_that_it_is_shared() -> None:
    check(
        "TY04",
        """
        class Rates:
            _cache: dict[str, int] = {}
            seen: dict[str, int] = {}  # offends 2

            def rate(self, name):
                self._cache[name] = self.seen[name] = 1
        """,
    )


def test_several_in_one_function_are_several_findings() -> None:
    (first, second) = check(
        "TY04",
        """
        def f(
            a=[],  # offends 0.5
            b={},  # offends 0.5
        ):
            print(a, b)
        """,
    )
    assert first.fingerprint != second.fingerprint
