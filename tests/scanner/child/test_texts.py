"""Lines, headers, encodings, literal tables, pragmas and digests."""

from __future__ import annotations

import ast

import pytest

from scanner.analysis.extraction import module_facts
from scanner.child.digests import digest
from scanner.domain.facts import Module
from tests.scanner.child.facts import facts

LINES = {
    b"": 0,
    b"a": 1,
    b"a\n": 1,
    b"a\nb": 2,
    b"a\r\nb\r\n": 2,
    b"a\rb": 2,
    b"\n\n": 2,
    b"'''\x0c\n'''\n": 2,
}


@pytest.mark.parametrize(("source", "lines"), LINES.items(), ids=map(repr, LINES))
def test_lines(source: bytes, lines: int) -> None:
    found = module_facts(source)
    assert isinstance(found, Module)
    assert found.lines == lines


HEADERS = {
    "#!/bin/python\n# Made by hand.\n\n'''Docs\nof it.'''\nx = 1": (
        "#!/bin/python\n# Made by hand.\nDocs\nof it."
    ),
    "import a\n# later": "",
    "'''Docs.'''": "Docs.",
    "\n\n# deep\nx": "# deep",
    "": "",
}


@pytest.mark.parametrize(("source", "header"), HEADERS.items(), ids=map(repr, HEADERS))
def test_headers(source: str, header: str) -> None:
    assert facts(source).header == header


def test_headers_are_cut() -> None:
    assert len(facts(f"'''{'x' * 400}'''").header) == 300
    assert len(facts("# so\n" * 200).header) <= 300


@pytest.mark.parametrize(
    "source",
    [
        b"\xef\xbb\xbf# \xc3\xa9\nx = '\xc3\xa9'  # type: ignore\n",
        b"# -*- coding: latin-1 -*-\nx = '\xe9'  # type: ignore\n",
        b"#!/bin/sh\n# vim: set fileencoding=cp1252 :\nx = '\x93'  # type: ignore\n",
        b"# coding: shift_jis\nx = '\x83\x5c'  # type: ignore\n",
        b"\r\n# coding=iso-8859-15\rx = '\xa4'  # type: ignore\r\n",
    ],
)
def test_codings_are_honoured(source: bytes) -> None:
    found = module_facts(source)
    assert isinstance(found, Module)
    assert [pragma.line for pragma in found.pragmas] == [found.lines]


def test_literal_tables() -> None:
    rows = "\n".join(f"    'k{number}': ({number}, -1, 60 * 60)," for number in range(6))
    items = rows.replace(":", ",")
    found = facts(
        f"A = {{\n{rows}\n}}\nB: list[str] = [\n{items}\n]\nC = frozenset((\n{items}\n))\n"
        f"D = {{\n{rows}\n    'x': name,\n}}\nE = dict(\n{items}\n)\nF = {{1: 2}}\n"
        f"class G:\n    H = [\n{items}\n    ]\n"
        f"def f():\n    return {{\n{rows}\n}}\nif x:\n    A |= {{\n{rows}\n}}\n"
    ).literal_tables
    assert [(each.line, each.end_line) for each in found] == [
        (1, 8),
        (9, 16),
        (17, 24),
        (44, 51),
        (62, 69),
    ]


def test_pragmas() -> None:
    found = facts("""
        a = 1  # type: ignore
        b = 2  # type: ignore[arg-type, misc]  # the stubs are wrong
        c = 3  # codevitals: ignore[FS01, CX02] - made by a machine
        d = 4  # codevitals: ignore
        e = "# type: ignore"
        f = 6  # see type: ignore
    """).pragmas
    assert [(each.line, each.kind, each.codes, each.reason) for each in found] == [
        (1, "type-ignore", (), ""),
        (2, "type-ignore", ("arg-type", "misc"), "the stubs are wrong"),
        (3, "codevitals", ("FS01", "CX02"), "made by a machine"),
        (4, "codevitals", (), ""),
    ]


SAME = [
    ("x = 'a'", 'x   =   """a"""'),
    ("f(a, b)", "f(\n    a,\n    b,\n)"),
    ("x = 'a' 'b'", "x = 'ab'"),
    ("x = f'a{b}' 'c'", 'x = f"a" f"{b}c"'),
    ("x = f'{a:}'", "x = f'{a}'"),
    ("(a, b)", "a, b"),
    ("x = 0x10", "x = 16"),
    ("if a:\n    b  # why", "if a: b"),
    ("x = u'a'", "x = 'a'"),
]
DIFFERENT = [
    ("x = 'a'", "x = b'a'"),
    ("x = 1", "x = 1.0"),
    ("x = 1", "x = True"),
    ("x = 1", "x = '1'"),
    ("x = None", "x = 'None'"),
    ("f(a, b)", "f(a, c=b)"),
    ("f(a)(b)", "f(a, b)"),
    ("[a, [b]]", "[a, b]"),
    ("a < b", "a <= b"),
    ("x = f'{a!r}'", "x = f'{a}'"),
    ("x = f'{a}'", "x = 'a'"),
    ("def f(): a\nb", "def f():\n    a\n    b"),
    ("async def f(): a", "def f(): a"),
    ("from .a import b", "from a import b"),
]


def _digest(source: str) -> str:
    return digest(ast.parse(source))


@pytest.mark.parametrize(("one", "other"), SAME)
def test_formatting_changes_no_digest(one: str, other: str) -> None:
    assert _digest(one) == _digest(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_meaning_changes_the_digest(one: str, other: str) -> None:
    assert _digest(one) != _digest(other)


@pytest.mark.parametrize(
    "source",
    ["x = 0x" + "9" * 5000, "x = '\\ud800'", "x = 1e999", "x = 1j", "x = ...", "x = b'\\0'"],
)
def test_odd_constants_have_digests(source: str) -> None:
    assert len(_digest(source)) == 16
