"""A strict reading of `[T: Bound = Default, *Ts, **P]`, of which nothing but its lines is kept.

Facts know nothing of type parameters. They are read all the same, since leaving out what no parser
would take would mend a broken module.
"""

from __future__ import annotations

import re
import tokenize
from collections.abc import Iterator
from io import StringIO
from itertools import accumulate
from keyword import iskeyword
from typing import Final, NamedTuple

from scanner.analysis.rewriting_child.expressions import (
    CLOSING,
    OPENING,
    check_expression,
    check_unpacked,
)

_STARS: Final = ("*", "**")
_IDLE: Final = frozenset({tokenize.NL, tokenize.COMMENT, tokenize.NEWLINE, tokenize.ENDMARKER})
_LONGEST: Final = 5_000  # characters of a list whose defaults are looked for
_MOST_FAILED: Final = 50  # lists without an end, in one module: each costs as much as the longest
_OPENED: Final = re.compile(r"\b(?:class|def|type)[ \t]+\w+[ \t]*\[")
Token = tokenize.TokenInfo


class _Parameter(NamedTuple):
    """The tokens of one parameter; those of bound and default with their signs."""

    stars: str
    bound: list[Token]
    default: list[Token]


class _Defaults(NamedTuple):
    """Where the defaults of one list are, and where the list ends."""

    spans: list[tuple[int, int]]
    end: int


def check_type_parameters(text: str) -> None:
    """Raises SyntaxError unless the text is a list of type parameters in its brackets."""
    tokens = _bracketed(text)
    place = _Places(text)
    if place.of(tokens[-1].end) != len(text):
        raise SyntaxError("more than a list of type parameters")
    for parameter in _parameters(tokens):
        for part in filter(None, (parameter.bound, parameter.default)):
            is_unpacked = parameter.stars == "*" and part[1].string == "*"
            check = check_unpacked if is_unpacked else check_expression
            check(text[place.of(part[0].end) : place.of(part[-1].end)])


def without_defaults(source: str) -> str:
    """The source with blanks for the defaults in what looks like lists of type parameters.

    Every byte of UTF-8 stays where it is. What is no such list stays, too.
    """
    pieces: list[str] = []
    reached = failed = closed = 0
    for match in _OPENED.finditer(source):
        opening = match.end() - 1
        if opening < closed:
            continue  # no list stands within another, and each would be read again
        found = _defaults(source[opening : opening + _LONGEST])
        failed += found is None
        if failed > _MOST_FAILED:
            break
        closed = opening + found.end if found else closed
        for start, end in found.spans if found else ():
            default = source[opening + start : opening + end]
            pieces += (source[reached : opening + start], _blank(default))
            reached = opening + end
    return "".join([*pieces, source[reached:]])


def _blank(text: str) -> str:
    return "\n".join(" " * len(line.encode()) for line in text.split("\n"))


def _defaults(text: str) -> _Defaults | None:
    """Where the defaults are in the list that a text begins with; None where it is no list."""
    place = _Places(text)
    try:
        tokens = _bracketed(text)
        parameters = list(_parameters(tokens))
    except SyntaxError:
        return None
    given = [parameter.default for parameter in parameters if parameter.default]
    spans = [(place.of(default[0].start), place.of(default[-1].end)) for default in given]
    return _Defaults(spans, place.of(tokens[-1].end))


class _Places:
    """Turns lines and columns of tokens into places in their text."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]

    def of(self, position: tuple[int, int]) -> int:
        """The place of a position."""
        return self._starts[position[0] - 1] + position[1]


def _bracketed(text: str) -> list[Token]:
    """The tokens from the opening bracket to its end. Raises SyntaxError when there is none."""
    tokens: list[Token] = []
    depth = 0
    try:
        for token in tokenize.generate_tokens(StringIO(text).readline):
            if token.type in _IDLE:
                continue
            tokens.append(token)
            depth += (token.string in OPENING) - (token.string in CLOSING)
            if depth == 0:
                return tokens
    except tokenize.TokenError as error:
        raise SyntaxError(str(error)) from error
    raise SyntaxError("a list without an end")


def _parameters(tokens: list[Token]) -> Iterator[_Parameter]:
    pieces = list(_pieces(tokens[1:], {","}))
    if len(pieces) > 1 and not pieces[-1][:-1]:
        pieces.pop()  # a comma may end the list
    for piece in pieces:
        yield _parameter(piece[:-1])


def _pieces(tokens: list[Token], ends: set[str]) -> Iterator[list[Token]]:
    """The tokens up to each end outside inner brackets, and the rest; ends included."""
    depth = 0
    piece: list[Token] = []
    for token in tokens:
        piece.append(token)
        depth += (token.string in OPENING) - (token.string in CLOSING)
        if depth == 0 and token.string in ends:
            yield piece
            piece = []
    yield piece


def _parameter(tokens: list[Token]) -> _Parameter:
    stars = tokens[0].string if tokens and tokens[0].string in _STARS else ""
    name, rest = tokens[bool(stars) :][:1], tokens[bool(stars) + 1 :]
    if not name or name[0].type != tokenize.NAME or iskeyword(name[0].string):
        raise SyntaxError("a type parameter without a name")
    bound, default = _split(rest)
    if bound and (stars or bound[0].string != ":"):
        raise SyntaxError("a type parameter with something else than a bound")
    if 1 in (len(bound), len(default)):
        raise SyntaxError("a sign with nothing behind it")
    return _Parameter(stars, bound, default)


def _split(tokens: list[Token]) -> tuple[list[Token], list[Token]]:
    """What stands before the sign of a default, and the default with its sign."""
    before = next(_pieces(tokens, {"="}))
    if not before or before[-1].string != "=":
        return tokens, []
    return before[:-1], tokens[len(before) - 1 :]
