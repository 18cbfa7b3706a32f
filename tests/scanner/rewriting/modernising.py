"""Old modules in newer syntax, by plain replacements: what rewriting has to undo.

No line is added or taken away, and nothing that facts tell of changes.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate
from typing import Final, NamedTuple

from scanner.child.source import decode

PARAMETERS: Final = "type parameters"
DEFAULTS: Final = "defaults of type parameters"
EXCEPTS: Final = "exceptions without parentheses"
QUOTES: Final = "fields with the quotes of their string"
ESCAPES: Final = "fields with a backslash"
ROOM: Final = "fields with room after the conversion"
LINES: Final = "line ends inside fields, or taken from behind them"
ALIASES: Final = "type statements"
KINDS: Final = (PARAMETERS, DEFAULTS, EXCEPTS, QUOTES, ESCAPES, ROOM, LINES, ALIASES)

_LISTS: Final = (
    b"[T]",
    b"[T: int]",
    b"[*Ts]",
    b"[ T : dict [ str , 'x' ] , **P , ]",
    b"[T = str]",
    b"[T: (int, str) = int, *Ts = *tuple[int, ...]]",
    b"[T, U: list[T] = list[T], **P = [int, str]]",
)
_STRINGS: Final = (
    re.compile(rb'(?<!\w)[fF]"(?!")(?P<text>(?:[^"\\{}\n]|\{\{|\}\}|\{[^{}"\\\n]*\})*)"'),
    re.compile(rb"(?<!\w)[fF]'(?!')(?P<text>(?:[^'\\{}\n]|\{\{|\}\}|\{[^{}'\\\n]*\})*)'"),
    re.compile(rb'(?<!\w)[fF]"""(?P<text>(?:[^"\\{}]|\{\{|\}\}|\{[^{}"\\\n]*\})*)"""'),
)
_FIELD: Final = re.compile(rb"(?<!\{)\{([^{}\\\n]*)\}(?!\})")
_TEXT: Final = re.compile(rb"""(?<!\w)(['"])(?!\1)([A-Za-z])([^'"\\]*)\1""")
_CONVERSION: Final = re.compile(rb"(?<=[\w\])])![rsa]$")
_LINE_END: Final = re.compile(rb",?(?P<end>\n[ ]*)(?=[^\s#])")


class Edit(NamedTuple):
    """Bytes from `start` up to `end` become `new`."""

    start: int
    end: int
    new: bytes
    kind: str


class Modernised(NamedTuple):
    """The module in newer syntax, and how often each kind was brought in."""

    source: bytes
    counts: Counter[str]


def modernise(source: bytes) -> Modernised:
    """Bring in as much as there is a place for. Raises SyntaxError when it does not parse."""
    text = decode(source)
    tree = ast.parse(text)
    module = _Module(text.encode())
    edits = sorted({edit.start: edit for edit in _edits(tree, module)}.values())
    pieces: list[bytes] = []
    reached = 0
    for edit in edits:
        pieces += (module.data[reached : edit.start], edit.new)
        reached = edit.end
    pieces.append(module.data[reached:])
    return Modernised(b"".join(pieces), Counter(edit.kind for edit in edits))


class _Module:
    """The bytes of a module, found by lines and columns."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._starts = [0, *accumulate(len(line) + 1 for line in data.split(b"\n"))]

    def span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        """Where a node begins and ends."""
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        start = self._starts[node.lineno - 1] + node.col_offset
        return start, self._starts[node.end_lineno - 1] + node.end_col_offset


def _edits(tree: ast.Module, module: _Module) -> Iterator[Edit]:
    inside: set[int] = set()
    arguments: set[int] = set()
    for number, node in enumerate(ast.walk(tree)):
        if isinstance(node, ast.Call):
            arguments |= {id(each) for each in node.args}
        elif isinstance(node, ast.JoinedStr):
            if id(node) not in inside:
                yield from _string(node, module, in_brackets=id(node) in arguments)
            inside |= {id(each) for each in ast.walk(node)}
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield from _definition(node, module, _LISTS[number % len(_LISTS)])
        elif isinstance(node, ast.ExceptHandler):
            yield from _handler(node, module)
        elif isinstance(node, ast.AnnAssign):
            yield from _alias(node, module)


def _definition(
    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, module: _Module, brackets: bytes
) -> Iterator[Edit]:
    head = rb"(?:async[ ]+)?(?:def|class)[ ]+" + re.escape(node.name.encode())
    found = re.compile(head).match(module.data, module.span(node)[0])
    if found:
        kind = DEFAULTS if b"=" in brackets else PARAMETERS
        yield Edit(found.end(), found.end(), brackets, kind)


def _handler(node: ast.ExceptHandler, module: _Module) -> Iterator[Edit]:
    """`except (A, B):` on one line."""
    types = node.type
    if not isinstance(types, ast.Tuple) or len(types.elts) < 2 or node.name:
        return
    start, end = module.span(types)
    text = module.data[start:end]
    plain = b"\n" not in text and b"#" not in text and not text[:-1].rstrip().endswith(b",")
    if plain and not any(isinstance(each, ast.Starred) for each in types.elts):
        room = b"" if module.data[start - 1 : start].isspace() else b" "
        yield Edit(start, end, room + text[1:-1], EXCEPTS)


def _alias(node: ast.AnnAssign, module: _Module) -> Iterator[Edit]:
    """`X: TypeAlias = value`, with or without quotes."""
    name = getattr(node.annotation, "attr", getattr(node.annotation, "id", ""))
    if name == "TypeAlias" and isinstance(node.target, ast.Name) and node.value is not None:
        start, end = module.span(node.target)[0], module.span(node.annotation)[1]
        yield Edit(start, end, b"type " + node.target.id.encode(), ALIASES)


def _string(node: ast.JoinedStr, module: _Module, *, in_brackets: bool) -> Iterator[Edit]:
    """What stands in quotes inside the fields gets the quotes of the string, or a backslash.

    Where a line ends after the string, it ends in its last field instead.
    """
    start, end = module.span(node)
    for pattern in _STRINGS:
        for string in pattern.finditer(module.data, start, end):
            fields = list(_FIELD.finditer(module.data, *string.span("text")))
            for field in fields:
                yield from _value(field, module)
            line_end = _LINE_END.match(module.data, string.end())
            if in_brackets and fields and line_end:
                conversion = _CONVERSION.search(fields[-1][1])
                if b":" not in fields[-1][1] and b"=" not in fields[-1][1] and not conversion:
                    yield Edit(fields[-1].end(1), fields[-1].end(1), b"\n", LINES)
                    yield Edit(*line_end.span("end"), b" ", LINES)


def _value(field: re.Match[bytes], module: _Module) -> Iterator[Edit]:
    quote = b"'" if b'"' in field[1] else b'"'
    for number, text in enumerate(_TEXT.finditer(module.data, field.start(1), field.end(1))):
        if (field.start() + number) % 2:
            escaped = rb"%s\x%02x%s%s" % (text[1], text[2][0], text[3], text[1])
            yield Edit(text.start(), text.end(), escaped, ESCAPES)
        else:
            yield Edit(text.start(), text.end(), quote + text[2] + text[3] + quote, QUOTES)
    conversion = _CONVERSION.search(field[1])
    if conversion:
        yield Edit(field.end(1), field.end(1), b" ", ROOM)
