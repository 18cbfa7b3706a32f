"""Comments, found by a scan for '#' outside strings, and what they say to tools."""

from __future__ import annotations

import re
from bisect import bisect_left

from .formatted import is_formatted, skip_formatted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_REASON = 200
# Every branch begins with one of three signs, so the search runs at the speed of a memory scan.
_COMMENT_OR_STRING = re.compile(
    r"\#[^\n]*"
    r'|"(?:""[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"""|[^"\\\n]*(?:\\.[^"\\\n]*)*")'
    r"|'(?:''[^'\\]*(?:(?:\\.|'(?!''))[^'\\]*)*'''|[^'\\\n]*(?:\\.[^'\\\n]*)*')",
    re.DOTALL,
)
_SOME_PRAGMA = re.compile(r"#\s*(?:type:\s*ignore|[cC]odevitals:)")
_PRAGMAS = (
    ("type-ignore", re.compile(r"#\s*type:\s*ignore(?:\s*\[([^\]]*)\])?(?=$|[\s#])(.*)")),
    ("codevitals", re.compile(r"#\s*[cC]odevitals:\s*ignore(?:\[([^\]]*)\])?(.*)")),
)
_TOOL_TALK = re.compile(
    r"#*\s*(?:noqa|nosec|nosemgrep|type:\s*ignore|pragma:\s*no\s?\w+|pylint:\s*\w+=?|pyright:\s*\w+"
    r"|pyre-\w+|fmt:\s*\w+|isort:\s*\w+|ruff:\s*\w+|mypy:|codevitals:\s*ignore|NOSONAR|yapf:)"
    r"(?:\s*:?\s*[A-Z]+[0-9]+(?:[,\s]+[A-Z]+[0-9]+)*|\[[^\]]*\]|[\w,-]*)?"
)
_EXCUSE = re.compile(
    r"\b(?:ignor|suppress|swallow|silen|best[- ]effort|fail|error|exception|raise|may not|might"
    r"|ok\b|okay|fine|harmless|don't care|can't|cannot|optional|if possible|never mind)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{2}")


class Comments:
    """The comments of a module; nothing is searched for before it is asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: list[tuple[int, str]] | None = None
        self._signs: list[tuple[int, int]] | None = None

    @property
    def found(self) -> list[tuple[int, str]]:
        """Line and text of each comment, in order."""
        if self._found is None:
            self._found = list(_scan(self._text)) if "#" in self._text else []
        return self._found

    def explain(self, first: int, last: int, has_sign_in_text: bool) -> bool:
        """Whether words stand within these lines, or on a line of their own just above.

        What is said to a tool alone, like `noqa`, explains nothing. Where no string between these
        lines holds a '#', each one there begins a comment, and no scan is needed.
        """
        signs = self._signs_within(first - 1, last)
        if not signs:
            return False
        if has_sign_in_text or signs[0][0] < first:
            return any(self._counts(line, said, first) for line, said in self._between(first, last))
        ends = [self._text.find("\n", position) for _, position in signs]
        lines = zip(signs, ends, strict=True)
        return any(
            _explains(self._text[position : end if end >= 0 else None])
            for (_, position), end in lines
        )

    def excuse_below(self, line: int) -> bool:
        """Whether a comment that ends just above this line speaks of errors or of not minding."""
        while True:
            line -= 1
            signs = self._signs_within(line, line)
            if not signs:
                return False
            start = self._text.rfind("\n", 0, signs[0][1]) + 1
            if self._text[start : signs[0][1]].strip():
                return False
            end = self._text.find("\n", start)
            if _EXCUSE.search(_TOOL_TALK.sub("", self._text[start : end if end >= 0 else None])):
                return True

    def pragmas(self) -> list[list[object]]:
        """Rows of the comments that speak to a type checker or to this program."""
        if _SOME_PRAGMA.search(self._text) is None:
            return []
        rows: list[list[object]] = []
        for line, said in self.found:
            for kind, pattern in _PRAGMAS if "ignore" in said else ():
                match = pattern.match(said)
                if match:
                    codes = [code.strip() for code in (match[1] or "").split(",")]
                    reason = match[2].strip(" \t-:#\u2013\u2014")[:MAX_REASON]
                    rows.append([line, kind, [code for code in codes if code], reason])
        return rows

    def _signs_within(self, first: int, last: int) -> list[tuple[int, int]]:
        """Line and position of each '#' within these lines, whatever it is."""
        if self._signs is None:
            self._signs = list(_signs(self._text))
        start = bisect_left(self._signs, (first, 0))
        return self._signs[start : bisect_left(self._signs, (last + 1, 0))]

    def _between(self, first: int, last: int) -> list[tuple[int, str]]:
        found = self.found
        start = bisect_left(found, (first - 1, ""))
        return found[start : bisect_left(found, (last + 1, ""))]

    def _counts(self, line: int, said: str, first: int) -> bool:
        """Whether a comment explains, and, when it stands above, stands alone."""
        if not _explains(said):
            return False
        if line >= first:
            return True
        position = next(place for number, place in self._signs or () if number == line)
        return not self._text[self._text.rfind("\n", 0, position) + 1 : position].strip()


def _signs(text: str) -> Iterator[tuple[int, int]]:
    line, counted = 1, 0
    position = text.find("#")
    while position >= 0:
        line += text.count("\n", counted, position)
        counted = position
        yield line, position
        position = text.find("#", position + 1)


def _explains(comment: str) -> bool:
    return _WORD.search(_TOOL_TALK.sub("", comment)) is not None


def _scan(text: str) -> Iterator[tuple[int, str]]:
    line, counted = 1, 0
    for start, said in _comments(text):
        line += text.count("\n", counted, start)
        counted = start
        yield line, said


def _comments(text: str) -> Iterator[tuple[int, str]]:
    """Where each comment begins, and its text."""
    position: int | None = 0
    while position is not None:
        start, position = position, None
        for match in _COMMENT_OR_STRING.finditer(text, start):
            token = match.group()
            if token[0] == "#":
                yield match.start(), token
            elif "{" in token and is_formatted(text, match.start(), token):
                position, inside = skip_formatted(text, match.start())
                yield from inside
                break
