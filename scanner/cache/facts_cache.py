"""Facts by blob, beside the mirror: the port `FactsCache`."""

from __future__ import annotations

import gc
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from scanner.application.ports import Facts
from scanner.cache.contents import Contents
from scanner.cache.file import CacheFile
from scanner.domain.facts import FACTS_VERSION, Unmeasured, decode, encode
from scanner.domain.lazy_facts import decode_lazily

FACTS: Final = "facts"
_encode: Final = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode
_LEVEL: Final = 1  # twice as fast as the usual one, and a tenth larger


def facts_engine(engine: str) -> str:
    """What facts are kept under: engine, parser and the shape of the facts."""
    return f"{engine} facts-{FACTS_VERSION}"


class SqliteFactsCache:
    """Facts as compressed JSON, since neither a pickle nor a marshal may be trusted.

    `engine` names the engine and its parser; facts of another are never given out.
    """

    def __init__(self, path: Path, engine: str, *, lazily: bool = False) -> None:
        """With `lazily`, the parts of a module are decoded as they are asked for."""
        self._contents = Contents(CacheFile(path), FACTS, facts_engine(engine))
        self._decode = decode_lazily if lazily else decode

    def get(self, blobs: Iterable[str]) -> dict[str, Facts]:
        """What is known of these blobs."""
        found: dict[str, Facts] = {}
        damaged: list[str] = []
        with _no_collection():
            for blob, content in self._contents.read(blobs):
                facts = self._decoded(content)
                if facts is None:
                    damaged.append(blob)
                else:
                    found[blob] = facts
        if damaged:
            self._contents.forget(damaged)
        return found

    def known(self, blobs: Iterable[str]) -> set[str]:
        """Those of these blobs whose facts are here."""
        return self._contents.known(blobs)

    def put(self, facts: Mapping[str, Facts]) -> None:
        """Keep these. Raises UserError when the disk is full or the file cannot be written."""
        self._contents.write({blob: _encoded(each) for blob, each in facts.items()})

    def _decoded(self, content: bytes) -> Facts | None:
        """The facts, or None when the content is damaged."""
        try:
            kind, row = json.loads(zlib.decompress(content))
            return self._decode(row) if kind == "module" else _unmeasured(row)
        except (zlib.error, ValueError, TypeError, LookupError):
            return None


@contextmanager
def _no_collection() -> Iterator[None]:
    """Facts hold no cycles, and looking for them takes longer than decoding."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _encoded(facts: Facts) -> bytes:
    if isinstance(facts, Unmeasured):
        content: list[object] = ["unmeasured", facts]
    else:
        content = ["module", encode(facts)]
    return zlib.compress(_encode(content).encode(), _LEVEL)


def _unmeasured(row: Sequence[object]) -> Unmeasured:
    match row:
        case [str(reason), int() | None as line, int(lines)]:
            return Unmeasured(reason, line, lines)
    raise ValueError("no facts")
