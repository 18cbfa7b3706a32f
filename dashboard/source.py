"""Source of a scanned repository as lines of marked-up text.

Pygments names the tokens and only its class names reach the page; every character of the source
goes through Django's escaping, and hidden ones are shown by their number. Lines are counted as
Python counts them. A file is shown in parts, so that a page stays light whatever the file.
"""

from __future__ import annotations

import codecs
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from pygments.lexers import PythonLexer
from pygments.token import STANDARD_TYPES, _TokenType

from dashboard.visible import HIDDEN, name_of

PART_LINES: Final = 2_000
LINE_CHARACTERS: Final = 1_000
LEXED_CHARACTERS: Final = 1_000_000
LEXING_SECONDS: Final = 2.0

_COOKIE: Final = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_BLANK: Final = re.compile(rb"^[ \t\f]*(?:#.*)?$")
_ENCODINGS: Final = re.compile(
    r"utf-8|ascii|cp\d+|iso8859-\d+|koi8-[rtu]|mac-\w+|shift_jis\w*|euc_\w+|gb\w+|big5\w*"
)
_CLASSES: Final = frozenset(
    {"k", "kn", "kc", "kd", "kr", "ow"}  # words of the language
    | {"s1", "s2", "sd", "sa", "si", "se", "sr", "sb", "sh"}  # strings
    | {"mi", "mf", "mh", "mo", "mb", "il"}  # numbers
    | {"c1", "ch", "nd", "nf", "fm", "nc"}  # comments, decorators, names that are defined
)

Run = tuple[str, str]
"""A stretch of one line: the class of its token ("" for none) and its text."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line, ready for the page."""

    number: int
    html: SafeString
    is_cut: bool  # longer than LINE_CHARACTERS


@dataclass(frozen=True, slots=True)
class SourcePart:
    """A window on a file. `first` and `last` are line numbers, 0 and 0 for an empty file."""

    lines: tuple[SourceLine, ...]
    first: int
    last: int
    total: int
    is_plain: bool  # too large or too slow to name its tokens
    hidden: int  # hidden characters in this part

    @property
    def previous(self) -> int:
        """The first line of the part before this one; 0 when there is none."""
        return self.first - PART_LINES if self.first > PART_LINES else 0

    @property
    def next(self) -> int:
        """The first line of the part after this one; 0 when there is none."""
        return self.last + 1 if self.last < self.total else 0


def part_start(line: int) -> int:
    """The first line of the part that holds a line."""
    return (max(line, 1) - 1) // PART_LINES * PART_LINES + 1


def decode_source(source: bytes) -> str:
    """Text of a module by its coding cookie; what cannot be read becomes a replacement mark.

    Line ends become plain line feeds, as Python sees them.
    """
    text = source.removeprefix(codecs.BOM_UTF8).decode(_encoding(source), errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_part(source: bytes, line: int = 1) -> SourcePart:
    """The part of a module that holds a line."""
    text = decode_source(source)
    raw = text.removesuffix("\n").split("\n") if text else []
    first = min(part_start(line), part_start(len(raw)))
    last = min(first + PART_LINES - 1, len(raw))
    runs, is_plain = _runs(text, raw, first, last)
    lines = tuple(
        SourceLine(number, _markup(row), len(raw[number - 1]) > LINE_CHARACTERS)
        for number, row in enumerate(runs, start=first)
    )
    hidden = sum(len(HIDDEN.findall(item)) for item in raw[first - 1 : last])
    return SourcePart(lines, first if raw else 0, last, len(raw), is_plain, hidden)


def _encoding(source: bytes) -> str:
    """The declared encoding, if it is one of the character sets Python knows; else UTF-8."""
    for line in source.splitlines()[:2]:
        match = _COOKIE.match(line)
        if match:
            return _known(match.group(1).decode("ascii", "replace"))
        if not _BLANK.match(line):
            break
    return "utf-8"


def _known(name: str) -> str:
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return "utf-8"
    return found if _ENCODINGS.fullmatch(found) else "utf-8"


def _runs(text: str, raw: list[str], first: int, last: int) -> tuple[list[list[Run]], bool]:
    """Rows of runs for the lines asked for, and whether their tokens stay unnamed."""
    longest = max(map(len, raw), default=0)
    if len(text) <= LEXED_CHARACTERS and longest <= 20 * LINE_CHARACTERS:
        rows = _lexed(text, first, last)
        if rows is not None and len(rows) == last - first + 1:
            return rows, False
    return [[("", line)] for line in raw[first - 1 : last]], True


def _lexed(text: str, first: int, last: int) -> list[list[Run]] | None:
    """The lines as runs; None when naming the tokens takes too long."""
    deadline = time.monotonic() + LEXING_SECONDS
    rows: list[list[Run]] = [[]]
    for count, (name, part) in enumerate(_tokens(text)):
        if count % 512 == 0 and time.monotonic() > deadline:
            return None
        for index, piece in enumerate(part.split("\n")):
            if index:
                rows.append([])
                if len(rows) > last:
                    return rows[first - 1 : last]
            if piece:
                _append(rows[-1], name, piece)
    return rows[first - 1 : last]


def _append(row: list[Run], name: str, piece: str) -> None:
    if row and row[-1][0] == name:
        row[-1] = (name, row[-1][1] + piece)
    else:
        row.append((name, piece))


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    lexer = PythonLexer(stripnl=False, ensurenl=False)
    for token, part in lexer.get_tokens(text):
        yield _class(token), part


def _class(token: _TokenType) -> str:
    name = STANDARD_TYPES.get(token, "")
    return name if name in _CLASSES else ""


def _markup(row: list[Run]) -> SafeString:
    """One line as escaped text with classes only, cut at LINE_CHARACTERS."""
    left = LINE_CHARACTERS
    parts = []
    for name, text in row:
        shown = _plain(text[:left])
        parts.append(format_html('<span class="{}">{}</span>', name, shown) if name else shown)
        left -= len(text)
        if left <= 0:
            break
    return format_html_join("", "{}", ((part,) for part in parts))


def _plain(text: str) -> SafeString:
    """Escaped text; hidden characters become marks with their number."""
    if not HIDDEN.search(text):
        return format_html("{}", text)
    return format_html_join("", "{}", ((piece,) for piece in _pieces(text)))


def _pieces(text: str) -> Iterator[str | SafeString]:
    at = 0
    for match in HIDDEN.finditer(text):
        yield text[at : match.start()]
        yield format_html('<span class="odd">{}</span>', name_of(match.group()))
        at = match.end()
    yield text[at:]
