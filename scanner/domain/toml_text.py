"""TOML that strangers wrote, read at a cost that its size alone decides.

The parser walks the parts of a key once for each of them, so a single key of many dots, which fits
into a small file, would keep it busy for minutes. A key never leaves its line.
"""

from __future__ import annotations

import re
import tomllib
from typing import Final

MOST_DOTS: Final = 150  # of one line, outside quotes
_STRING: Final = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'')
_SEVERAL_LINES: Final = ('"""', "'''")


def parse_toml(data: bytes) -> dict[str, object]:
    """The content of a file, with a byte order mark or without.

    Raises UnicodeDecodeError, TOMLDecodeError, and ValueError or RecursionError for what would cost
    too much: a line of many dots, deep nesting, a number of thousands of digits.
    """
    text = data.decode("utf-8-sig")
    if any(_dots(line) > MOST_DOTS for line in text.split("\n") if line.count(".") > MOST_DOTS):
        raise ValueError(f"a line has more than {MOST_DOTS} dots outside quotes")
    return tomllib.loads(text)


def _dots(line: str) -> int:
    """The dots that may part keys: those outside strings.

    Where a string of several lines begins or ends, nothing is taken for quoted: what stands beside
    it could be made to look so.
    """
    is_plain = not any(mark in line for mark in _SEVERAL_LINES)
    return (_STRING.sub("", line) if is_plain else line).count(".")
