"""The use case of `manage.py score`: no database, no broker, no data directory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from scanner.analysis.folder import FolderSource
from scanner.analysis.reader import SandboxedReader
from scanner.application.configuration import Configuration
from scanner.application.score import Notice, OpenedSource, Scored, ScoreRequest, score
from scanner.bootstrap.environment import configuration
from scanner.domain.errors import UserError
from scanner.domain.revisions import Origin
from scanner.git.address import parse_address
from scanner.git.causes import NO_COMMIT
from scanner.git.local import LocalRepository, open_local
from scanner.git.mirror import RemoteMirror

_REMOTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*::?//|ext::|[^/]+@[^/]+:")


def score_source(request: ScoreRequest, notice: Notice) -> Scored:
    """Score what the request names. Raises UserError when it cannot be scored."""
    settings = configuration()
    return score(request, NamedSources(settings), SandboxedReader(settings), notice)


def is_remote(source: str) -> bool:
    """Whether it is meant as a URL, and no path of this machine."""
    return bool(_REMOTE.match(source))


def no_source(source: str) -> UserError:
    """The error for what is neither a URL nor a folder."""
    return UserError(
        "score.no-source",
        f"There is no folder {source}.",
        "Name a folder, a git repository, or a URL that begins with https:// or ssh://.",
    )


def repository_name(url: str) -> str:
    """The last part of a URL, for people."""
    return url.rstrip("/").rpartition("/")[2].removesuffix(".git")


class NamedSources:
    """Implements Sources: a URL is mirrored for the moment, a path is read where it lies."""

    def __init__(self, settings: Configuration) -> None:
        self._settings = settings

    @contextmanager
    def open(self, source: str, ref: str, notice: Notice) -> Iterator[OpenedSource]:
        """The opened source. Raises UserError for what is neither an address nor a folder."""
        if is_remote(source):
            with TemporaryDirectory(prefix="codevitals-score-") as folder:
                yield self._mirrored(source, ref, Path(folder))
            return
        path = Path(source)
        if not path.is_dir():
            raise no_source(source)
        repository = open_local(path, self._settings)
        if repository is None:
            yield self._folder(path, ref)
        else:
            yield _local(repository, path, ref, notice)

    def _mirrored(self, source: str, ref: str, folder: Path) -> OpenedSource:
        address = parse_address(source, allow_http=self._settings.allow_http)
        mirror = RemoteMirror(folder, self._settings)
        origin = Origin(address.url)
        revision = (
            mirror.refresh_ref(origin, ref, _silent) if ref else mirror.refresh(origin, _silent)
        )
        name = repository_name(address.url)
        return OpenedSource(name, address.url, mirror.tree(revision.commit), mirror.blobs())

    def _folder(self, path: Path, ref: str) -> OpenedSource:
        if ref:
            raise UserError(
                "score.no-repository",
                f"{path} is no git repository, so it has no ref {ref}.",
                "Name the top folder of a repository, or leave --ref out.",
            )
        source = FolderSource(path, self._settings.limits)
        return OpenedSource(path.resolve().name, str(path), source.tree(), source)


def _local(repository: LocalRepository, path: Path, ref: str, notice: Notice) -> OpenedSource:
    revision = repository.revision(ref or "HEAD")
    if not ref and repository.is_dirty():
        notice("Notice: the work tree has changes that are not committed; they are not scored.")
    name = path.resolve().name.removesuffix(".git")
    return OpenedSource(name, str(path), repository.tree(revision.commit), repository.blobs())


@contextmanager
def _naming(ref: str) -> Iterator[None]:
    """Say which ref it was that is not there."""
    try:
        yield
    except UserError as error:
        if not ref or error.code != NO_COMMIT.error_code:
            raise
        message = f"The repository has no {ref}."
        raise UserError(error.code, message, error.next_step, error.detail) from error


def _looks_like_a_path(source: str) -> bool:
    return "://" not in source and not ("@" in source and ":" in source)


def _silent(phase: str, done: int, total: int) -> None:
    """A command at a terminal is over before progress would help."""
