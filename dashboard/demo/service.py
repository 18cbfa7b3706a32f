"""A service that exists only as code: its modules, and how they become text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from string import Template
from typing import Final

from dashboard.demo.flawed import FLAWED
from dashboard.demo.sound import EVERYWHERE, SOUND

VERBS: Final = (
    "settle", "book", "match", "quote", "rank", "close", "merge", "split", "audit", "draft",
    "renew", "archive", "notify", "reserve", "release", "verify", "convert", "balance", "batch",
    "schedule", "revise", "collect", "assign", "confirm", "cancel", "resume", "export", "label",
    "route", "queue",
)  # fmt: skip
_HOMES: Final = {
    "domain": ("record", "total", "check", "group"),
    "application": ("largest", "note", "check"),
    "infrastructure": ("store", "read"),
}
_NEEDS: Final = {
    "@dataclass": "from dataclasses import dataclass, replace",
    "Sequence[": "from collections.abc import Sequence",
    "Iterable[": "from collections.abc import Iterable",
    "Mapping[": "from collections.abc import Mapping",
    "Any:": "from typing import Any",
    "Connection)": "from sqlite3 import Connection",
    "Queue[": "from asyncio import Queue",
    "timeout(": "from asyncio import timeout",
    "asyncio.": "import asyncio",
    "logger.": "import logging",
    "os.environ": "import os",
    "subprocess.": "import subprocess",
    "time.sleep": "import time",
}


@dataclass(slots=True)
class Piece:
    """A function or class of a module: a kind of `sound` or `flawed`, told apart by its verb."""

    kind: str
    verb: str

    @property
    def is_flawed(self) -> bool:
        """Whether there is something to find in it."""
        return self.kind in FLAWED


@dataclass(slots=True)
class Module:
    """A file; `noun` is the thing that it is about."""

    noun: str
    pieces: list[Piece] = field(default_factory=list)
    outward: str = ""  # a module of an outer layer that it imports although it must not

    def flaws(self, kind: str = "") -> list[Piece]:
        """Its flawed pieces, of one kind or all."""
        return [one for one in self.pieces if one.is_flawed and kind in ("", one.kind)]


class Service:
    """A growing package; `touched` holds the paths that changed since `text_of_changes`."""

    def __init__(self, package: str, seed: int) -> None:
        self.package = package
        self.random = Random(seed)  # noqa: S311  # makes code, guards nothing
        self.modules: dict[str, Module] = {}
        self.extra: dict[str, str | None] = {"README.md": f"# {package}\n"}
        self._touched: set[str] = set()
        self._verbs = self._endless_verbs()

    def add_noun(self, noun: str, *, is_tested: bool = True, is_awaited: bool = False) -> None:
        """Modules about a new thing, one in each layer, and its tests."""
        for layer, kinds in _HOMES.items():
            pieces = [Piece(kind, next(self._verbs)) for kind in kinds]
            if is_awaited and layer == "infrastructure":
                pieces.append(Piece("awaited", next(self._verbs)))
            self._put(f"{self.package}/{layer}/{noun}.py", Module(noun, pieces))
        if is_tested:
            self.add_tests(noun)

    def add_tests(self, noun: str) -> None:
        """A file of tests about a thing."""
        cases = [Piece("cases", next(self._verbs)) for _ in range(3)]
        self._put(f"tests/test_{noun}.py", Module(noun, cases))

    def add_file(self, path: str, noun: str, kinds: list[str]) -> str:
        """A module of given pieces; its path."""
        place = f"{self.package}/{path}"
        self._put(place, Module(noun, [Piece(kind, next(self._verbs)) for kind in kinds]))
        return place

    def flaw(self, kind: str) -> None:
        """One more piece of this kind, somewhere outside the tests."""
        path = self.random.choice(self.homes())
        self.modules[path].pieces.append(Piece(kind, next(self._verbs)))
        self._touched.add(path)

    def grow(self) -> None:
        """One more sound piece."""
        path = self.random.choice(self.homes())
        kind = self.random.choice(EVERYWHERE)
        self.modules[path].pieces.append(Piece(kind, next(self._verbs)))
        self._touched.add(path)

    def mend(self, kind: str = "") -> bool:
        """Write one flawed piece anew; whether there was one."""
        places = [path for path in self.homes() if self.modules[path].flaws(kind)]
        if not places:
            return False
        path = self.random.choice(places)
        piece = self.random.choice(self.modules[path].flaws(kind))
        piece.kind = self.random.choice(EVERYWHERE)
        self._touched.add(path)
        return True

    def reach_out(self, noun: str, other: str) -> None:
        """Let the domain import the infrastructure."""
        path = f"{self.package}/domain/{noun}.py"
        self.modules[path].outward = f"{self.package}.infrastructure.{other}"
        self._touched.add(path)

    def split(self, path: str, names: list[str]) -> None:
        """Spread the pieces of a file over new ones beside it, and write the flawed ones anew."""
        module = self.modules.pop(path)
        folder = path.rpartition("/")[0]
        self.extra[path] = None
        for number, name in enumerate(names):
            pieces = module.pieces[number :: len(names)]
            for piece in pieces:
                if piece.is_flawed:
                    piece.kind = self.random.choice(EVERYWHERE)
            self._put(f"{folder}/{name}.py", Module(module.noun, pieces))

    def homes(self) -> list[str]:
        """The modules that are no tests, in a fixed order."""
        return sorted(path for path in self.modules if not path.startswith("tests/"))

    def text_of_changes(self) -> dict[str, str | None]:
        """The files to commit."""
        changed = {path: self._text(path) for path in self._touched if path in self.modules}
        folders = {path.rpartition("/")[0] for path in changed if not path.startswith("tests/")}
        markers = {f"{folder}/__init__.py": f'"""{self.package}."""\n' for folder in folders}
        files = {**self.extra, **markers, **changed}
        self.extra, self._touched = {}, set()
        return files

    def _put(self, path: str, module: Module) -> None:
        self.modules[path] = module
        self._touched.add(path)

    def _text(self, path: str) -> str:
        module = self.modules[path]
        words = {"noun": module.noun, "Noun": module.noun.title().replace("_", "")}
        words["NOUN"] = module.noun.upper()
        body = "\n\n".join(self._filled(piece, words) for piece in module.pieces)
        lines = [need for sign, need in _NEEDS.items() if sign in body]
        home = f"{self.package}.domain.{module.noun}"
        if "record" not in {piece.kind for piece in module.pieces}:
            lines.append(f"from {home} import {words['Noun']}")
        if module.outward:
            lines.append(f"import {module.outward}")
        title = f'"""{module.noun.title().replace("_", " ")}s of the service."""'
        logger = "\nlogger = logging.getLogger(__name__)\n" if "logger." in body else ""
        future = "from __future__ import annotations"
        return "\n".join([title, "", future, "", *sorted(lines), logger, body])

    def _filled(self, piece: Piece, words: dict[str, str]) -> str:
        text = Template(FLAWED.get(piece.kind) or SOUND[piece.kind])
        head = piece.verb.title().replace("_", "")
        return text.substitute(words, verb=piece.verb, Verb=head)

    def _endless_verbs(self) -> Iterator[str]:
        yield from VERBS
        round_number = 2
        while True:
            yield from (f"{verb}_{round_number}" for verb in VERBS)
            round_number += 1
