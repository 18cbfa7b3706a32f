"""Read one file of a snapshot: its source, its facts and radon's figures.

Only files that the snapshot's tree names can be asked for, and only the source of Python modules
is handed out: any other file may hold what nobody should see. Texts in them that look like secrets
are hidden, for not everyone who may see a page may read the repository.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Final, Protocol

from scanner.application.ports import FactsReader
from scanner.application.records import RepositoryRecord
from scanner.application.scanning import OpenedRevision
from scanner.application.stores import RepositoryStore
from scanner.domain.errors import UserError
from scanner.domain.facts import Module
from scanner.domain.figures import Figures
from scanner.domain.masking import mask
from scanner.domain.revisions import TreeEntry

SHOWN_BYTES: Final = 1_000_000
MODULE_SUFFIXES: Final = (".py", ".pyi")


@dataclass(frozen=True, slots=True)
class FileContent:
    """What is known of one file. The facts and figures are None for a file not measured."""

    source: bytes  # suspected secrets are hidden in it
    size: int  # of the whole file, in bytes; more than the source when it was cut
    facts: Module | None
    figures: Figures | None

    @property
    def is_cut(self) -> bool:
        """Whether only the beginning is here."""
        return self.size > SHOWN_BYTES


class KeptRevisions(Protocol):
    """Opens what earlier scans brought onto this machine; nothing is fetched."""

    def kept(
        self, repository: RepositoryRecord, commit: str
    ) -> AbstractContextManager[OpenedRevision]:
        """The files of a commit. Raises UserError when this machine does not hold it."""
        ...


class FigureReader(Protocol):
    """Radon's view of one module."""

    def figures(self, source: bytes, facts: Module) -> Figures | None:
        """Halstead, index and ranks; None when radon cannot read the module."""
        ...


class FileReading:
    """The use case behind the page of a file."""

    def __init__(
        self,
        repositories: RepositoryStore,
        revisions: KeptRevisions,
        reader: FactsReader,
        figures: FigureReader,
    ) -> None:
        self._repositories = repositories
        self._revisions = revisions
        self._reader = reader
        self._figures = figures

    def read(self, repository_id: int, commit: str, path: str) -> FileContent:
        """One Python module of a commit.

        Raises UserError "file.unknown" for a path the tree does not name, "file.hidden" for a
        file that is no module, and what the revision raises when it is not on this machine.
        """
        if not path.endswith(MODULE_SUFFIXES):
            raise UserError(
                "file.hidden",
                "Only the source of Python modules is shown; other files may hold secrets.",
                "Open the file where you have access to the repository.",
            )
        repository = self._repositories.get(repository_id)
        with self._revisions.kept(repository, commit) as opened:
            entry = next((each for each in opened.tree.entries if each.path == path), None)
            if entry is None:
                raise UserError(
                    "file.unknown",
                    "The snapshot's tree names no such file.",
                    "Look for it in the list of files.",
                )
            source = opened.blobs.read(entry, SHOWN_BYTES)
            facts = self._facts(opened, entry)
        figures = self._figures.figures(source, facts) if facts else None
        shown = mask(source, facts.suspected_secrets) if facts else source
        return FileContent(shown, entry.size, facts, figures)

    def _facts(self, opened: OpenedRevision, entry: TreeEntry) -> Module | None:
        known = opened.cache.get([entry.blob]).get(entry.blob)
        if known is None:
            known = self._reader.read(opened.blobs, [entry], _silent).get(entry.blob)
        return known if isinstance(known, Module) else None


def _silent(phase: str, done: int, total: int) -> None:
    """One file is read before progress would help."""
