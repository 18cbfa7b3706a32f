"""The use case of `manage.py history`: no database, no broker, no data directory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from scanner.analysis.reader import SandboxedReader
from scanner.application.configuration import Configuration
from scanner.application.history import History, HistoryRequest, history
from scanner.application.past import OpenedPast
from scanner.application.ports import FactsReader, Progress
from scanner.bootstrap.environment import configuration
from scanner.bootstrap.scoring import is_remote, no_source, repository_name
from scanner.cache.facts_cache import SqliteFactsCache
from scanner.domain.errors import UserError
from scanner.domain.revisions import Origin
from scanner.git.address import parse_address
from scanner.git.history import GitHistory
from scanner.git.local import open_local
from scanner.git.mirror import RemoteMirror


def history_of_source(request: HistoryRequest, report: Progress) -> History:
    """Judge the past of what the request names. Raises UserError when that cannot be done."""
    settings = configuration()
    reader = SandboxedReader(settings)
    return history(request, NamedPasts(settings, reader), reader, report)


class NamedPasts:
    """Implements Pasts: a URL is mirrored for the moment, a repository here is read in place."""

    def __init__(self, settings: Configuration, reader: FactsReader) -> None:
        self._settings = settings
        self._reader = reader

    @contextmanager
    def open(self, source: str, report: Progress) -> Iterator[OpenedPast]:
        """The opened past. Raises UserError for what is no git repository."""
        with TemporaryDirectory(prefix="codevitals-history-") as folder:
            cache = SqliteFactsCache(Path(folder) / "facts.sqlite3", self._reader.engine())
            if is_remote(source):
                yield self._mirrored(source, Path(folder), cache, report)
            else:
                yield self._local(source, cache)

    def _mirrored(
        self, source: str, folder: Path, cache: SqliteFactsCache, report: Progress
    ) -> OpenedPast:
        address = parse_address(source, allow_http=self._settings.allow_http)
        mirror, origin = RemoteMirror(folder, self._settings), Origin(address.url)
        revision = mirror.refresh(origin, report)
        past = MirroredPast(mirror, origin)
        name = repository_name(address.url)
        return OpenedPast(name, address.url, revision.commit, past, mirror.blobs(), cache)

    def _local(self, source: str, cache: SqliteFactsCache) -> OpenedPast:
        path = Path(source)
        if not path.is_dir():
            raise no_source(source)
        repository = open_local(path, self._settings)
        if repository is None:
            raise UserError(
                "history.no-repository",
                f"{path} is no git repository, so it has no past.",
                "Name the top folder of a repository, or a URL.",
            )
        head = repository.revision("HEAD").commit
        past = GitHistory(repository.git_dir)
        name = path.resolve().name.removesuffix(".git")
        return OpenedPast(name, str(path), head, past, repository.blobs(), cache)


class MirroredPast(GitHistory):
    """The past in a mirror, with the tags that its host names."""

    def __init__(self, mirror: RemoteMirror, origin: Origin) -> None:
        super().__init__(mirror.git_dir)
        self._mirror = mirror
        self._origin = origin

    def tags(self) -> Mapping[str, tuple[str, ...]]:
        """The names of tags by the commit they lead to. Raises UserError."""
        return self._mirror.tags(self._origin)
