"""A branch that was pushed by force: what it left behind is set apart as soon as it is scanned."""

from __future__ import annotations

import logging
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol

from scanner.application.past import OpenedPast
from scanner.application.pasts import PastStore
from scanner.application.ports import Progress
from scanner.application.progress import silent
from scanner.application.records import RepositoryRecord
from scanner.application.stores import RepositoryStore
from scanner.domain.errors import UserError

logger = logging.getLogger(__name__)


class Move(NamedTuple):
    """The heads of two scans of a branch, one after the other."""

    repository_id: int
    before: str
    after: str


class Moves(Protocol):
    """Where scans found the head of a branch."""

    def move(self, scan_id: int) -> Move | None:
        """The head that a scan found, and the one before; None for the first and for folders."""
        ...


class Pasts(Protocol):
    """Opens the pasts of registered repositories."""

    def past(
        self, repository: RepositoryRecord, commit: str, report: Progress
    ) -> AbstractContextManager[OpenedPast]:
        """The past that ends at a commit. Raises UserError."""
        ...


class ForcedPushes:
    """The use case at the end of each scan."""

    def __init__(
        self, repositories: RepositoryStore, moves: Moves, past: PastStore, pasts: Pasts
    ) -> None:
        self._repositories = repositories
        self._moves = moves
        self._past = past
        self._pasts = pasts

    def settle(self, scan_id: int) -> bool:
        """Whether the scan's head does not follow the one before; then what left is marked."""
        move = self._moves.move(scan_id)
        if move is None:
            return False
        try:
            return self._settle(move)
        except UserError as error:
            logger.warning("whether it was pushed by force is not known: %s", error.code)
            return False

    def _settle(self, move: Move) -> bool:
        repository = self._repositories.get(move.repository_id)
        with self._pasts.past(repository, move.after, silent) as opened:
            if opened.past.leads(move.before, move.after):
                return False
            logger.info("the branch was pushed by force")
            chain = {link.revision.commit for link in opened.past.chain(move.after)}
            self._past.mark(repository.id, chain, opened.past.tags())
        return True
