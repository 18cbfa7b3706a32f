"""Where the files of a repository come from: a mirror, a git folder here, or the files alone."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from scanner.analysis.folder import FolderSource
from scanner.apart.process import CountingProcess
from scanner.application.aside import Aside
from scanner.application.configuration import Configuration
from scanner.application.past import OpenedPast
from scanner.application.pasts import ELSEWHERE, FOLDER
from scanner.application.ports import FactsReader, Mirror, Progress
from scanner.application.progress import silent
from scanner.application.records import RepositoryRecord
from scanner.application.scanning import OpenedRevision, folder_digest
from scanner.application.stores import CredentialStore, Vault
from scanner.bootstrap.environment import cache_file, mirror_folder, used
from scanner.bootstrap.history import MirroredPast
from scanner.bootstrap.recent import recent_steps
from scanner.cache.facts_cache import SqliteFactsCache
from scanner.domain.errors import UserError
from scanner.domain.revisions import Origin
from scanner.git.history import GitHistory
from scanner.git.local import LocalRepository, open_local
from scanner.git.local_path import check_local_path
from scanner.git.mirror import RemoteMirror

AnyMirror = RemoteMirror | LocalRepository
Bring = Callable[[int, Callable[[], None]], None]
"""Does some work for a repository, in its own time. Raises UserError when it is not done yet."""

CHANGED: Final = UserError(
    "file.changed",
    "The folder has changed since this snapshot.",
    "Scan the repository again.",
)
GONE: Final = UserError(
    "file.gone",
    "The commit of this snapshot is no longer on its branch, and this machine never had it.",
    "Scan the repository again.",
)


class RegisteredRevisions:
    """Implements Revisions for scans and KeptRevisions for pages."""

    def __init__(
        self,
        configuration: Configuration,
        reader: FactsReader,
        credentials: CredentialStore,
        vault: Vault,
        bring: Bring | None = None,
        *,
        lazily: bool = False,
    ) -> None:
        """With `bring`, what `kept` asks for and this machine does not hold is fetched by it.

        With `lazily`, of facts only what somebody looks at is decoded.
        """
        self._configuration = configuration
        self._reader = reader
        self._credentials = credentials
        self._vault = vault
        self._bring = bring
        self._lazily = lazily

    @contextmanager
    def open(self, repository: RepositoryRecord, report: Progress) -> Iterator[OpenedRevision]:
        """The newest revision, fetched first. Raises UserError."""
        with used(repository.id):
            yield self._newest(repository, report)

    @contextmanager
    def kept(self, repository: RepositoryRecord, commit: str) -> Iterator[OpenedRevision]:
        """The files of a commit. Raises UserError when this machine does not hold it."""
        with used(repository.id):
            yield self._kept(repository, commit)

    @contextmanager
    def past(
        self, repository: RepositoryRecord, commit: str, report: Progress, *, fetch: bool = True
    ) -> Iterator[OpenedPast]:
        """The past that ends at a commit, fetched where this machine does not hold it.

        Raises UserError, "backfill.elsewhere" where it may not be fetched.
        """
        with used(repository.id):
            mirror = self._mirror(repository)
            if mirror is None:
                raise FOLDER
            origin = self._origin(repository)
            if not _holds(mirror, commit):
                if not fetch:
                    raise ELSEWHERE
                mirror.refresh(origin, report)
            if isinstance(mirror, RemoteMirror):
                past: GitHistory = MirroredPast(mirror, origin)
            else:
                past = GitHistory(mirror.git_dir)
            yield OpenedPast(
                repository.name,
                repository.address,
                commit,
                past,
                mirror.blobs(),
                self._cache(repository),
                self._aside(repository, mirror),
            )

    def _aside(self, repository: RepositoryRecord, mirror: AnyMirror) -> Aside | None:
        """Another core for those who recount a past, where there is one."""
        if not self._lazily or (os.cpu_count() or 1) < 2:
            return None
        return CountingProcess(mirror.git_dir, cache_file(repository.id), self._reader.engine())

    def _kept(self, repository: RepositoryRecord, commit: str) -> OpenedRevision:
        mirror = self._mirror(repository)
        if mirror is None:
            opened = self._folder(repository)
            if folder_digest(opened.tree) != commit:
                raise CHANGED
            return opened
        try:
            return self._opened(repository, mirror, commit)
        except UserError:
            if self._bring is None or repository.kind != "remote" or _holds(mirror, commit):
                raise
        return self._brought(repository, mirror, commit, self._bring)

    def _brought(
        self, repository: RepositoryRecord, mirror: AnyMirror, commit: str, bring: Bring
    ) -> OpenedRevision:
        """What is not on this machine yet, or no longer. Raises UserError."""
        origin = self._origin(repository)  # here: a thread would open a connection of its own

        def fetch() -> None:
            with used(repository.id):
                mirror.refresh(origin, silent)

        bring(repository.id, fetch)
        if not _holds(mirror, commit):
            raise GONE
        return self._opened(repository, mirror, commit)

    def forget(self, repository_id: int) -> None:
        """Remove what this machine keeps of a repository."""
        shutil.rmtree(mirror_folder(repository_id), ignore_errors=True)

    def _newest(self, repository: RepositoryRecord, report: Progress) -> OpenedRevision:
        mirror = self._mirror(repository)
        if mirror is None:
            report("tree", 0, 0)
            return self._folder(repository)
        revision = mirror.refresh(self._origin(repository), report)
        report("tree", 0, 0)
        return self._opened(repository, mirror, revision.commit)

    def _mirror(self, repository: RepositoryRecord) -> AnyMirror | None:
        if repository.kind == "remote":
            return RemoteMirror(mirror_folder(repository.id), self._configuration)
        if repository.kind == "folder":
            return None
        roots = self._configuration.local_roots
        path = check_local_path(repository.address, roots)
        local = open_local(path, self._configuration, roots)
        if local is None:
            raise UserError(
                "git.gone",
                "The folder is no longer a git repository.",
                "Register it again as it is now.",
            )
        return local

    def _opened(
        self, repository: RepositoryRecord, mirror: AnyMirror, commit: str
    ) -> OpenedRevision:
        ancestry = mirror.ancestry(mirror_folder(repository.id))
        cache = self._cache(repository)
        recent = recent_steps(mirror.git_dir, repository.id)
        return OpenedRevision(mirror.tree(commit), mirror.blobs(), cache, ancestry, recent)

    def _folder(self, repository: RepositoryRecord) -> OpenedRevision:
        path = check_local_path(repository.address, self._configuration.local_roots)
        source = FolderSource(path, self._configuration.limits)
        return OpenedRevision(source.tree(), source, self._cache(repository))

    def _origin(self, repository: RepositoryRecord) -> Origin:
        sealed = self._credentials.get(repository.id)
        credential = self._vault.open(sealed) if sealed else None
        return Origin(repository.address, repository.branch, credential)

    def _cache(self, repository: RepositoryRecord) -> SqliteFactsCache:
        file = cache_file(repository.id)
        return SqliteFactsCache(file, self._reader.engine(), lazily=self._lazily)


def _holds(mirror: Mirror, commit: str) -> bool:
    try:
        mirror.revision(commit)
    except UserError:
        return False
    return True
