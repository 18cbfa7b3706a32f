"""Radon's figures of one module, worked out in a sandbox and remembered by blob."""

from __future__ import annotations

import hashlib
import json
import logging
import math
import os
import signal
import subprocess
import sys
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Protocol

from radon.complexity import cc_rank

import scanner.analysis.radon_child
from scanner.application.configuration import Configuration
from scanner.domain.errors import UserError
from scanner.domain.facts import Module
from scanner.domain.figures import Figures, Halstead

_CHILD: Final = Path(scanner.analysis.radon_child.__file__).resolve().parent
_HALSTEAD_FIGURES: Final = len(Halstead.__slots__)
_OVERDUE: Final = 3  # wall clock, in units of CPU seconds
_PATIENCE: Final = 4  # CPU seconds at most: somebody waits for the page
_OVERDUE_ANSWER: Final = ""
_NONE: Final = "null"  # kept for a module that radon cannot read, so that nobody waits twice

logger = logging.getLogger(__name__)


class FiguresMemory(Protocol):
    """Where answers are kept."""

    def get(self, blob: str) -> str | None:
        """The answer for a blob, if there was one."""
        ...

    def put(self, blob: str, answer: str) -> None:
        """Keep an answer."""
        ...


class RadonFigures:
    """The port behind the page of a file: one short-lived child a module."""

    def __init__(self, configuration: Configuration, memory: FiguresMemory | None = None) -> None:
        self._limits = configuration.limits
        self._memory = memory

    def figures(self, source: bytes, facts: Module) -> Figures | None:
        """Halstead, index and ranks; None when radon cannot read the module."""
        blob = _git_name(source)
        answer = self._memory.get(blob) if self._memory else None
        if answer is None:
            answer = self._asked(source)
            if answer != _OVERDUE_ANSWER:  # the machine was busy: the next reader may be luckier
                self._remember(blob, answer or _NONE)
        return _figures(answer, facts) if answer else None

    def _remember(self, blob: str, answer: str) -> None:
        if self._memory is None:
            return
        try:
            self._memory.put(blob, answer)
        except UserError as error:  # a full disk must not take a page away
            logger.warning("radon's figures are not kept: %s", error.detail or error.message)

    def _asked(self, source: bytes) -> str | None:
        seconds = min(self._limits.parse_seconds, _PATIENCE)
        arguments = (seconds, self._limits.child_memory_bytes, os.getpid())
        command = [sys.executable, "-I", "-W", "ignore", str(_CHILD), *map(str, arguments)]
        with TemporaryDirectory(prefix="codevitals-") as folder:
            return _answer(command, source, folder, _OVERDUE * seconds)


def engine() -> str:
    """The version that answers are kept under."""
    return f"radon-{version('radon')}+cpython-{sys.version_info.major}.{sys.version_info.minor}"


def _answer(command: list[str], source: bytes, folder: str, seconds: float) -> str | None:
    """What the child said; None when it failed, _OVERDUE_ANSWER when it was overdue."""
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        cwd=folder, env={}, start_new_session=True,
    ) as child:  # fmt: skip
        try:
            said, _ = child.communicate(source, seconds)
        except subprocess.TimeoutExpired:
            logger.info("radon took too long over a module")
            return _OVERDUE_ANSWER
        finally:
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
    if child.returncode != 0:
        logger.info("radon could not read a module: exit code %s", child.returncode)
        return None
    return said.decode("utf-8", "replace")


def _figures(answer: str, facts: Module) -> Figures | None:
    try:
        said = json.loads(answer)
    except (ValueError, RecursionError):
        return None
    match said:
        case [*numbers, float(index), str(rank)] if len(numbers) == _HALSTEAD_FIGURES:
            if not all(_is_finite(number) for number in (*numbers, index)):
                return None
            ranks = tuple(
                (function.name, function.line, str(cc_rank(function.complexity)))
                for function in facts.functions
            )
            return Figures(Halstead(*numbers), index, rank, ranks)
    return None


def _is_finite(number: object) -> bool:
    return isinstance(number, int | float) and math.isfinite(number)


def _git_name(source: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(source) + source, usedforsecurity=False).hexdigest()
