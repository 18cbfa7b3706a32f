"""The child's life: objects in the framing of `git cat-file --batch` in, a line of JSON out each.

The first line says that the child is ready, and by which parser. An object over the cap is counted
as it streams by and never kept.
"""

from __future__ import annotations

import gc
import json
import os
import sys

from . import reasons
from .limits import allow_seconds, confine
from .measure import measure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

    Answer = list[object]
    Read = Callable[[bytes], Answer]

_LONGEST_HEADER = 8192
_CHUNK = 1 << 16
_FILES_PER_COLLECTION = 64
BROKEN_STREAM = 3
_encode = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode
OUT_OF_MEMORY = 4


def main(arguments: list[str], read: Read | None = None) -> None:
    """Say who parses; then, given `cap seconds memory parent`, serve until the input ends.

    `read` answers to the bytes of one module, in the place of `measure`.
    """
    out = sys.stdout.buffer
    _write(out, parser())
    if not arguments:
        return
    cap, seconds, memory, parent = map(int, arguments)
    confine(memory, parent)
    try:
        _serve(out, cap, seconds, read or measure)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def _serve(out: BinaryIO, cap: int, seconds: int, read: Read) -> None:
    gc.disable()  # trees have no cycles, and looking for them costs a fifth of parsing
    gc.freeze()
    for number, answer in enumerate(answers(sys.stdin.buffer, cap, seconds, read), 1):
        _write(out, answer)
        if number % _FILES_PER_COLLECTION == 0:
            gc.collect()


def parser() -> Answer:
    """`["parser", implementation, major, minor, release level]` of this interpreter."""
    version = sys.version_info
    return ["parser", sys.implementation.name, version.major, version.minor, version.releaselevel]


def answers(stream: BinaryIO, cap: int, seconds: int, read: Read) -> Iterator[Answer]:
    """One answer an object, in the order of the stream."""
    while header := stream.readline(_LONGEST_HEADER):
        _, _, rest = header.rstrip(b"\n").rpartition(b" ")
        if not rest.isdigit():
            yield ["missing"]
            continue
        size = int(rest)
        allow_seconds(seconds)
        if b" blob " not in header:
            count_lines_of(stream, size)
            yield ["missing"]
        elif size > cap:
            lines = count_lines_of(stream, size)
            yield ["unmeasured", reasons.too_large(cap), None, lines]
        else:
            yield read(_read(stream, size))


def _read(stream: BinaryIO, size: int) -> bytes:
    source = stream.read(size)
    if len(source) < size or stream.read(1) != b"\n":
        sys.exit(BROKEN_STREAM)
    return source


def count_lines_of(stream: BinaryIO, size: int) -> int:
    """Let an object pass and count its lines."""
    ends, last = 0, b"\n"
    while size > 0:
        chunk = stream.read(min(size, _CHUNK))
        if not chunk:
            sys.exit(BROKEN_STREAM)
        size -= len(chunk)
        ends += _line_ends(chunk, last)
        last = chunk[-1:]
    if stream.read(1) != b"\n":
        sys.exit(BROKEN_STREAM)
    return ends + (last not in (b"\n", b"\r"))


def _line_ends(chunk: bytes, last: bytes) -> int:
    """Line ends of a chunk; one that two chunks share is counted with the first."""
    ends = chunk.count(b"\n")
    if b"\r" in chunk:
        ends += chunk.count(b"\r") - chunk.count(b"\r\n")
    return ends - (last == b"\r" and chunk.startswith(b"\n"))


def _write(out: BinaryIO, answer: Answer) -> None:
    out.write(_encode(answer).encode("ascii"))
    out.write(b"\n")
    out.flush()
