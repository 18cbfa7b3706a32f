"""Mutable defaults of parameters and class attributes."""

from __future__ import annotations

import pytest

from tests.scanner.child.facts import facts

USES = {
    "x.append(1)": "mutated",
    "x[1] = 2": "mutated",
    "del x[1]": "mutated",
    "x += [1]": "mutated",
    "x[1] += 1": "mutated",
    "self.x = x": "stored",
    "self.a, self.x = a, x": "stored",
    "cache[1] = x": "stored",
    "return x": "returned",
    "return a, x": "returned",
    "yield x": "returned",
    "self.x = list(x)": "read",
    "return len(x)": "read",
    "use(x)": "read",
    "x = list(x)\n    x.append(1)": "read",
    "x.append(1)\n    x = list(x)": "mutated",
    "if a:\n        for b in c:\n            x.update(b)": "mutated",
    "def g():\n        x.pop()": "mutated",
}


@pytest.mark.parametrize(("body", "use"), USES.items(), ids=USES)
def test_uses_of_a_parameter(body: str, use: str) -> None:
    (found,) = facts(f"def f(self, a, x=[]):\n    {body}\n").mutable_defaults
    assert (found.line, found.symbol, found.name, found.holder) == (1, "f", "x", "parameter")
    assert found.use == use


@pytest.mark.parametrize(
    ("default", "is_empty"),
    [
        ("[]", True),
        ("{}", True),
        ("list()", True),
        ("dict(a=1)", False),
        ("{1}", False),
        ("[y for y in z]", False),
        ("collections.defaultdict(list)", False),
        ("deque()", True),
    ],
)
def test_what_is_mutable(default: str, is_empty: bool) -> None:
    (found,) = facts(
        f"import collections\nfrom collections import deque\ndef f(*, x={default}): ...\n"
    ).mutable_defaults
    assert found.is_empty is is_empty


@pytest.mark.parametrize("default", ["()", "None", "frozenset()", "make()", "x", "'a'"])
def test_what_is_not(default: str) -> None:
    assert facts(f"def f(x={default}): ...\n").mutable_defaults == ()


def test_class_attributes() -> None:
    found = facts("""
        from typing import ClassVar
        class A:
            shared = []
            own = {}
            read = [1]
            declared: ClassVar[list[int]] = []
            plain: dict[str, int] = {}
            nothing: list[int]
            def __init__(self):
                self.own = {}
            def add(self, x):
                self.shared.append(x)
                self.own[x] = self.read
        class B:
            registry = []
            @classmethod
            def register(cls, x):
                cls.registry.append(x)
    """).mutable_defaults
    assert [(each.symbol, each.name, each.use, each.annotation) for each in found] == [
        ("A", "shared", "mutated", ""),
        ("A", "own", "read", ""),
        ("A", "read", "read", ""),
        ("A", "declared", "read", "typing.ClassVar"),
        ("A", "plain", "read", "dict"),
        ("B", "registry", "read", ""),
    ]
    assert {each.holder for each in found} == {"class"}


def test_two_functions_of_one_name_are_told_apart() -> None:
    found = facts("""
        def f(x=[]):
            x.append(1)
        def f(x=[]):
            return len(x)
    """).mutable_defaults
    assert [each.use for each in found] == ["mutated", "read"]
