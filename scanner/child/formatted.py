"""f-strings that a plain scan would misread.

Since Python 3.12 a replacement field may hold strings in the same quotes, and comments. A plain
scan then takes the wrong quote for the end of the string.
"""

from __future__ import annotations

import re
from functools import cache

_PREFIX = "rRfFtT"
_LONGEST_PREFIX = 2
_PREFIXED = r"(?:[rR]?[fFtT]|[fFtT][rR])(\"\"\"|'''|\"|')"


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """Compiled when the first such string is met: most modules hold none."""
    strings = (
        r'|"""[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"""'
        r"|'''[^'\\]*(?:(?:\\.|'(?!''))[^'\\]*)*'''"
        r'|"[^"\\]*(?:\\.[^"\\]*)*"'
        r"|'[^'\\]*(?:\\.[^'\\]*)*'"
    )
    sources = {
        "opening": rf"(?<!\w){_PREFIXED}",
        "field": rf"(?P<comment>\#[^\n]*)|(?P<f>\b{_PREFIXED}){strings}|(?P<mark>[\[({{\])}}:])",
        "format": r"(?P<mark>[{}])",
    }
    for quote in ('"""', "'''", '"', "'"):
        sources[quote] = rf"\\[^{{}}]|{{{{|}}}}|(?P<mark>{{|{quote})"
    return {name: re.compile(source, re.DOTALL) for name, source in sources.items()}


def is_formatted(text: str, start: int, token: str) -> bool:
    """Whether the string that begins here is an f-string whose end the plain scan may have missed.

    Its braces do not balance then, or escaped ones, or a comment in a field, hide that.
    """
    if token.count("{") == token.count("}") and "}}" not in token and "#" not in token:
        return False
    return _opening(text, start) is not None


def skip_formatted(text: str, start: int) -> tuple[int, list[tuple[int, str]]]:
    """Where the f-string that begins here ends, and the comments in its fields."""
    opening = _opening(text, start)
    if opening is None:
        return start + 1, []
    found: list[tuple[int, str]] = []
    patterns = _patterns()
    stack = [_Level(opening[1])]
    position = opening.end()
    while stack and (match := patterns[stack[-1].kind].search(text, position)):
        position = match.end()
        groups = match.groupdict()
        if groups.get("f"):
            stack.append(_Level(groups["f"].lstrip(_PREFIX)))
        elif groups.get("comment"):
            found.append((match.start(), groups["comment"]))
        elif groups["mark"]:
            stack[-1].meet(groups["mark"], stack)
    return position, found


def _opening(text: str, start: int) -> re.Match[str] | None:
    for begin in range(max(0, start - _LONGEST_PREFIX), start):
        match = _patterns()["opening"].match(text, begin)
        if match and match.start(1) == start:
            return match
    return None


class _Level:
    """The text, a field or a format of an f-string: where the scan is, and how deep in brackets."""

    def __init__(self, kind: str) -> None:
        self.kind = kind  # "field", "format", or the quotes around the text
        self.depth = 0

    def meet(self, mark: str, stack: list[_Level]) -> None:
        """Go in or out at a brace, a bracket, a colon or a closing quote."""
        if self.kind != "field":
            if mark == "{":
                stack.append(_Level("field"))
            else:
                stack.pop()
        elif mark in "([{":
            self.depth += 1
        elif self.depth:
            self.depth -= mark in ")]}"
        elif mark in ":}":
            stack.pop()
            if mark == ":":
                stack.append(_Level("format"))
