"""Each newer construct is read as its older shape is, and says what it was."""

from __future__ import annotations

import pytest

from scanner.analysis.extraction import facts_of
from scanner.analysis.rewriting_child.work import read
from scanner.domain.facts import Module
from tests.scanner.rewriting.texts import plain, rewritten, without_mark

PARAMETERS = ("type parameters",)
F_STRINGS = ("f-strings",)
LAZY = ("lazy imports",)
UNPACKED = ("unpacking in comprehensions",)
EXCEPTS = ("exceptions without parentheses",)

PAIRS = {
    "a generic function": ("def f[T](x: T) -> T: ...", "def f(x: T) -> T: ...", PARAMETERS),
    "an async one": ("async def f[**P](x: int): ...", "async def f(x: int): ...", PARAMETERS),
    "a generic class": ("class C[T, *Ts](B): x: T = 1", "class C(B): x: T = 1", PARAMETERS),
    "a class without bases": ("class C[T]: ...", "class C: ...", PARAMETERS),
    "bounds and defaults": (
        "class C[T: (int, str) = str, *Ts = *tuple[int, ...], **P = [int],](B): ...",
        "class C(B): ...",
        PARAMETERS,
    ),
    "defaults at several depths": (
        "class A[T = int]:\n    def f[U: T = T, V = 'U'](self) -> None: ...\n"
        "    async def g[U](self, *a: int) -> dict[str, U]:\n        return {k: v for k, v in a}\n",
        "class A:\n    def f(self) -> None: ...\n"
        "    async def g(self, *a: int) -> dict[str, U]:\n        return {k: v for k, v in a}\n",
        PARAMETERS,
    ),
    "parameters over lines": (
        "def f[\n  T: int,  # why not\n\n  U = dict[str, T],\n](\n  x: T\n) -> U:\n    return x",
        "def f(\n\n\n\n\n  x: T  # why not\n) -> U:\n    return x",
        PARAMETERS,
    ),
    "other letters": (
        "class Größe[Ä: Übung = Übung]: é = 'ü'",
        "class Größe: é = 'ü'",
        PARAMETERS,
    ),
    "exceptions": (
        "try:\n    f()\nexcept A, b.C:\n    pass",
        "try:\n    f()\nexcept (A, b.C):\n    pass",
        EXCEPTS,
    ),
    "a group of exceptions, on one line": (
        "try: f()\nexcept* A, B, C: raise",
        "try: f()\nexcept* (A, B, C): raise",
        EXCEPTS,
    ),
    "exceptions over lines": (
        "try: f()\nexcept A, \\\n    g(\n): pass",
        "try: f()\nexcept (A,\n    g(\n)): pass",
        EXCEPTS,
    ),
    "lazy imports": (
        "lazy import a.b\nif x:\n  lazy  from . import (\n    c\n  )\nlazy = 'lazy import d'",
        "import a.b\nif x:\n  from . import (\n    c\n  )\nlazy = 'lazy import d'",
        LAZY,
    ),
    "the same quotes": (
        """x = f"{os.getenv("A")} {f"{y["b"]!r:>{z["w"]}}"}" """,
        """x = f'''{os.getenv("A")} {f"{y['b']!r:>{z['w']}}"}''' """,
        F_STRINGS,
    ),
    "a backslash": (
        r"""raise A(f"{"\x61".join(x)} {'\x62'}")""",
        """raise A(f"{'a'.join(x)} {'b'}")""",
        F_STRINGS,
    ),
    "a field over lines, with a comment": (
        'x = f"a{\n    g(  # why "not"\n        y\n    )\n!r\n:>10}b"\nz = 1',
        'x = f"""a{\n    g(\n        y\n    )\n!r:>10}b"""  # why "not"\nz = 1\n\n',
        F_STRINGS,
    ),
    "a raw one": (
        r"""x = rf"\d{y["a"]}\{z}" """,
        r"""x = rf"\d{y['a']}\{z}" """,
        F_STRINGS,
    ),
    "one beside others": (
        """x = ("a{" f"{y["b"]}" 'c' f'{z}')""",
        """x = ("a{" f"{y['b']}" 'c' f'{z}')""",
        F_STRINGS,
    ),
}


def in_handler(text: str) -> str:
    """The module in a handler, whose digest shows every node of it."""
    body = "\n".join(f"    {line}" for line in text.split("\n"))
    return f"try:\n    pass\nexcept E as e:\n{body}\n"


@pytest.mark.parametrize(("newer", "older", "constructs"), PAIRS.values(), ids=PAIRS)
def test_facts_are_those_of_the_older_shape(
    newer: str, older: str, constructs: tuple[str, ...]
) -> None:
    found = rewritten(newer)
    assert isinstance(found, Module)
    assert found.rewritten == constructs
    expected = plain(older)
    assert isinstance(expected, Module)
    assert without_mark(found)._replace(lines=0) == expected._replace(lines=0)


