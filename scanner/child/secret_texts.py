"""Rows of suspected secrets. None of them holds the value, nor anything made from it."""

from __future__ import annotations

import ast
import re
from itertools import islice

from .digests import digest_of
from .receivers import receiver
from .spots import lines_of, spots
from .suspicion import PEM_MARK, STRONG, STRONG_SIGNS, suspicion

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    Literal = tuple[int, str]
    """The position of the opening quote, and the text behind it as it is written."""
    Row = list[object]

MAX_ROWS = 1_000
_MOST_LOOKED_AT = 5_000
_WINDOW = 150  # characters before a text in which the name it is given to must stand
_WORDS = ("pass", "pwd", "secret", "token", "credential", "dsn", "key")
# Each opening quote is looked at, whatever follows: a lookahead takes nothing away from the next.
_LITERALS = tuple(
    re.compile(f"{quote}(?=[!#-&(-~]{{12}})(?=([^\\s{quote}0-9]*+[0-9][^\\s{quote}]*+){quote})")
    for quote in "\"'"
)
_EXCUSE = re.compile(
    r"#.*\b(?:mock|dummy|fake|example|placeholder|public|not (?:a |an |really |actually )?secret"
    r"|allowlist secret|gitleaks:allow)\b",
    re.IGNORECASE,
)
_SECRET_WORD = re.compile(
    r"passw|pass_?phrase|pwd|secret|token|credential|dsn"
    r"|(?:api|access|private|auth|secret|signing|encryption|shared|master|account)_?-?key",
    re.IGNORECASE,
)


def literals(text: str) -> list[Literal]:
    """Where there are texts of twelve characters or more, without blanks, and with a digit."""
    found = [
        (match.start(), match[1])
        for pattern in _LITERALS
        for match in islice(pattern.finditer(text), _MOST_LOOKED_AT)
    ]
    found.sort()
    return found


def secret_rows(tree: ast.Module, text: str, found: list[Literal]) -> list[Row]:
    """Rows of the texts that look like secrets, and are given to what seems to hold one."""
    suspects = _suspects(text, found)
    if not suspects:
        return []
    rows: list[Row] = []
    source = text.split("\n")
    for spot in spots(tree, lines_of(text, suspects), (ast.Constant,)):
        reason = "" if spot.in_text else _reason(spot.node)
        if not reason or _EXCUSE.search(source[spot.end - 1]):
            continue
        name, kind = receiver(spot)
        if reason in STRONG or _SECRET_WORD.search(name):
            where = (spot.node.lineno, spot.end, spot.symbol)
            rows.append([*where, name, kind, reason, digest_of(f"{kind} {name} {reason}")])
    rows.sort(key=lambda row: (row[0], row[1], row[-1]))
    return rows[:MAX_ROWS]


def _reason(node: ast.expr) -> str:
    value = node.value if isinstance(node, ast.Constant) else None
    if isinstance(value, bytes):
        value = value.decode("latin-1")
    return suspicion(value) if isinstance(value, str) else ""


def _suspects(text: str, found: list[Literal]) -> list[int]:
    """Where texts that look like secrets begin, in order."""
    suspects = [start for start, value in found if _is_suspect(text, start, value)]
    return sorted([*suspects, *_pem_keys(text)]) if PEM_MARK in text else suspects


def _is_suspect(text: str, start: int, value: str) -> bool:
    """Whether a text looks like a secret, and something named like one stands before it."""
    before = text[max(0, start - _WINDOW) : start].lower()
    if any(word in before for word in _WORDS):
        return suspicion(value) != ""
    return any(sign in value for sign in STRONG_SIGNS) and suspicion(value) in STRONG


def _pem_keys(text: str) -> Iterator[int]:
    position = text.find(PEM_MARK)
    while position >= 0:
        yield position
        position = text.find(PEM_MARK, position + 1)
