"""Text from git, made safe to store and to show; git itself promises nothing but bytes."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_PLAIN_PATH: Final = re.compile(rb"[ -\[\]-~]*")  # printable ASCII without the backslash
_ESCAPE: Final = re.compile(r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|\\)")
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"})


def clean(raw: bytes, limit: int) -> str:
    """Bytes as one string without NUL, lone surrogates or line ends, cut at `limit` characters."""
    text = raw[: limit * 4 + 4].decode("utf-8", "replace")
    text = " ".join(text.replace("\0", "\N{REPLACEMENT CHARACTER}").split())
    return text if len(text) <= limit else text[: limit - 1] + "…"


def is_hidden(character: str) -> bool:
    """Control, format (bidi and zero-width included), unassigned and private-use characters."""
    return unicodedata.category(character) in _HIDDEN


def safe_path(raw: bytes) -> str:
    r"""A path of a tree as visible text, different for different bytes.

    Bytes that are no UTF-8 read `\xff`, hidden characters `\u202e`, and a backslash is doubled,
    so nothing else can look like an escape.
    """
    if _PLAIN_PATH.fullmatch(raw):
        return raw.decode("ascii")
    text = raw.decode("utf-8", "surrogateescape")
    return "".join(_visible(character) for character in text)


def raw_path(text: str) -> bytes | None:
    """The bytes behind a text that `safe_path` made; None for any other text."""
    try:
        raw = _ESCAPE.sub(_unescaped, text).encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return None
    return raw if safe_path(raw) == text else None


def _unescaped(found: re.Match[str]) -> str:
    byte, short, long = found.groups()
    if byte:
        return chr(0xDC00 + int(byte, 16))
    code = int(short or long or "5c", 16)  # a backslash was doubled
    return chr(code) if code <= 0x10FFFF else ""


def _visible(character: str) -> str:
    code = ord(character)
    if character == "\\":
        return "\\\\"
    if 0xDC80 <= code <= 0xDCFF:  # a byte that is no UTF-8
        return f"\\x{code - 0xDC00:02x}"
    if not is_hidden(character):
        return character
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
