"""The use case that compares any two points of registered repositories."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Final

from scanner.analysis.reader import SandboxedReader
from scanner.application.comparing import OpenedPair
from scanner.application.comparisons import Comparisons, ComparisonStores
from scanner.application.ports import Progress
from scanner.application.records import RepositoryRecord
from scanner.application.rubrics import Rubrics
from scanner.application.scanning import OpenedRevision
from scanner.bootstrap.environment import configuration
from scanner.bootstrap.revisions import RegisteredRevisions
from scanner.bootstrap.secrets import vault
from scanner.domain.errors import UserError
from scanner.storage.acceptances import Acceptances
from scanner.storage.clock import database_clock
from scanner.storage.comparisons import ComparedPairs
from scanner.storage.repositories import Credentials, Repositories
from scanner.storage.rubrics import RubricVersions
from scanner.waking import wake_comparison


def comparisons(wake: Callable[[int], None] = wake_comparison) -> Comparisons:
    """Compares what somebody waits for; `wake` tells a worker of it."""
    settings = configuration()
    reader = SandboxedReader(settings)
    revisions = RegisteredRevisions(settings, reader, Credentials(), vault())
    stores = ComparisonStores(
        Repositories(), ComparedPairs(database_clock), Acceptances(), Rubrics(RubricVersions())
    )
    return Comparisons(stores, Pairs(revisions), reader, wake)


class Pairs:
    """Implements RegisteredPairs."""

    def __init__(self, revisions: RegisteredRevisions) -> None:
        self._revisions = revisions

    @contextmanager
    def pair(
        self, repository: RepositoryRecord, before: str, after: str, report: Progress
    ) -> Iterator[OpenedPair]:
        """Two commits by their first digits, fetched where this machine does not hold them."""
        if repository.kind == "folder":
            raise FOLDER
        with ExitStack() as stack:
            older = self._kept(repository, before, report, stack)
            newer = self._kept(repository, after, report, stack)
            if newer.ancestry is None:
                raise FOLDER
            opened = stack.enter_context(self._revisions.past(repository, after, report))
            yield OpenedPair(opened, older.tree, newer.tree, newer.ancestry)

    def _kept(
        self, repository: RepositoryRecord, commit: str, report: Progress, stack: ExitStack
    ) -> OpenedRevision:
        """The files of a commit. Raises UserError where even a fetch did not bring it."""
        try:
            with self._revisions.past(repository, commit, report):
                return stack.enter_context(self._revisions.kept(repository, commit))
        except UserError as error:
            if error.code != "git.no-commit":
                raise
            raise UserError(
                "compare.absent",
                f"The commit {commit[:8]} is not on the machine of this worker, and the host does"
                " not hand it out any more.",
                "Choose a point that is on the branch, or let the machine that scanned it compare.",
            ) from error


FOLDER: Final = UserError(
    "compare.folder",
    "A plain folder has no commits, so what it was cannot be judged again.",
    "Register it as a git repository to compare any two of its commits.",
)
