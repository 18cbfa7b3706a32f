"""Functions and classes: spans, lines, depth, names and what they are."""

from __future__ import annotations

import pytest

from tests.scanner.child.facts import facts, function


def test_spans_and_lines() -> None:
    found = function('''
        @one
        @two(
            3,
        )
        def f(
            a,
        ):
            """A docstring
            of two lines."""

            b = a

            return b
    ''')
    assert (found.first_line, found.line, found.end_line) == (1, 5, 13)
    assert found.lines == 3
    assert found.has_docstring


def test_lines_of_nested_functions_count_as_their_own() -> None:
    source = """
        def f():
            a = 1

            @wraps
            def g():
                return 1
                return 2

            class A:
                x = 1
                def m(self):
                    pass
            return g
    """
    assert function(source).lines == 12 - 4 - 2
    assert function(source, "f.g").lines == 2
    assert function(source, "f.A.m").lines == 1


@pytest.mark.parametrize(
    ("body", "lines"),
    [("return 1", 1), ('"""Docs."""', 0), ("@d\n    def g():\n        pass\n    return g", 1)],
)
def test_lines_at_the_edges(body: str, lines: int) -> None:
    assert function(f"def f():\n    {body}\n").lines == lines


def test_names_owners_and_places() -> None:
    found = facts("""
        class A(Base[int], meta.Thing, metaclass=M):
            "Docs."
            def m(self):
                async def inner(): ...
            class B:
                if x:
                    def n(self): ...
        def f():
            class C: ...
    """)
    assert [(each.name, each.owner, each.is_nested, each.is_async) for each in found.functions] == [
        ("A.m", "A", False, False),
        ("A.m.inner", "", True, True),
        ("A.B.n", "A.B", False, False),
        ("f", "", False, False),
    ]
    assert [(each.name, each.bases, each.is_nested) for each in found.classes] == [
        ("A", ("Base", "meta.Thing"), False),
        ("A.B", (), False),
        ("f.C", (), True),
    ]
    assert [each.has_docstring for each in found.classes] == [True, False, False]


def test_names_are_resolved_through_imports() -> None:
    found = facts("""
        import functools as ft, abc
        from typing import overload as ov, Protocol as P
        from . import near
        from ..far import away as a
        from .side import *
        try:
            from fast import speed
        except ImportError:
            from slow import speed
        @ft.cache
        @ov
        @near.x(1)
        @a.b
        @speed
        @factory().run
        @abc.abstractmethod
        def f(): ...
        class A(P[int], near.Base, make()): ...
    """)
    assert found.functions[0].decorators == (
        "functools.cache",
        "typing.overload",
        ".near.x",
        "..far.away.b",
        "fast.speed",
        "?.run",
        "abc.abstractmethod",
    )
    assert found.classes[0].bases == ("typing.Protocol", ".near.Base", "make")


DEPTHS = {
    "pass": 0,
    "if a:\n        if b:\n            pass": 2,
    "if a:\n        pass\n    elif b:\n        pass\n    elif c:\n        if d: pass": 2,
    "if a:\n        pass\n    else:\n        for x in y:\n            while z: pass": 3,
    "with a:\n        try:\n            match b:\n                case 1: pass\n"
    "        finally: pass": 3,
    "try: pass\n    except A:\n        if b: pass": 2,
    "if a:\n        def g():\n            if b:\n                if c: pass": 1,
}


@pytest.mark.parametrize(
    ("body", "depth"), DEPTHS.items(), ids=[str(n) for n in range(len(DEPTHS))]
)
def test_depth(body: str, depth: int) -> None:
    assert function(f"def f():\n    {body}\n").depth == depth


@pytest.mark.parametrize(
    ("body", "is_stub"),
    [
        ("...", True),
        ("pass", True),
        ("raise NotImplementedError", True),
        ('"""Docs."""', True),
        ('"""Docs."""\n    ...', True),
        ("return None", False),
        ("x = 1", False),
        ("'text'\n    'more'", False),
    ],
)
def test_stubs(body: str, is_stub: bool) -> None:
    assert function(f"def f():\n    {body}\n").is_stub is is_stub


def test_slots() -> None:
    found = facts("""
        class A:
            def __init__(self, a, /, b: int, *args: str, c=1, **options) -> None: ...
            @staticmethod
            def s(x): ...
            @classmethod
            def c(cls, y): ...
            def only_stars(*args): ...
        def f(self, z) -> int: ...
    """)
    slots = {
        each.name: [(slot.name, slot.kind, slot.annotation) for slot in each.slots]
        for each in found.functions
    }
    assert slots == {
        "A.__init__": [
            ("a", "parameter", "none"),
            ("b", "parameter", "full"),
            ("c", "parameter", "none"),
            ("args", "star", "full"),
            ("options", "star", "none"),
        ],
        "A.s": [("x", "parameter", "none"), ("return", "return", "none")],
        "A.c": [("y", "parameter", "none"), ("return", "return", "none")],
        "A.only_stars": [("args", "star", "none"), ("return", "return", "none")],
        "f": [
            ("self", "parameter", "none"),
            ("z", "parameter", "none"),
            ("return", "return", "full"),
        ],
    }


ANNOTATIONS = {
    "int": "full",
    "Any": "any",
    "typing.Any": "any",
    "t.Any": "any",
    "Anything": "full",
    "list": "bare",
    "dict[str, Any]": "full",
    "t.Dict": "bare",
    "abc.Mapping": "bare",
    "Set": "bare",
    "OtherSet": "full",
    "Callable": "full",
    "type": "full",
    "t.Optional[Any]": "any",
    "t.Optional[dict]": "bare",
    "t.Union[int, list]": "bare",
    "int | None": "full",
    "None | Any": "any",
    "list | None": "bare",
    "t.Annotated[dict, 'x']": "bare",
    "'Any'": "any",
    "'dict | None'": "bare",
    "'Model'": "full",
    "'not a type'": "full",
    "'list[int'": "full",
    "Literal['Any']": "full",
    "None": "full",
}


@pytest.mark.parametrize(("annotation", "kind"), ANNOTATIONS.items(), ids=ANNOTATIONS)
def test_annotations(annotation: str, kind: str) -> None:
    found = function(
        "import typing as t\nimport typing\nfrom typing import Any, Callable, Set, Literal\n"
        "import collections.abc as abc\nfrom .models import Set as OtherSet\n"
        f"def f(a: {annotation}): ...\n"
    )
    assert found.slots[0].annotation == kind
