"""Import statements, and where they stand."""

from __future__ import annotations

import pytest

from tests.scanner.child.facts import facts


def test_kinds_of_imports() -> None:
    found = facts("""
        import a, b.c as d
        from e.f import (
            g as h,
            i,
        )
        from . import j
        from ...k import *
    """).imports
    assert [(each.line, each.end_line) for each in found] == [(1, 1), (2, 5), (6, 6), (7, 7)]
    assert [(each.is_from, each.module, each.names, each.level) for each in found] == [
        (False, "", ("a", "b.c"), 0),
        (True, "e.f", ("g", "i"), 0),
        (True, "", ("j",), 1),
        (True, "k", ("*",), 3),
    ]
    assert {each.symbol for each in found} == {"<module>"}


def test_where_imports_stand() -> None:
    found = facts("""
        import typing
        from typing import TYPE_CHECKING
        if TYPE_CHECKING:
            import a1
        else:
            import b1
        if not typing.TYPE_CHECKING:
            import b2
        else:
            import a2
        if TYPE_CHECKING and x:
            import a3
        if TYPE_CHECKING or x:
            import b3
        if TYPE_CHECKING is True:
            import a4
        if TYPE_CHECKING is False:
            import b4
        try:
            import c1
        except ImportError:
            import c2
        else:
            import d1
        class A:
            def m(self):
                import e1
                if x:
                    try:
                        import e2
                    finally:
                        import e3
    """).imports
    places = {
        each.names[0]: (each.type_checking, each.in_try, each.in_function) for each in found[2:]
    }
    assert {name for name, place in places.items() if place[0]} == {"a1", "a2", "a3", "a4"}
    assert {name for name, place in places.items() if place[1]} == {"c1", "c2", "e2"}
    assert {name for name, place in places.items() if place[2]} == {"e1", "e2", "e3"}
    assert {each.symbol for each in found if each.in_function} == {"A.m"}


def test_digests_tell_apart_what_is_imported() -> None:
    found = facts("""
        import a
        import b
        from a import b
        from a import b as c
        from a import b, c
    """).imports
    assert len({each.digest for each in found}) == 5


def test_digests_know_neither_order_nor_the_package() -> None:
    found = facts("""
        from a import b, c
        from store.a import (
            c, b,
        )
        from .a import c, b
    """).imports
    assert len({each.digest for each in found}) == 1
    assert len(found[0].digest) == 16


@pytest.mark.parametrize(
    ("source", "imports_only"),
    [
        ('"""Docs."""\nfrom .a import b\n__all__ = ["b"]\n__all__ += ["c"]', True),
        ("", True),
        ("try:\n    import a\nexcept ImportError:\n    pass", True),
        ("if x:\n    import a", True),
        ("import a\nb = a.c", False),
        ("import a\na.setup()", False),
        ("from a import b\ndef f(): ...", False),
    ],
)
def test_modules_of_imports_only(source: str, imports_only: bool) -> None:
    assert facts(source).imports_only is imports_only


@pytest.mark.parametrize(
    ("source", "has_guard"),
    [
        ('if __name__ == "__main__":\n    f()', True),
        ("if '__main__' == __name__:\n    f()", True),
        ('if __name__ == "__main__" and x:\n    f()', True),
        ('if __name__ != "__main__":\n    f()', False),
        ('def f():\n    if __name__ == "__main__":\n        g()', False),
        ('if name == "__main__":\n    f()', False),
    ],
)
def test_main_guards(source: str, has_guard: bool) -> None:
    assert facts(source).has_main_guard is has_guard


def test_statements_are_counted_at_every_depth() -> None:
    assert (
        facts("import a\nif b:\n    c = 1; d = 2\nclass E:\n    def f(self): pass").statements == 7
    )