ONE_LINE = {name: pair for name, pair in PAIRS.items() if "\n" not in pair[0]}


@pytest.mark.parametrize(("newer", "older", "constructs"), ONE_LINE.values(), ids=ONE_LINE)
def test_nodes_are_those_of_the_older_shape(
    newer: str, older: str, constructs: tuple[str, ...]
) -> None:
    assert without_mark(rewritten(in_handler(newer))) == plain(in_handler(older))


def test_a_field_that_shows_itself() -> None:
    shown = rewritten(in_handler("""raise A(f"{ d["a"] = }")"""))
    written = plain(in_handler("""raise A(f''' d["a"] = {d["a"]!r}''')"""))
    assert without_mark(shown) == written
    with_comment = rewritten(in_handler("""raise A(f"{d["a"] # why\n=}")"""))
    older = """raise A(f'''d["a"] \n={d["a"]!r}''')  # why"""
    assert without_mark(with_comment) == plain(in_handler(older))
    with_format = rewritten(in_handler("""raise A(f"{d["a"]=:>9}")"""))
    assert without_mark(with_format) == plain(in_handler("""raise A(f'''d["a"]={d["a"]:>9}''')"""))


def test_a_type_alias_is_a_statement_of_its_own() -> None:
    found = rewritten(
        """
        type A = list[int]
        type B[
            T: int = bool,
        ] = dict[str, T]
        class C:
            type D = C; x = 1
            type \\
              E \\
                [T] = C
        if x: type = 3
        """
    )
    assert isinstance(found, Module)
    assert found.rewritten == ("type aliases",)
    assert found.statements == 8
    assert found.classes[0].line == 5


def test_unpacking_in_comprehensions() -> None:
    listed = (
        "[*f(x) for x in y]",
        "{*f(x) for x in y}",
        "g(*f(x) for x in y)",
        "(*x.y | z for x in y)",
    )
    found = [rewritten(in_handler(f"raise A({text})")) for text in listed]
    plainly = [plain(in_handler(f"raise A({text.replace('*', '')})")) for text in listed]
    for newer, older in zip(found, plainly, strict=True):
        assert isinstance(newer, Module)
        assert isinstance(older, Module)
        assert newer.rewritten == UNPACKED
        assert newer.handlers[0].calls == older.handlers[0].calls
        assert newer.handlers[0].digest != older.handlers[0].digest


def test_names_of_an_alias_show_in_digests() -> None:
    digests = [
        module.handlers[0].digest
        for module in map(rewritten, map(in_handler, ("type A = int", "type B = int")))
        if isinstance(module, Module)
    ]
    assert len(set(digests)) == 2


def test_template_strings_are_no_f_strings() -> None:
    texts = ('t"a{b["c"]}"', "t'a{b['c']}'", 't"a" t"{b["c"]}"', 'Tr"a{b["c"]}"', 'f"a{b["c"]}"')
    found = [rewritten(in_handler(f"log({text})")) for text in texts]
    assert all(isinstance(each, Module) for each in found)
    same, other = found[:4], found[4]
    assert len({each.handlers[0].digest for each in same if isinstance(each, Module)}) == 1
    assert isinstance(other, Module)
    assert isinstance(found[0], Module)
    assert other.handlers[0].digest != found[0].handlers[0].digest
    assert found[0].rewritten == ("f-strings", "template strings")


def test_everything_at_once_keeps_its_lines() -> None:
    found = rewritten(
        '''
        # -*- coding: utf-8 -*-
        """Doc of f"{it["self"]}"."""
        import os
        type Key[
            T
        ] = dict[str, T]
        def f[T: int = int](x: T) -> str:
            """def no[T](): f"{"no"}" except A, B:"""
            try:
                return f"{os.getenv("HOME", "/")
                }"
            except OSError, ValueError:  # nothing to be done
                pass
        class C[T](Base[T]):
            def g(self): return t"{self}"
        '''
    )
    assert isinstance(found, Module)
    assert found.lines == 15
    assert found.header.startswith("# -*- coding")
    assert [(each.name, each.line, each.end_line) for each in found.functions] == [
        ("f", 7, 13),
        ("C.g", 15, 15),
    ]
    (handler,) = found.handlers
    assert (handler.line, handler.types, handler.commented) == (12, ("OSError", "ValueError"), True)
    assert [(each.line, each.key) for each in found.environment_reads] == [(10, "HOME")]
    assert found.rewritten == (
        "exceptions without parentheses",
        "f-strings",
        "template strings",
        "type aliases",
        "type parameters",
    )


def test_another_encoding_and_other_line_ends() -> None:
    text = '# coding: latin-1\r\ndef f[T](é: T): ...\r\nx = f"{é["ü"]}"\r\n'
    found = facts_of(read(text.encode("latin-1")))
    assert isinstance(found, Module)
    assert (found.lines, found.functions[0].slots[0].name) == (3, "é")
