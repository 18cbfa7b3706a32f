"""Where the files of a repository come from: its mirror, or the folder where they lie."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from scanner.analysis.folder import FolderSource
from scanner.application.configuration import Configuration
from scanner.application.ports import FactsReader, Progress
from scanner.application.records import RepositoryRecord
from scanner.application.scanning import OpenedRevision, folder_digest
from scanner.bootstrap.environment import mirror_folder
from scanner.cache.facts_cache import SqliteFactsCache
from scanner.domain.errors import UserError
from scanner.git.local_path import check_local_path


class RegisteredRevisions:
    """Implements Revisions for scans and KeptRevisions for pages."""

    def __init__(self, configuration: Configuration, reader: FactsReader) -> None:
        self._configuration = configuration
        self._reader = reader

    def open(
        self, repository: RepositoryRecord, report: Progress
    ) -> AbstractContextManager[OpenedRevision]:
        """The newest revision, fetched first. Raises UserError."""
        return self._folder(repository, report)

    def kept(
        self, repository: RepositoryRecord, commit: str
    ) -> AbstractContextManager[OpenedRevision]:
        """The files of a commit. Raises UserError when this machine does not hold it."""
        return self._kept_folder(repository, commit)

    @contextmanager
    def _folder(self, repository: RepositoryRecord, report: Progress) -> Iterator[OpenedRevision]:
        report("tree", 0, 0)
        path = check_local_path(repository.address, self._configuration.local_roots)
        source = FolderSource(path, self._configuration.limits)
        yield OpenedRevision(source.tree(), source, self._cache(repository))

    @contextmanager
    def _kept_folder(self, repository: RepositoryRecord, commit: str) -> Iterator[OpenedRevision]:
        with self._folder(repository, _silent) as opened:
            if folder_digest(opened.tree) != commit:
                raise UserError(
                    "file.changed",
                    "The folder has changed since this snapshot.",
                    "Scan the repository again.",
                )
            yield opened

    def _cache(self, repository: RepositoryRecord) -> SqliteFactsCache:
        return SqliteFactsCache(cache_file(repository.id), self._reader.engine())


def cache_file(repository_id: int) -> Path:
    """The facts and figures of one repository, beside its mirror."""
    return mirror_folder(repository_id) / "cache.sqlite3"


def _silent(phase: str, done: int, total: int) -> None:
    """A page waits; nobody looks at progress."""
