"""Hides suspected secrets in a source before anyone sees it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from scanner.domain.facts import SuspectedSecret

HIDDEN: Final = b"********"
"""What stands for a secret, whatever its length."""

_LINES: Final = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n)?")
_END: Final = re.compile(rb"[\r\n]*\Z")
_QUOTES: Final = re.compile(rb"[\"']")


def mask(source: bytes, secrets: Iterable[SuspectedSecret]) -> bytes:
    """The source with as many lines, and none of the texts that look like secrets.

    Facts say on which lines such a text stands, not where in them: on a single line everything
    between the first and the last quote is hidden, of several lines all but the beginning.
    """
    spans = [(secret.line, secret.end_line) for secret in secrets]
    if not spans:
        return source
    lines = _LINES.findall(source)
    for first, last in spans:
        for number in range(first, min(last, len(lines)) + 1):
            where = (number > first, number < last)
            lines[number - 1] = _hidden(lines[number - 1], *where)
    return b"".join(lines)


def _hidden(line: bytes, goes_on: bool, has_more: bool) -> bytes:
    """One line; a text may come from the line before it, and go on in the next."""
    end = _END.search(line)
    body, tail = line[: end.start()] if end else line, end[0] if end else b""
    quotes = [match.start() for match in _QUOTES.finditer(body)]
    before = b"" if goes_on else body[: quotes[0] + 1] if quotes else b""
    after = b"" if has_more or not quotes else body[quotes[-1] :]
    return before + HIDDEN + after + tail
