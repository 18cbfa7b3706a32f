"""The answer to one module: its facts, or why there are none."""

from __future__ import annotations

from . import reasons
from .extract import extract
from .limits import is_short_of_memory
from .source import count_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    Answer = list[object]

_ENCODING_WORDS = ("encoding", "codec", "(unicode error)")


def measure(source: bytes) -> Answer:
    """`["ok", row]`, or `["unmeasured", reason, line, lines]`."""
    if b"\0" in source:
        return _unmeasured(reasons.NUL, source, source.count(b"\n", 0, source.index(b"\0")) + 1)
    try:
        return ["ok", extract(source)]
    except SyntaxError as error:
        said = str(error.msg)
        wrong_coding = any(word in said for word in _ENCODING_WORDS)
        reason = reasons.ENCODING if wrong_coding else reasons.SYNTAX
        return _unmeasured(reason, source, error.lineno)
    except RecursionError:
        return _unmeasured(reasons.NESTED, source, None)
    except MemoryError:  # said by a parser whose own stack is full, too
        reason = reasons.MEMORY if is_short_of_memory() else reasons.NESTED
        return _unmeasured(reason, source, None)
    except (ValueError, LookupError):
        return _unmeasured(reasons.ENCODING, source, None)


def _unmeasured(reason: str, source: bytes, line: int | None) -> Answer:
    lines = count_lines(source)
    known = line if line is not None and 1 <= line <= lines else None
    return ["unmeasured", reason, known, lines]
