"""Bytes of a module: its text, its lines and its header."""

from __future__ import annotations

import codecs
import re

MAX_HEADER = 300
_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_BLANK = re.compile(rb"^[ \t\f]*(?:[#\r\n]|$)")


def count_lines(source: bytes) -> int:
    """Physical lines; a last line without an end counts too."""
    ends = source.count(b"\n")
    if b"\r" in source:
        ends += source.count(b"\r") - source.count(b"\r\n")
    return ends + (not source.endswith((b"\n", b"\r"))) if source else 0


def decode(source: bytes) -> str:
    """The text, by byte order mark, coding cookie or UTF-8; line ends as `\\n`.

    Raises LookupError for an unknown coding and UnicodeDecodeError for wrong bytes.
    """
    if source.startswith(codecs.BOM_UTF8):
        text = source[3:].decode()
    else:
        text = source.decode(_cookie(source))
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _cookie(source: bytes) -> str:
    for line in source.split(b"\n", 2)[:2]:
        match = _COOKIE.match(line)
        if match:
            return match[1].decode()
        if not _BLANK.match(line):
            break
    return "utf-8"


def header(text: str, docstring: str) -> str:
    """Leading comments and the start of the docstring."""
    if not text.startswith(("#", "\n", " ", "\f")):
        return docstring[:MAX_HEADER].strip()
    kept: list[str] = []
    for line in text[: 4 * MAX_HEADER].split("\n"):
        if line.startswith("#"):
            kept.append(line)
        elif line.strip():
            break
    return "\n".join([*kept, docstring])[:MAX_HEADER].strip()
