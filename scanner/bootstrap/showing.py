"""The use case behind the page of a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from scanner.analysis.figures import RadonFigures, engine
from scanner.analysis.reader import SandboxedReader
from scanner.application.errands import Errands
from scanner.application.file_history import FileHistory
from scanner.application.past_lines import PastLines
from scanner.application.reading import FileReading
from scanner.application.rubrics import Rubrics
from scanner.bootstrap.disk import settle
from scanner.bootstrap.environment import cache_file, configuration
from scanner.bootstrap.revisions import RegisteredRevisions
from scanner.bootstrap.secrets import vault
from scanner.cache.figures_cache import SqliteFiguresCache
from scanner.storage.repositories import Credentials, Repositories
from scanner.storage.rubrics import RubricVersions

_ERRANDS: Final = Errands()


def file_history() -> FileHistory:
    """Reads the past of one file."""
    settings = configuration()
    reader = SandboxedReader(settings)
    revisions = RegisteredRevisions(settings, reader, Credentials(), vault())
    return FileHistory(Repositories(), revisions, reader)


def file_reading(repository_id: int) -> FileReading:
    """Reads files of one repository; radon's figures are kept beside its mirror.

    Where this machine lacks the mirror, it is fetched, for as long as a page can wait or beyond.
    """
    settings = configuration()
    reader = SandboxedReader(settings)
    memory = SqliteFiguresCache(cache_file(repository_id), engine())
    figures = RadonFigures(settings, memory)
    revisions = RegisteredRevisions(settings, reader, Credentials(), vault(), _bring)
    return FileReading(Repositories(), revisions, reader, figures)


def past_lines() -> PastLines:
    """Tells where findings of the past stood; a mirror that is not here is fetched as above."""
    settings = configuration()
    reader = SandboxedReader(settings)
    revisions = RegisteredRevisions(settings, reader, Credentials(), vault(), _bring, lazily=True)
    return PastLines(Repositories(), revisions, Rubrics(RubricVersions()), reader)


def _bring(repository_id: int, fetch: Callable[[], None]) -> None:
    """Fetch in a thread; what then is too much on this machine goes."""
    _ERRANDS.run(repository_id, fetch)
    settle(repository_id)
