"""The use case of `manage.py compare`: no database, no broker, no data directory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from scanner.analysis.reader import SandboxedReader
from scanner.application.comparing import CompareRequest, OpenedPair, compare_commits
from scanner.application.comparison_record import ComparisonRecord
from scanner.application.configuration import Configuration
from scanner.application.past import OpenedPast
from scanner.application.ports import FactsReader, Progress
from scanner.bootstrap.environment import configuration
from scanner.bootstrap.scoring import is_remote, no_source, repository_name
from scanner.cache.facts_cache import SqliteFactsCache
from scanner.domain.errors import UserError
from scanner.domain.revisions import Origin
from scanner.git.address import parse_address
from scanner.git.history import GitHistory
from scanner.git.local import LocalRepository, open_local
from scanner.git.mirror import RemoteMirror


def compare_source(request: CompareRequest, report: Progress) -> ComparisonRecord:
    """Compare what the request names. Raises UserError when that cannot be done."""
    settings = configuration()
    reader = SandboxedReader(settings)
    return compare_commits(request, NamedPairs(settings, reader), reader, report)


class NamedPairs:
    """Implements Pairs: a URL is mirrored for the moment, a repository here is read in place."""

    def __init__(self, settings: Configuration, reader: FactsReader) -> None:
        self._settings = settings
        self._reader = reader

    @contextmanager
    def open(self, request: CompareRequest, report: Progress) -> Iterator[OpenedPair]:
        """The opened pair. Raises UserError for what is no git repository, and for no commit."""
        with TemporaryDirectory(prefix="codevitals-compare-") as folder:
            cache = SqliteFactsCache(Path(folder) / "facts.sqlite3", self._reader.engine())
            if is_remote(request.source):
                yield self._mirrored(request, Path(folder), cache, report)
            else:
                yield self._local(request, cache)

    def _mirrored(
        self, request: CompareRequest, folder: Path, cache: SqliteFactsCache, report: Progress
    ) -> OpenedPair:
        address = parse_address(request.source, allow_http=self._settings.allow_http)
        mirror, origin = RemoteMirror(folder, self._settings), Origin(address.url)
        commits = [
            mirror.refresh_ref(origin, ref, report).commit
            for ref in (request.before, request.after)
        ]
        return _pair(repository_name(address.url), mirror, commits, cache)

    def _local(self, request: CompareRequest, cache: SqliteFactsCache) -> OpenedPair:
        path = Path(request.source)
        if not path.is_dir():
            raise no_source(request.source)
        repository = open_local(path, self._settings)
        if repository is None:
            raise UserError(
                "compare.no-repository",
                f"{path} is no git repository, so it has no commits to compare.",
                "Name the top folder of a repository, or a URL.",
            )
        commits = [repository.revision(ref).commit for ref in (request.before, request.after)]
        name = path.resolve().name.removesuffix(".git")
        return _pair(name, repository, commits, cache)


def _pair(
    name: str,
    repository: RemoteMirror | LocalRepository,
    commits: list[str],
    cache: SqliteFactsCache,
) -> OpenedPair:
    before, after = (repository.tree(commit) for commit in commits)
    past, blobs = GitHistory(repository.git_dir), repository.blobs()
    opened = OpenedPast(name, str(repository.git_dir), commits[1], past, blobs, cache)
    return OpenedPair(opened, before, after, repository.ancestry())
