"""`python -m tests.bench --newer FOLDER...`: newer syntax read both ways, and what that costs."""

from __future__ import annotations

import resource
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import gettempdir

from scanner.analysis.folder import FolderSource
from scanner.analysis.reader import SandboxedReader
from scanner.application.assess_tree import SUFFIXES
from scanner.application.configuration import Configuration
from scanner.application.ports import Facts
from scanner.domain.facts import Module, Unmeasured
from scanner.domain.revisions import TreeEntry

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Read:
    """One read of a folder: facts by blob, and what it took of the children, in seconds."""

    engine: str
    facts: dict[str, Facts]
    cpu: float
    wall: float

    @property
    def rewritten(self) -> dict[str, Module]:
        """The modules that were read through rewriting."""
        modules = ((blob, each) for blob, each in self.facts.items() if isinstance(each, Module))
        return {blob: module for blob, module in modules if module.rewritten}


def print_newer(folders: Sequence[str]) -> int:
    """Print what each folder brings; the number of modules on which two ways differ."""
    return sum(_print_folder(Path(folder)) for folder in folders)


def _print_folder(folder: Path) -> int:
    source = FolderSource(folder)
    entries = [entry for entry in source.tree().entries if entry.path.endswith(SUFFIXES)]
    paths = {entry.blob: entry.path for entry in entries}
    own, newest = (_read(source, entries, interpreter) for interpreter in (sys.executable, ""))
    print(f"\n{folder}: {len(paths):,} modules")
    for each in (own, newest):
        _print_read(each, paths)
    again = [entry for entry in entries if entry.blob in own.rewritten]
    if again:
        _print_cost(again, source)
    different = [
        blob for blob in own.rewritten if _plain(own.facts[blob]) != _plain(newest.facts[blob])
    ]
    alike = len(own.rewritten) - len(different)
    print(f"  {alike:,} of {len(own.rewritten):,} rewritten modules have the same facts both ways")
    for blob in different[:SHOWN]:
        print(f"    differs: {paths[blob]}")
    return len(different)


def _print_read(read: Read, paths: dict[str, str]) -> None:
    lost = {blob: each for blob, each in read.facts.items() if isinstance(each, Unmeasured)}
    lines = sum(each.lines for each in read.facts.values())
    measured = lines - sum(each.lines for each in lost.values())
    kinds = Counter(kind for module in read.rewritten.values() for kind in module.rewritten)
    print(f"  {read.engine}: {100 * measured / max(lines, 1):.2f} % of {lines:,} lines measured")
    print(f"    {read.cpu:.1f} s CPU, {read.wall:.1f} s; {len(read.rewritten):,} rewritten")
    for kind, count in kinds.most_common():
        print(f"    {count:6,} with {kind}")
    for blob, each in list(lost.items())[:SHOWN]:
        print(f"    {each.reason}: {paths[blob]}")


def _print_cost(entries: Sequence[TreeEntry], source: FolderSource) -> None:
    """The rewritten modules alone, by a parser that fails on each and by one that may not."""
    size = sum(entry.size for entry in entries)
    for interpreter in (sys.executable, ""):
        read = _read(source, entries, interpreter)
        each = f"{1000 * read.cpu / len(entries):.1f} ms"
        print(f"  these {len(entries):,}, {size:,} bytes, by {read.engine}: {each} a module")


def _read(source: FolderSource, entries: Sequence[TreeEntry], interpreter: str) -> Read:
    reader = SandboxedReader(Configuration(Path(gettempdir()), interpreter=interpreter))
    began, before = time.perf_counter(), _children()
    facts = reader.read(source, entries, lambda phase, done, total: None)
    return Read(reader.engine(), facts, _children() - before, time.perf_counter() - began)


def _children() -> float:
    """CPU seconds of all children that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _plain(facts: Facts) -> Facts:
    return facts._replace(rewritten=()) if isinstance(facts, Module) else facts
