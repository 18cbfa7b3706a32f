"""The worker's side: starts the process, hears its answers, and surely ends it."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from threading import Thread
from typing import IO, Final

import scanner
from scanner.apart.task import Task, heard
from scanner.application.aside import Recounted
from scanner.domain.revisions import Link
from scanner.domain.rubric import Rubric

_COMMAND: Final = (sys.executable, "-m", "scanner.apart")
_HOME: Final = Path(scanner.__file__).parent.parent
_PASSED_ON: Final = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "TMPDIR")

MakeTask = Callable[[Sequence[Link], Sequence[Rubric], Sequence[str]], Task]

logger = logging.getLogger(__name__)


class CountingProcess:
    """Counts points of one repository in a second process; implements Aside."""

    def __init__(self, git_dir: Path, cache: Path, engine: str) -> None:
        self._git_dir = git_dir
        self._cache = cache
        self._engine = engine

    @contextmanager
    def begin(self) -> Iterator[Answers]:
        """The process, while the block runs; it is killed where that ends early."""
        process = subprocess.Popen(
            _COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_HOME,
            env={name: os.environ[name] for name in _PASSED_ON if name in os.environ},
            start_new_session=True,
        )
        answers = Answers(process, partial(Task, self._git_dir, self._cache, self._engine))
        try:
            yield answers
        finally:
            process.kill()
            answers.end()


class Answers:
    """What comes out of the process, heard in a thread so that neither waits for the other."""

    def __init__(self, process: subprocess.Popen[bytes], task: MakeTask) -> None:
        self._process = process
        self._task = task
        self._asked: list[str] = []
        self._found: list[Recounted] = []
        self._thread: Thread | None = None

    def ask(
        self, links: Sequence[Link], rubrics: Sequence[Rubric], principles: Sequence[str]
    ) -> None:
        """Count some links of a chain."""
        task = self._task(links, rubrics, principles)
        self._asked = [link.revision.commit for link in links]
        self._thread = Thread(target=self._hear, args=(task.encoded(),), name="counting apart")
        self._thread.start()

    @property
    def pid(self) -> int:
        """The process."""
        return self._process.pid

    @property
    def done(self) -> int:
        """How many points have come."""
        return len(self._found)

    def points(self) -> Sequence[Recounted] | None:
        """All of them, once they have come; None where the process did not tell every one."""
        if self._thread is not None:
            self._thread.join()
        if [each.commit for each in self._found] == self._asked:
            return self._found
        logger.warning("a process that counts points told %d of %d", self.done, len(self._asked))
        return None

    def end(self) -> None:
        """Wait for the process, which has ended or was killed, and for the thread."""
        self._process.wait()
        if self._thread is not None:
            self._thread.join()
        for pipe in self._pipes():
            with suppress(OSError):
                pipe.close()

    def _hear(self, task: bytes) -> None:
        asks, tells = self._pipes()
        with suppress(OSError, ValueError, TypeError):
            asks.write(task)
            asks.close()
            for line in tells:
                self._found.append(heard(line))

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        asks, tells = self._process.stdin, self._process.stdout
        if asks is None or tells is None:
            raise RuntimeError("pipes were asked for and not made")
        return asks, tells
