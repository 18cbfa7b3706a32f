"""Replacements in the bytes of a module that keep every line where it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Edit(NamedTuple):
    """Bytes from `start` up to `end` become `new`; nothing is replaced where both are equal."""

    start: int
    end: int
    new: bytes


def applied(source: bytes, edits: Iterable[Edit], start: int = 0, end: int | None = None) -> bytes:
    """A stretch of the source with its edits made.

    Raises SyntaxError where edits overlap: one construct inside another that is taken out.
    """
    pieces: list[bytes] = []
    reached = start
    for edit in sorted(edits):
        if edit.start < reached:
            raise SyntaxError("newer constructs within each other")
        pieces += (source[reached : edit.start], edit.new)
        reached = edit.end
    pieces.append(source[reached:end])
    return b"".join(pieces)


def blank(text: bytes) -> bytes:
    """Spaces in the place of a text; where it goes on in another line, a backslash at the end."""
    *lines, last = (b" " * len(line) for line in text.split(b"\n"))
    return b"\n".join([*(line[:-1] + b"\\" for line in lines), last])
