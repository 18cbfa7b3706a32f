"""What is kept of parsed modules: how much, of which engines, whole or damaged, what may go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True, slots=True)
class NamedRepository:
    """A registered repository as people name it."""

    id: int
    title: str  # team/slug


@dataclass(frozen=True, slots=True)
class KeptRows:
    """Rows of one kind and engine. Bytes are those of the contents, as they are stored."""

    kind: str  # "facts" | "figures"
    engine: str  # engine, parser and shape of the facts; radon's version for figures
    is_current: bool  # whether this machine's engine asks for them
    rows: int
    bytes: int
    oldest_use: date
    newest_use: date


@dataclass(frozen=True, slots=True)
class Pruned:
    """What is dropped, or would be."""

    rows: int = 0
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class CacheState:
    """One cache file. No problems means that every row is what it was when it was written."""

    path: str
    bytes: int  # on the disk, the log included
    kept: tuple[KeptRows, ...]
    prunable: Pruned
    problems: tuple[str, ...]

    @property
    def rows(self) -> int:
        """All rows."""
        return sum(each.rows for each in self.kept)


@dataclass(frozen=True, slots=True)
class InspectedCache:
    """The cache of one repository. Without a state, nothing is kept on this machine."""

    repository: NamedRepository
    state: CacheState | None
    pruned: Pruned | None = None  # None: not asked for, or somebody uses it


class CacheKeeper(Protocol):
    """The cache files of this machine."""

    def inspect(self, repository_id: int) -> CacheState | None:
        """What is kept of a repository; None when it has no file. Never writes."""
        ...

    def prune(self, repository_id: int) -> Pruned | None:
        """Drop what is beyond the bound, or of no use; None while somebody uses the file."""
        ...


class NamedRepositories(Protocol):
    """Registered repositories by the names that people give."""

    def named(self, name: str) -> Sequence[NamedRepository]:
        """Those of this slug or team/slug; all for an empty name."""
        ...


class Caches:
    """The use case behind `manage.py cache`."""

    def __init__(self, repositories: NamedRepositories, keeper: CacheKeeper) -> None:
        self._repositories = repositories
        self._keeper = keeper

    def inspect(self, name: str = "", *, prune: bool = False) -> Iterator[InspectedCache]:
        """The caches of the repositories of this name, after pruning when that is asked for."""
        for repository in self._repositories.named(name):
            pruned = self._keeper.prune(repository.id) if prune else None
            yield InspectedCache(repository, self._keeper.inspect(repository.id), pruned)
