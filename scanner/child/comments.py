"""Comments, found by a scan for '#' outside strings, and what they say to tools."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_REASON = 200
_TOKEN = re.compile(
    r"""(?P<comment>\#[^\r\n]*)"""
    r'''|(?P<f>(?:\b[rR]?[fFtT]|\b[fFtT][rR])(?:"""|\'\'\'|"|\'))'''
    r'''|"""[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"""'''
    r"""|'''[^'\\]*(?:(?:\\.|'(?!''))[^'\\]*)*'''"""
    r'''|"[^"\\]*(?:\\.[^"\\]*)*"'''
    r"""|'[^'\\]*(?:\\.[^'\\]*)*'""",
    re.DOTALL,
)
_TYPE_IGNORE = re.compile(r"#\s*type:\s*ignore(?:\[([^\]]*)\])?(?=$|[\s#])(.*)")
_CODEVITALS = re.compile(r"#\s*codevitals:\s*ignore(?:\[([^\]]*)\])?(.*)", re.IGNORECASE)
_TOOL_TALK = re.compile(
    r"#*\s*(?:noqa|nosec|nosemgrep|type:\s*ignore|pragma:\s*no\s?\w+|pylint:\s*\w+=?|pyright:\s*\w+"
    r"|pyre-\w+|fmt:\s*\w+|isort:\s*\w+|ruff:\s*\w+|mypy:|codevitals:\s*ignore|NOSONAR|yapf:)"
    r"(?:\s*:?\s*[A-Z]+[0-9]+(?:[,\s]+[A-Z]+[0-9]+)*|\[[^\]]*\]|[\w,-]*)?"
)
_WORD = re.compile(r"[^\W\d_]{2}")


class Comments:
    """The comments of a module: (line, text) in order."""

    def __init__(self, text: str) -> None:
        self.found = list(_scan(text)) if "#" in text else []
        self._explaining = {line for line, said in self.found if _explains(said)}
        self._lines: list[str] | None = None
        self._text = text

    def explain(self, first: int, last: int) -> bool:
        """Whether words stand within these lines, or on a line of their own just above."""
        if not self._explaining.isdisjoint(range(first, last + 1)):
            return True
        return first - 1 in self._explaining and self._stands_alone(first - 1)

    def pragmas(self) -> list[list[object]]:
        """Rows of the comments that speak to a type checker or to this program."""
        rows: list[list[object]] = []
        for line, said in self.found:
            for kind, pattern in (("type-ignore", _TYPE_IGNORE), ("codevitals", _CODEVITALS)):
                match = pattern.match(said)
                if match:
                    codes = [code.strip() for code in (match[1] or "").split(",")]
                    reason = match[2].strip(" \t-:#\u2013\u2014")[:MAX_REASON]
                    rows.append([line, kind, [code for code in codes if code], reason])
        return rows

    def _stands_alone(self, line: int) -> bool:
        if self._lines is None:
            self._lines = self._text.split("\n")
        return self._lines[line - 1].lstrip().startswith("#")


def _explains(comment: str) -> bool:
    return _WORD.search(_TOOL_TALK.sub("", comment)) is not None


def _scan(text: str) -> Iterator[tuple[int, str]]:
    line, counted = 1, 0
    position = 0
    while match := _TOKEN.search(text, position):
        position = match.end()
        if match["comment"] is not None:
            line += text.count("\n", counted, match.start())
            counted = match.start()
            yield line, match["comment"]
