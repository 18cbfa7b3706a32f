"""Source on a page: lines as Python counts them, classes only, nothing hidden, nothing run."""

from __future__ import annotations

import ast
import re
from html import unescape

import pytest

from dashboard.source import LINE_CHARACTERS, PART_LINES, decode_source, part_start, read_part
from dashboard.visible import visible

TAG = re.compile(r"</?[a-z][^>]*>")
ALLOWED = re.compile(r'<span class="[a-z0-9]+">|</span>')


def shown(html: str) -> str:
    """What a reader sees of a line."""
    return unescape(TAG.sub("", html))


def test_it_names_tokens_by_class_alone() -> None:
    part = read_part(b'import os\nNAME = "x" if 1 < 2 else None\n')

    assert part.lines[0].html == '<span class="kn">import</span> os'
    assert '<span class="s2">&quot;x&quot;</span>' in part.lines[1].html
    assert [shown(line.html) for line in part.lines] == [
        "import os",
        'NAME = "x" if 1 < 2 else None',
    ]


def test_markup_in_source_is_text() -> None:
    hostile = b"# <script>alert(1)</script>\nx = '<img src=x onerror=alert(1)>' # \"'&\n"

    for line in read_part(hostile).lines:
        assert all(ALLOWED.fullmatch(tag) for tag in TAG.findall(line.html))


def test_a_string_over_many_lines_keeps_its_class_on_each() -> None:
    part = read_part(b'"""One\ntwo\n"""\nx = 1\n', 1)

    assert [line.html.startswith('<span class="sd">') for line in part.lines] == [
        True,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    "source",
    [
        b"a = 1\r\nb = 2\r\n",
        b"a = 1\rb = 2\r",
        b"a = 1\n\x0cb = 2\n",
        b"a = '\xc2\x85\xe2\x80\xa8'\nb = 2",
        b"a = 1\n\x1c\x1d#\nb = 2",
    ],
)
def test_lines_are_counted_as_python_counts_them(source: bytes) -> None:
    part = read_part(source)
    text = decode_source(source).replace("\x1c\x1d", "")
    last = ast.parse(text).body[-1].lineno

    assert part.total == last
    assert shown(part.lines[last - 1].html).endswith("b = 2")


def test_an_empty_file_has_no_lines() -> None:
    part = read_part(b"")

    assert (part.lines, part.first, part.last, part.total) == ((), 0, 0, 0)


def test_characters_that_hide_are_shown_by_number() -> None:
    part = read_part("access = 'user\u202e'  # \u200bcheck\x07\n".encode())

    assert part.hidden == 3
    assert '<span class="odd">[U+202E]</span>' in part.lines[0].html
    assert shown(part.lines[0].html) == "access = 'user[U+202E]'  # [U+200B]check[U+0007]"


def test_the_coding_cookie_is_honoured() -> None:
    latin = "# -*- coding: latin-1 -*-\nname = 'caf\xe9'\n".encode("latin-1")

    assert "caf\xe9" in decode_source(latin)


@pytest.mark.parametrize("name", ["zlib_codec", "rot13", "punycode", "utf-7", "idna", "nonsense"])
def test_a_cookie_that_is_no_character_set_falls_back_to_utf_8(name: str) -> None:
    source = f"# coding: {name}\nname = '\u00e9+AGE-'\n".encode()

    assert decode_source(source) == source.decode()


def test_bytes_that_are_no_text_are_replaced() -> None:
    assert decode_source(b"x = '\xff'\n") == "x = '\ufffd'\n"


def test_a_long_file_is_shown_in_parts() -> None:
    source = "".join(f"x{number} = {number}\n" for number in range(1, 2 * PART_LINES + 11)).encode()

    first, second, third = (
        read_part(source, line) for line in (1, PART_LINES + 1, 2 * PART_LINES + 10)
    )

    assert (first.first, first.last, first.previous, first.next) == (
        1,
        PART_LINES,
        0,
        PART_LINES + 1,
    )
    assert (second.first, second.previous, second.next) == (
        PART_LINES + 1,
        1,
        2 * PART_LINES + 1,
    )
    assert (third.first, third.last, third.next) == (2 * PART_LINES + 1, 2 * PART_LINES + 10, 0)
    assert shown(third.lines[0].html) == f"x{2 * PART_LINES + 1} = {2 * PART_LINES + 1}"


def test_a_line_beyond_the_end_shows_the_last_part() -> None:
    assert read_part(b"x = 1\n", 1_000_000).lines[0].number == 1


def test_a_very_long_line_is_cut_and_says_so() -> None:
    line = read_part(b"x = '" + b"y" * 3 * LINE_CHARACTERS + b"'\n").lines[0]

    assert line.is_cut
    assert len(shown(line.html)) == LINE_CHARACTERS


def test_a_file_too_large_to_name_its_tokens_is_plain() -> None:
    part = read_part(b"x = 1\n" * 200_000)

    assert part.is_plain
    assert part.lines[0].html == "x = 1"


def test_a_part_starts_at_a_multiple() -> None:
    assert [part_start(line) for line in (0, 1, PART_LINES, PART_LINES + 1)] == [
        1,
        1,
        1,
        PART_LINES + 1,
    ]


def test_visible_text_is_one_line() -> None:
    assert visible("a\nb\t\u202ec") == "a[U+000A]b [U+202E]c"
