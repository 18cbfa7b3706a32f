"""What is broken stays broken: rewriting mends nothing."""

from __future__ import annotations

import pytest

from scanner.child import reasons
from scanner.domain.facts import Unmeasured
from tests.scanner.rewriting.texts import rewritten

BROKEN = (
    "x = 1",  # nothing newer: whatever was wrong is not for this child
    "def f(:",
    "def f[](x): ...",
    "def f[T:](x): ...",
    "def f[T=](x): ...",
    "def f[T U](x): ...",
    "def f[T, , U](x): ...",
    "def f[,](x): ...",
    "def f[*](x): ...",
    "def f[*Ts: int](x): ...",
    "def f[**P: int](x): ...",
    "def f[T: *int](x): ...",
    "def f[T = *int](x): ...",
    "def f[T: (yield)](x): ...\ndef g(:",
    "def f[T: x := 1](x): ...",
    "def f[T: yield](x): ...",
    "def f[T = int, U: str = ](x): ...",
    "def f[T.U](x): ...",
    "def f[1](x): ...",
    "def f[if](x): ...",
    "def f[T][U](x): ...",
    "def f[*T = *lambda: 1](x): ...",
    "def f[T(x): ...",
    "def f[T = int\\](x): ...",
    "try: pass\nexcept A, B\\: pass",
    "type X = int\\",
    'f"{x["a"]\\}"',
    "[*x\\ for x in y]",
    "def f[T",
    "class C[T](: ...",
    "class C[T] B: ...",
    "lambda [T]: 1",
    "type X",
    "type X =",
    "type X[] = int",
    "type X = int, str",
    "type X = *int",
    "type X = yield",
    "type X = y := 1",
    "type X = Y = int",
    "type x.y = int",
    "type X: int = str",
    "type X\n[T] = int",
    "type\nX = int",
    "type X[T]\n= int",
    "type X[T] += 1",
    "try: pass\nexcept A, B as e: pass",
    "try: pass\nexcept A as e, B: pass",
    "try: pass\nexcept A, *B: pass",
    "try: pass\nexcept A, x := B: pass",
    "try: pass\nexcept A, yield: pass",
    "try: pass\nexcept A, B pass",
    "try: pass\nexcept A,\n  B: pass",
    "try: pass\nexcept A\n, B: pass",
    "try: pass\nexcept\nA, B: pass",
    "try: pass\nexcept , B: pass",
    'f"{x["a"]"',
    'f"{x["a"}"',
    'f"{["a"}"',
    'f"{"a" if}"',
    'f"{x["a"]!z}"',
    'f"{x["a"]:{}}"',
    'f"{"a" for x in y}"',
    'f"{x := "a"}"',
    'f"{lambda: "a"}"',
    'f"{y, lambda x: "a"}"',
    'f"a\n{"b"}"',
    'f"{\n"b"\n}c\n"',
    'f"{x["a"]:b\n}"',
    'f"{x["a"]:{\ny\n}\n}"',
    't"a" "b"',
    '"a" t"{b}"',
    't"a" f"{b}"',
    "t'",
    'print "no", f"{x["a"]}"',
    "exec 'x' in y\ntype X = int",
    "def f[T](x): ...\n    x = 1",
    "def f[T](x): ...\nx = (",
    "def f[T](x): ...\nx = 'a",
    "def f[T](x): ...\n\tif x:\n        y",
    "lazy from x import *",
    "lazy from __future__ import annotations",
    "lazy import",
    "lazy x",
    "lazy = 1\nlazy(import x)",
    "def f():\n    lazy import x",
    "class C:\n    lazy from x import y",
    "try:\n    lazy import x\nfinally: pass",
    "[*x or y for x in y]",
    "[*x, y for x in y]",
    "[* for x in y]",
    "[**x for x in y]",
    "{x: *y for x in y}",
    "{*x: y for x in y}",
    "{**x: y for x in y}",
    "{x: **y for x in y}",
    "f(x, *y for y in z)",
)


@pytest.mark.parametrize("text", BROKEN)
def test_a_syntax_error_stays_one(text: str) -> None:
    found = rewritten(text)
    assert isinstance(found, Unmeasured)
    assert found.reason == reasons.SYNTAX


def test_a_broken_line_among_newer_ones_takes_the_module_with_it() -> None:
    lines = ["def f[T](x): ...", 'y = f"{x["a"]}"', "type X = int", "try: pass", "except A, B: ..."]
    assert not isinstance(rewritten("\n".join(lines)), Unmeasured)
    for place in range(len(lines) + 1):
        spoilt = "\n".join([*lines[:place], "def g[T](:", *lines[place:]])
        assert isinstance(rewritten(spoilt), Unmeasured)
