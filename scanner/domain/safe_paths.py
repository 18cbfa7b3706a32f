"""Paths as visible text, whatever bytes they are made of."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_PLAIN: Final = re.compile(rb"[ -\[\]-~]*")  # printable ASCII without the backslash
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"})
_FIRST_LONE_BYTE: Final = 0xDC80


def is_hidden(character: str) -> bool:
    """Control, format (bidi and zero-width included), unassigned and private-use characters."""
    return unicodedata.category(character) in _HIDDEN


def safe_path(raw: bytes) -> str:
    r"""A path as visible text, different for different bytes.

    Bytes that are no UTF-8 read `\xff`, hidden characters `\u202e`, and a backslash is doubled,
    so nothing else can look like an escape.
    """
    if _PLAIN.fullmatch(raw):
        return raw.decode("ascii")
    return "".join(map(_visible, raw.decode("utf-8", "surrogateescape")))


def _visible(character: str) -> str:
    code = ord(character)
    if character == "\\":
        return "\\\\"
    if _FIRST_LONE_BYTE <= code < _FIRST_LONE_BYTE + 128:
        return f"\\x{code - 0xDC00:02x}"
    if not is_hidden(character):
        return character
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
