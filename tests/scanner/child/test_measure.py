"""What cannot be measured is said so, with a fixed reason, its line and the count of its lines."""

from __future__ import annotations

import pytest

from scanner.child import reasons
from scanner.child.measure import measure


def _blocks(depth: int) -> bytes:
    """So many conditions inside each other."""
    return b"".join(b" " * level + b"if a:\n" for level in range(depth - 1)) + (
        b" " * depth + b"pass\n"
    )


UNREADABLE: dict[str, tuple[bytes, str, int | None, int]] = {
    "syntax": (b"a = 1\nb = (\nc = 2\n", reasons.SYNTAX, 2, 3),
    "another language": (b"print 'hello'\n", reasons.SYNTAX, 1, 1),
    "indentation": (b"if a:\nb\n", reasons.SYNTAX, 2, 2),
    "NUL": (b"a = 1\nb = '\0'\n", reasons.NUL, 2, 2),
    "wrong bytes": (b"a = 1\nb = '\xff'\n", reasons.ENCODING, 2, 2),
    "unknown coding": (b"# coding: klingon\na = 1\n", reasons.ENCODING, None, 2),
    "a coding that is no text": (b"# coding: hex\na = 1\n", reasons.ENCODING, None, 2),
    "deep brackets": (b"x = " + b"(" * 5000 + b")" * 5000 + b"\n", reasons.NESTED, 1, 1),
    "deep blocks": (_blocks(150), reasons.NESTED, 101, 150),
    "long sum": (b"x = " + b"1 + " * 200_000 + b"1\n", reasons.NESTED, None, 1),
    "long attribute": (b"x = a" + b".b" * 200_000 + b"\n", reasons.NESTED, None, 1),
    "huge number": (b"x = " + b"9" * 10_000 + b"\n", reasons.SYNTAX, 1, 1),
    "lone surrogate": ("x = '\ud800'\n".encode("utf-8", "surrogatepass"), reasons.ENCODING, 1, 1),
}


@pytest.mark.parametrize(("source", "reason", "line", "lines"), UNREADABLE.values(), ids=UNREADABLE)
def test_unmeasured(source: bytes, reason: str, line: int | None, lines: int) -> None:
    assert measure(source) == ["unmeasured", reason, line, lines]


@pytest.mark.filterwarnings("ignore:invalid escape")
@pytest.mark.parametrize(
    "source",
    [
        b"x = " + b"-" * 90 + b"1\n",
        b"x = a" + b".b" * 500 + b"\n",
        b"x = " + b"1 + " * 500 + b"1\n",
        b"x = '\\ud800'  # lone surrogate, escaped\n",
        b"x = '\\d'  # an invalid escape is a warning\n",
        b"\x0cx = 1\n",
        b"",
    ],
)
def test_odd_but_measured(source: bytes) -> None:
    assert measure(source)[0] == "ok"
