"""How one file went: score, lines and complexity at each of its changes, judged from facts.

The file is judged by itself, by the rules that look at one module; what several modules do
together, such as cycles of imports, is not in these scores.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from scanner.application.ports import Facts, FactsReader
from scanner.application.progress import silent
from scanner.application.reading import KeptRevisions
from scanner.application.scanning import OpenedRevision
from scanner.application.stores import RepositoryStore
from scanner.assessment import score_alone
from scanner.domain.facts import Module
from scanner.domain.revisions import FileChange, TreeEntry
from scanner.domain.rubric import Rubric

MOST: Final = 60  # changes


@dataclass(frozen=True, slots=True)
class FileMoment:
    """The file after one of its changes. No score where nothing in it is judged."""

    commit: str
    at: datetime
    path: str  # at that time
    score: float | None
    lines: int
    complexity: int  # of all functions together


@dataclass(frozen=True, slots=True)
class FilePast:
    """The last changes of a file, oldest first; one that could not be read is left out."""

    moments: tuple[FileMoment, ...]
    unread: int
    is_cut: bool  # there are older ones


class FileHistory:
    """The use case behind a file's own trend."""

    def __init__(
        self, repositories: RepositoryStore, revisions: KeptRevisions, reader: FactsReader
    ) -> None:
        self._repositories = repositories
        self._revisions = revisions
        self._reader = reader

    def read(self, repository_id: int, commit: str, path: str, rubric: Rubric) -> FilePast | None:
        """The past of a module up to a commit; None for a plain folder.

        Raises UserError when this machine does not hold it, or git takes too long.
        """
        repository = self._repositories.get(repository_id)
        with self._revisions.kept(repository, commit) as opened:
            if opened.ancestry is None:
                return None
            changes = opened.ancestry.changes(commit, path, MOST + 1)
            shown = changes[:MOST][::-1]
            facts = self._facts(opened, shown)
        moments = [
            _moment(change, known, path, rubric)
            for change in shown
            if isinstance(known := facts.get(change.blob), Module)
        ]
        return FilePast(tuple(moments), len(shown) - len(moments), len(changes) > MOST)

    def _facts(self, opened: OpenedRevision, changes: Sequence[FileChange]) -> Mapping[str, Facts]:
        """Facts by blob; what is parsed for it is kept."""
        known = opened.cache.get([change.blob for change in changes])
        missing = {each.blob: each.path for each in changes if each.blob not in known}
        entries = [TreeEntry(path, blob, 0) for blob, path in missing.items()]
        if not entries:
            return known
        return {**known, **self._reader.read(opened.blobs, entries, silent, opened.cache.put)}


def _moment(change: FileChange, module: Module, path: str, rubric: Rubric) -> FileMoment:
    """Judged under its name of today, whatever it was called then."""
    return FileMoment(
        commit=change.commit,
        at=change.at,
        path=change.path,
        score=score_alone(path, module, rubric),
        lines=module.lines,
        complexity=sum(function.complexity for function in module.functions),
    )
