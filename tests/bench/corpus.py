"""The files that are measured: real modules, copied to a folder."""

from __future__ import annotations

import ast
import sysconfig
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from warnings import catch_warnings, simplefilter

PACKAGES = ("django", "celery", "kombu", "hypothesis", "pip", "redis", "pydantic", "radon")


@dataclass(frozen=True, slots=True)
class Corpus:
    """A folder of modules, and the same modules in the framing of `git cat-file --batch`."""

    folder: Path
    stream: Path
    files: tuple[Path, ...]

    @property
    def size(self) -> int:
        """Bytes of all modules."""
        return sum(path.stat().st_size for path in self.files)

    @property
    def lines(self) -> int:
        """Lines of all modules."""
        return sum(path.read_bytes().count(b"\n") for path in self.files)


def installed(home: Path, count: int) -> Corpus:
    """So many modules of the installed packages, below `home`."""
    return _copied(home, islice(_installed(), count))


def checkout(home: Path, root: Path, paths: Iterable[str]) -> Corpus:
    """Those of a checkout's modules that every tool can parse, below `home`."""
    found = ((root / path, Path(path)) for path in paths)
    return _copied(home, ((path, name) for path, name in found if _is_readable(path)))


def _copied(home: Path, modules: Iterable[tuple[Path, Path]]) -> Corpus:
    folder = home / "package"
    copies: list[Path] = []
    for path, name in modules:
        copy = folder / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
        copies.append(copy)
    stream = home / "stream"
    with stream.open("wb") as out:
        for number, copy in enumerate(copies):
            content = copy.read_bytes()
            out.write(b"%040x blob %d\n%s\n" % (number, len(content), content))
    return Corpus(folder, stream, tuple(copies))


def _installed() -> Iterator[tuple[Path, Path]]:
    home = Path(sysconfig.get_path("purelib"))
    for package in PACKAGES:
        for path in sorted((home / package).rglob("*.py")):
            if path.stat().st_size and _is_readable(path):
                yield path, path.relative_to(home)


def _is_readable(path: Path) -> bool:
    """Whether every tool can parse it: radon stops counting at a syntax error."""
    with catch_warnings():
        simplefilter("ignore")
        try:
            ast.parse(path.read_bytes())
        except (SyntaxError, ValueError):
            return False
    return True
