"""The newest CPython on this machine, since a parser reads no syntax newer than itself."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import scanner.analysis.rewriting_child
import scanner.child
from scanner.domain.errors import UserError
from scanner.domain.facts import FACTS_VERSION

ENGINE_VERSION: Final = f"1.0.{FACTS_VERSION}"  # other facts make another engine
CHILD: Final = Path(scanner.child.__file__).resolve().parent
REWRITING_CHILD: Final = Path(scanner.analysis.rewriting_child.__file__).resolve().parent
OLDEST: Final = (3, 10)
READS_ALL: Final = (3, 15)  # from here on there is nothing to rewrite, and no tree-sitter
_FLAGS: Final = ("-I", "-S", "-W", "ignore")
_NAME: Final = re.compile(r"python3\.(\d+)")
_START_SECONDS: Final = 10


@dataclass(frozen=True, slots=True)
class Interpreter:
    """A CPython that was seen to run the analysis child."""

    path: str
    version: tuple[int, int]

    @property
    def engine(self) -> str:
        """Engine and parser version, like "1.0.17+cpython-3.13"."""
        major, minor = self.version
        return f"{ENGINE_VERSION}+cpython-{major}.{minor}"

    def command(self, *arguments: object) -> list[str]:
        """The command line of a child: isolated, without site packages, in UTF-8."""
        return [self.path, *_FLAGS, str(CHILD), *map(str, arguments)]


def rewriting_command(*arguments: object) -> list[str]:
    """The command line of a child that reads what the first kind could not, by rewriting it.

    Where our own interpreter knows all that rewriting knows, it reads it as it stands.
    """
    if sys.version_info[:2] >= READS_ALL:
        return Interpreter(sys.executable, sys.version_info[:2]).command(*arguments)
    return [sys.executable, "-I", "-W", "ignore", str(REWRITING_CHILD), *map(str, arguments)]


@cache
def find_interpreter(setting: str = "") -> Interpreter:
    """The interpreter that is set, else the newest that runs; remembered for this process.

    Raises UserError when the one that is set does not run.
    """
    if setting:
        found = _tried(setting)
        if found is None:
            raise UserError(
                "analysis.interpreter",
                f"The interpreter {setting} cannot run the analysis.",
                "Let CODEVITALS_INTERPRETER name a CPython 3.10 or newer, or leave it empty.",
            )
        return found
    own = Interpreter(sys.executable, sys.version_info[:2])
    newer = (path for minor, path in _candidates() if minor > own.version[1])
    return next((found for found in map(_tried, newer) if found is not None), own)


def running() -> Iterator[Interpreter]:
    """Every interpreter found by name that runs the analysis child, newest first."""
    for _, path in _candidates():
        found = _tried(path)
        if found is not None:
            yield found


def _candidates() -> list[tuple[int, str]]:
    """Paths that look like a CPython 3, newest first; of equals, those beside our own first."""
    found: dict[str, int] = {}
    for folder in _folders():
        for path in _listed(folder):
            match = _NAME.fullmatch(path.name)
            if match and os.access(path, os.X_OK):
                found.setdefault(str(path), int(match[1]))
    ranked = sorted(found.items(), key=lambda item: -item[1])
    return [(minor, path) for path, minor in ranked]


def _folders() -> Iterator[Path]:
    """Installations beside our own (pyenv, uv and others keep them so), then PATH."""
    home = Path(sys.base_prefix).resolve().parent
    yield from (sibling / "bin" for sibling in _listed(home))
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        if os.path.isabs(folder):
            yield Path(folder)


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _tried(path: str) -> Interpreter | None:
    """Run it: one found by name may be a shim that only prints an error."""
    command = Interpreter(path, OLDEST).command()
    try:
        said = subprocess.run(
            command, check=True, capture_output=True, timeout=_START_SECONDS, env={}, cwd="/",
            stdin=subprocess.DEVNULL,
        ).stdout  # fmt: skip
        answer = json.loads(said)
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    match answer:
        case ["parser", "cpython", int(major), int(minor), "final"] if (major, minor) >= OLDEST:
            return Interpreter(path, (major, minor))
    return None
