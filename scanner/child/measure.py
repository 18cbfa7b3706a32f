"""The answer to one module: its facts, or why there are none."""

from __future__ import annotations

from . import reasons
from .extract import extract
from .limits import is_short_of_memory
from .source import count_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    Answer = list[object]

_ENCODING_WORDS = ("encoding", "codec", "(unicode error)")
_NESTING_WORDS = ("too many nested", "too many levels", "too many statically nested")


def measure(source: bytes, read: Callable[[bytes], list[object]] = extract) -> Answer:
    """`["ok", row]`, or `["unmeasured", reason, line, lines]`; `read` makes the row."""
    if b"\0" in source:
        return _unmeasured(reasons.NUL, source, source.count(b"\n", 0, source.index(b"\0")) + 1)
    try:
        return ["ok", read(source)]
    except SyntaxError as error:
        return _unmeasured(_reason(str(error.msg)), source, error.lineno)
    except RecursionError:
        return _unmeasured(reasons.NESTED, source, None)
    except MemoryError:  # said by a parser whose own stack is full, too
        reason = reasons.MEMORY if is_short_of_memory() else reasons.NESTED
        return _unmeasured(reason, source, None)
    except (ValueError, LookupError):
        return _unmeasured(reasons.ENCODING, source, None)


def _reason(message: str) -> str:
    """What a parser means by a syntax error."""
    if any(word in message for word in _ENCODING_WORDS):
        return reasons.ENCODING
    if any(word in message for word in _NESTING_WORDS):
        return reasons.NESTED
    return reasons.SYNTAX


def _unmeasured(reason: str, source: bytes, line: int | None) -> Answer:
    lines = count_lines(source)
    known = line if line is not None and 1 <= line <= lines else None
    return ["unmeasured", reason, known, lines]
